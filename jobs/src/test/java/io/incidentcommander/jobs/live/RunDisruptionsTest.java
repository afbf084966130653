// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.jobs.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.incidentcommander.datagen.storm.FaultScenario;
import io.incidentcommander.jobs.configuration.ConfigurationLoader;
import io.incidentcommander.udfs.consensus.agents.BuiltInAgent;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class RunDisruptionsTest {
    @Test
    void everyDisruptionIsNamedWithWhatWentInItsPlace() {
        RunDisruptions all = of(plan(Optional.empty(), EnumSet.allOf(Disruption.class)), 2);
        ObjectNode json = new ObjectMapper().createObjectNode();
        all.describe(json);
        assertThat(json.findValuesAsText("disruption"))
                .containsExactly(
                        "killed-agent",
                        "compromised-agent",
                        "bedrock-throttled",
                        "task-manager-lost",
                        "slack-hangs");
        assertThat(json.findValuesAsText("fallback")).allMatch(said -> !said.isEmpty());
        assertThat(all.text())
                .contains("disrupted  killed-agent: diagnosis/causal said nothing in 0 of 0")
                .contains("compromised-agent: diagnosis/patterns was outvoted in 0 of 0")
                .contains("bedrock-throttled: diagnoses: none")
                .contains("on another; restarts: 2")
                .contains("slack-hangs: Slack showed 3 messages until the storm was over")
                .contains("the others meanwhile: email 7");
    }

    @Test
    void aRunThatNothingDisturbsSaysNothing() {
        RunPlan plan = plan(Optional.empty(), Set.of());
        assertThat(of(plan, 0).text()).isEmpty();
        assertThat(plan.killed()).isEmpty();
        assertThat(plan.compromised()).isEmpty();
    }

    @Test
    void anAgentThatIsNamedAsCompromisedIsADisruption() {
        RunPlan plan = plan(Optional.of(BuiltInAgent.DETECTION_RULES), Set.of());
        assertThat(plan.disruptions()).containsExactly(Disruption.COMPROMISED_AGENT);
        assertThat(of(plan, 0).text()).contains("detection/rules was outvoted");
    }

    @Test
    void realModelsCannotBeToldToRefuse() {
        assertThatThrownBy(
                        () ->
                                plan(
                                        ModelServer.BEDROCK,
                                        Optional.empty(),
                                        Set.of(Disruption.BEDROCK_THROTTLED)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private static RunDisruptions of(RunPlan plan, long restarts) {
        return RunDisruptions.of(
                plan,
                RunDecisions.none(),
                RunDiagnoses.none(),
                restarts,
                new RunTold(
                        List.of(
                                new RunTold.Channel("slack", true, 3, 0, ""),
                                new RunTold.Channel("email", false, 7, 0, ""))));
    }

    private static RunPlan plan(Optional<BuiltInAgent> liar, Set<Disruption> disruptions) {
        return plan(ModelServer.STUB, liar, disruptions);
    }

    private static RunPlan plan(
            ModelServer models, Optional<BuiltInAgent> liar, Set<Disruption> disruptions) {
        return new RunPlan(
                List.of(FaultScenario.DDOS),
                100,
                Duration.ofSeconds(10),
                8080,
                new ConfigurationLoader().load(),
                liar,
                models,
                disruptions);
    }
}
