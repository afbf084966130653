// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.udfs.correlation.control;

import static org.assertj.core.api.Assertions.assertThat;

import io.incidentcommander.model.correlation.ControlKind;
import io.incidentcommander.model.correlation.ControlReport;
import io.incidentcommander.model.correlation.ControlUpdate;
import io.incidentcommander.udfs.correlation.yaml.Problems;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ControlUpdateReaderTest {
    private final Problems problems = new Problems("here");

    private Optional<ControlUpdate> reset(String id) {
        return ControlUpdateReader.read(
                "{\"kind\":\"reset\",\"id\":\""
                        + id
                        + "\",\"sequence\":2,\"effective_at\":\"2026-01-31T09:00:00Z\","
                        + "\"author\":\"ann\"}",
                problems);
    }

    @Test
    void aResetNamesWhatIsReset() {
        assertThat(reset("models"))
                .hasValueSatisfying(
                        update -> {
                            assertThat(update.kind()).isEqualTo(ControlKind.RESET);
                            assertThat(update.sequence()).isEqualTo(2);
                        });
        assertThat(reset("everything")).isEmpty();
        assertThat(problems.all().get(0).what()).contains("[models]", "'everything'");
    }

    @Test
    void aResetIsNoRule() {
        ControlVerdict verdict =
                ControlBook.of(List.of(), 10, new ArrayList<>()).accept(reset("models").get());

        assertThat(verdict.outcome()).isEqualTo(ControlReport.Outcome.REFUSED);
        assertThat(verdict.reason()).contains("reset");
    }
}
