// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.jobs.diagnosis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.incidentcommander.jobs.configuration.CommanderConfiguration;
import io.incidentcommander.jobs.configuration.ConfigurationException;
import io.incidentcommander.jobs.configuration.ConfigurationLoader;
import io.incidentcommander.jobs.topology.ConsensusInputs;
import io.incidentcommander.jobs.topology.DiagnosisInputs;
import io.incidentcommander.operators.correlation.control.ControlSettings;
import io.incidentcommander.udfs.consensus.agents.ModelSeat;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who asks models, as it is configured. */
class DiagnosisAgentTest {
    @TempDir private Path folder;

    @Test
    void oneUnlessOthersAreNamed() {
        assertThat(DiagnosisAgent.seats(options(Map.of()))).containsExactly(ModelSeat.FIRST);
    }

    @Test
    void eachHasModelsOfItsOwnAndTheFamilyOfTheirVendor() {
        List<DiagnosisAgent> agents =
                DiagnosisAgent.of(
                        named(
                                "nova = amazon.nova-pro-v1:0 + us.amazon.nova-lite-v1:0,"
                                        + "other-claude=eu.anthropic.claude-v9:0,"
                                        + "arn=arn:aws:bedrock:eu-west-1:1:inference-profile/"
                                        + "eu.meta.llama-v9:0"));
        assertThat(agents)
                .extracting(DiagnosisAgent::seat)
                .containsExactly(
                        ModelSeat.FIRST,
                        new ModelSeat("nova", "amazon"),
                        // Of the vendor of diagnosis.models: they fail together.
                        new ModelSeat("other-claude", ModelSeat.FIRST.family()),
                        new ModelSeat("arn", "meta"));
        assertThat(agents.get(1).models())
                .containsExactly("amazon.nova-pro-v1:0", "us.amazon.nova-lite-v1:0");
    }

    @Test
    void whatMakesNoAgentIsRefused() {
        for (String wrong :
                List.of(
                        "nova",
                        "Nova=amazon.nova-v1:0",
                        "=amazon.nova-v1:0",
                        "nova=",
                        "nova=amazon.nova-v1:0+",
                        "nova=amazon.nova-v1:0+meta.llama-v1:0",
                        "model=amazon.nova-v1:0",
                        "causal=amazon.nova-v1:0",
                        "nova=amazon.nova-v1:0,nova=meta.llama-v1:0")) {
            assertThatThrownBy(() -> DiagnosisAgent.of(named(wrong)))
                    .as(wrong)
                    .isInstanceOf(ConfigurationException.class)
                    .hasMessageStartingWith("diagnosis.agents: ");
        }
    }

    @Test
    void whoIsAskedHasToBeHeardAndWhoIsHeardToBeAsked() throws Exception {
        Path keys = Files.writeString(folder.resolve("keys"), "diagnosis/model " + "ab".repeat(32));
        String agents = "nova=amazon.nova-pro-v1:0";
        assertThatThrownBy(
                        () ->
                                ConsensusInputs.of(
                                        options(
                                                Map.of(
                                                        "diagnosis.agents",
                                                        agents,
                                                        "consensus.kafka.bootstrap-servers",
                                                        "127.0.0.1:1",
                                                        "consensus.keys-file",
                                                        keys.toString()))))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("no line of diagnosis/nova");
        assertThatThrownBy(() -> DiagnosisInputs.of(named(agents), ControlSettings.none()))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("nobody would be asked");
    }

    private static CommanderConfiguration named(String agents) {
        return options(Map.of("diagnosis.agents", agents));
    }

    private static CommanderConfiguration options(Map<String, String> values) {
        return new ConfigurationLoader().layer("test", values).load();
    }
}
