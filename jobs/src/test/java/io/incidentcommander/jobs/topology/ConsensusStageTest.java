// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.jobs.topology;

import static org.assertj.core.api.Assertions.assertThat;

import io.incidentcommander.connectors.kafka.KafkaCluster;
import io.incidentcommander.jobs.consensus.AgentKeyFile;
import io.incidentcommander.jobs.consensus.Runbooks;
import io.incidentcommander.operators.correlation.control.ControlSettings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConsensusStageTest {
    @TempDir Path directory;

    private ConsensusStage stage(AgentKeyFile keys) throws Exception {
        ConsensusTopics topics =
                new ConsensusTopics(
                        KafkaCluster.at("127.0.0.1:1"),
                        "requests",
                        "votes",
                        "agents",
                        "outcomes",
                        "g");
        return new ConsensusStage(
                Runbooks.of(""),
                keys,
                ControlSettings.none(),
                new KafkaConsensusStreams(topics),
                Optional.empty());
    }

    @Test
    void theFourBuiltInAgentsTolerateOneAndNothingIsSaid() throws Exception {
        ConsensusStage stage = stage(AgentKeyFile.generate(directory.resolve("keys.txt")));
        assertThat(stage.roster().tolerance()).isEqualTo("tolerates 1 of 4");
        assertThat(stage.warning()).isEmpty();
    }

    @Test
    void aRosterThatToleratesNoFaultIsAcceptedWithAWarning() throws Exception {
        Path all = directory.resolve("all.txt");
        AgentKeyFile.generate(all);
        List<String> lines = Files.readAllLines(all);
        assertThat(lines).hasSize(4);
        for (int agents = 1; agents <= 3; agents++) {
            Path few = directory.resolve("few" + agents + ".txt");
            Files.write(few, lines.subList(0, agents));
            ConsensusStage stage = stage(new AgentKeyFile(few));
            assertThat(stage.agents()).hasSize(agents);
            assertThat(stage.warning().orElseThrow())
                    .startsWith("WARNING")
                    .contains("no faulty agent (" + agents + " agents)", "human's approval");
        }
    }
}
