// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.jobs.finite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.incidentcommander.model.ingest.Severity;
import io.incidentcommander.model.lifecycle.Incident;
import io.incidentcommander.model.lifecycle.IncidentState;
import io.incidentcommander.model.lifecycle.IncidentType;
import java.util.List;
import org.junit.jupiter.api.Test;

class FinalIncidentsTest {
    @Test
    void alertsAreWhereTheirIncidentEnded() {
        FinalIncidents incidents =
                FinalIncidents.of(
                        List.of(
                                incident("c", 3, ""),
                                incident("a", 1, "b"),
                                incident("b", 2, "c")));

        assertThat(incidents.standingFor(incidents.numberOf("a")))
                .isEqualTo(incidents.numberOf("c"));
        assertThat(incidents.standingFor(incidents.numberOf("c")))
                .isEqualTo(incidents.numberOf("c"));
        assertThat(incidents.standing()).isEqualTo(1);
    }

    @Test
    void incidentsThatTookEachOtherOverAreADefect() {
        FinalIncidents incidents =
                FinalIncidents.of(List.of(incident("a", 1, "b"), incident("b", 2, "a")));

        assertThatIllegalStateException().isThrownBy(() -> incidents.standingFor(0));
    }

    private static Incident incident(String id, long opened, String mergedInto) {
        return Incident.builder()
                .incidentId(id)
                .tenant("acme")
                .type(IncidentType.UNKNOWN)
                .severity(Severity.HIGH)
                .state(IncidentState.DETECTED)
                .openedAtMillis(opened)
                .updatedAtMillis(opened)
                .title(id)
                .services(List.of("checkout"))
                .mergedInto(mergedInto)
                .build();
    }
}
