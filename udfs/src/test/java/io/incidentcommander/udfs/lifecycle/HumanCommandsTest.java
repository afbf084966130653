// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.udfs.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import io.incidentcommander.model.correlation.ControlReport;
import io.incidentcommander.model.correlation.ControlUpdate;
import io.incidentcommander.model.ingest.Severity;
import io.incidentcommander.model.lifecycle.LifecycleFact;
import io.incidentcommander.model.lifecycle.LifecycleSignal;
import io.incidentcommander.udfs.correlation.control.ControlBook;
import io.incidentcommander.udfs.correlation.control.ControlUpdateReader;
import io.incidentcommander.udfs.correlation.yaml.Problems;
import java.util.Optional;
import net.jqwik.api.Example;

class HumanCommandsTest {
    private final Problems problems = new Problems("message");

    private Optional<ControlUpdate> message(String tenant, String body) {
        return ControlUpdateReader.read(
                "{\"kind\":\"command\",\"tenant\":\""
                        + tenant
                        + "\",\"id\":\"inc-1\",\"sequence\":3,\"effective_at\":"
                        + "\"2026-01-31T09:00:00Z\",\"author\":\"ann\""
                        + (body.isEmpty() ? "" : ",\"body\":" + body)
                        + "}",
                problems);
    }

    private String refusal(String tenant, String body) {
        assertThat(message(tenant, body)).isEmpty();
        return problems.all().get(problems.all().size() - 1).what();
    }

    @Example
    void aMessageBecomesAFactAboutTheIncident() {
        LifecycleFact fact =
                HumanCommands.read(
                        message("acme", "{\"command\":\"acknowledge\",\"note\":\"on it\"}").get());
        assertThat(fact.signal()).isEqualTo(LifecycleSignal.ACKNOWLEDGED);
        assertThat(fact.tenant() + fact.incidentId() + fact.who() + fact.detail())
                .isEqualTo("acmeinc-1annon it");
        assertThat(
                        HumanCommands.read(
                                        message(
                                                        "acme",
                                                        "{\"command\":\"severity\",\"severity\":"
                                                                + "\"high\"}")
                                                .get())
                                .severity())
                .contains(Severity.HIGH);
    }

    @Example
    void whatIsNoCommandIsRefusedWithItsReason() {
        assertThat(refusal("acme", "{\"command\":\"launch\"}")).contains("launch", "acknowledge");
        assertThat(refusal("*", "{\"command\":\"acknowledge\"}")).contains("one tenant");
        assertThat(refusal("acme", "")).contains("has a body");
        assertThat(refusal("acme", "\"{command\"")).contains("object of JSON");
        assertThat(refusal("acme", "{\"command\":\"severity\",\"severity\":\"bad\"}"))
                .contains("no severity 'bad'");
    }

    @Example
    void itIsNoRule() {
        ControlUpdate update = message("acme", "{\"command\":\"acknowledge\"}").get();
        assertThat(new ControlBook(10).accept(update).outcome())
                .isEqualTo(ControlReport.Outcome.REFUSED);
    }
}
