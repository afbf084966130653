// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.jobs.topology;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.incidentcommander.jobs.configuration.CommanderConfiguration;
import io.incidentcommander.jobs.configuration.ConfigurationException;
import io.incidentcommander.jobs.configuration.ConfigurationLoader;
import io.incidentcommander.model.diagnosis.DiagnosisRequest;
import io.incidentcommander.model.ingest.Severity;
import io.incidentcommander.model.lifecycle.Incident;
import io.incidentcommander.operators.correlation.control.ControlSettings;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DiagnosisInputsTest {
    private static final DiagnosisRequest OF_A_HOST =
            DiagnosisRequest.builder()
                    .incident(
                            Incident.builder()
                                    .incidentId("i")
                                    .tenant("t")
                                    .severity(Severity.HIGH)
                                    .services(List.of("10.1.2.3"))
                                    .openedAtMillis(0)
                                    .updatedAtMillis(0)
                                    .build())
                    .build();

    @Test
    void addressesLeaveOnlyWhereThatIsSaid() {
        assertThat(sent(Map.of())).contains("[ip-1]").doesNotContain("10.1.2.3");
        assertThat(sent(Map.of("diagnosis.addresses", "kept"))).contains("10.1.2.3");
    }

    @Test
    void noAnalysisMayTakeLongerThanThreeMinutes() {
        of(Map.of("diagnosis.deadline", "180 s"));

        assertThatThrownBy(() -> of(Map.of("diagnosis.deadline", "180001 ms")))
                .isInstanceOf(ConfigurationException.class)
                .hasMessage("diagnosis.deadline is at most 180 s");
    }

    private static DiagnosisStage of(Map<String, String> values) {
        return DiagnosisInputs.of(options(values), ControlSettings.none());
    }

    private static String sent(Map<String, String> values) {
        return DiagnosisInputs.prompts(options(values)).of(OF_A_HOST).prompt().user();
    }

    private static CommanderConfiguration options(Map<String, String> values) {
        return new ConfigurationLoader().layer("test", values).load();
    }
}
