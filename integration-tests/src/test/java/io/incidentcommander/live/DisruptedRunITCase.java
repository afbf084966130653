// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.live;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.incidentcommander.datagen.storm.FaultScenario;
import io.incidentcommander.jobs.configuration.ConfigurationLoader;
import io.incidentcommander.jobs.live.Disruption;
import io.incidentcommander.jobs.live.LiveRun;
import io.incidentcommander.jobs.live.ModelServer;
import io.incidentcommander.jobs.live.RunDirectory;
import io.incidentcommander.jobs.live.RunPlan;
import io.incidentcommander.jobs.live.RunResult;
import io.incidentcommander.model.consensus.Certificate;
import io.incidentcommander.model.consensus.CertificateJson;
import io.incidentcommander.model.consensus.RoundRecord;
import io.incidentcommander.udfs.consensus.agents.BuiltInAgent;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * One run with an agent dead, the models' service refusing and the TaskManager lost in the middle
 * of the storm. What a compromised agent does to a run is seen in {@link HeadlessRunITCase}. It
 * waits for what happens, never for a time: how fast the machine is says nothing.
 */
class DisruptedRunITCase {
    private static final String CLASS_PATH = "commander.embedded.classpath";
    private static final int RATE = 150;
    private static final int SECONDS = 12;

    @TempDir static Path directory;
    private static RunResult result;
    private static JsonNode json;

    @BeforeAll
    static void run() throws Exception {
        System.setProperty(CLASS_PATH, EmbeddedBuild.classPath());
        RunPlan plan =
                new RunPlan(
                        List.of(FaultScenario.DATABASE_CASCADE),
                        RATE,
                        Duration.ofSeconds(SECONDS),
                        18090,
                        new ConfigurationLoader()
                                .layer(
                                        "test",
                                        Map.of(
                                                "checkpoint.interval",
                                                "1 s",
                                                "state.backend",
                                                "hashmap",
                                                "diagnosis.deadline",
                                                "10 s"))
                                .load(),
                        Optional.empty(),
                        ModelServer.STUB,
                        EnumSet.of(
                                Disruption.KILLED_AGENT,
                                Disruption.BEDROCK_THROTTLED,
                                Disruption.TASK_MANAGER_LOST));
        try (RunDirectory data = RunDirectory.open(Optional.of(directory))) {
            result = new LiveRun(plan, data, new ServicesSeen()).run();
        }
        json = new ObjectMapper().readTree(result.json());
    }

    @AfterAll
    static void forget() {
        System.clearProperty(CLASS_PATH);
    }

    @Test
    void nothingIsLostAndNoChainIsBroken() {
        assertThat(result.published()).isEqualTo(RATE * SECONDS);
        assertThat(result.ledgerFault()).isEmpty();
        assertThat(result.storeFault()).isEmpty();
    }

    @Test
    void everyIncidentEndsResolvedOrWithAHuman() {
        assertThat(json.get("incidents")).isNotEmpty();
        for (JsonNode incident : json.get("incidents")) {
            assertThat(incident.get("state").asText())
                    .as("%s", incident)
                    .isIn("resolved", "escalated");
        }
    }

    @Test
    void theSummaryNamesWhatWentInThePlaceOfWhatWasMissing() {
        List<String> disrupted = new ArrayList<>();
        json.get("disruptions").forEach(one -> disrupted.add(one.get("disruption").asText()));
        assertThat(disrupted)
                .containsExactly("killed-agent", "bedrock-throttled", "task-manager-lost");
        assertThat(fallback("killed-agent")).startsWith("diagnosis/causal said nothing in ");
        assertThat(fallback("bedrock-throttled"))
                .startsWith("diagnoses: ")
                .doesNotContain("none")
                .doesNotContain("by model");
        assertThat(fallback("task-manager-lost")).matches(".* restarts: [1-9][0-9]*");
        assertThat(result.text()).contains("disrupted  killed-agent: diagnosis/causal");
    }

    /**
     * Whether the others agree, all three of whom that takes, is theirs to say: of what they had
     * seen when they were asked. A human is asked where they do not.
     */
    @Test
    void theDeadAgentVotesNowhereAndTheOthersDoOrAHumanIsAsked() throws Exception {
        long made = json.at("/consensus/decisions").asLong();
        assertThat(made).isPositive();
        assertThat(fallback("killed-agent"))
                .contains(String.format("in %,d of %,d decisions", made, made));
        Set<String> voters = new TreeSet<>();
        for (Certificate certificate : certificates()) {
            for (RoundRecord round : certificate.rounds()) {
                round.votes().forEach(vote -> voters.add(vote.agent()));
            }
        }
        assertThat(voters)
                .containsExactly(
                        BuiltInAgent.DETECTION_RULES.agent(),
                        BuiltInAgent.DIAGNOSIS_PATTERNS.agent(),
                        BuiltInAgent.RESOLUTION_RUNBOOK.agent());
    }

    private static List<Certificate> certificates() throws IOException {
        List<Certificate> all = new ArrayList<>();
        try (DirectoryStream<Path> files =
                Files.newDirectoryStream(directory.resolve("certificates"), "*.json")) {
            for (Path file : files) {
                all.add(CertificateJson.read(Files.readAllBytes(file)));
            }
        }
        return all;
    }

    @Test
    void noModelAnsweredAnybody() {
        assertThat(json.at("/diagnoses/made").asInt()).isPositive();
        assertThat(json.at("/diagnoses/by_model").asInt()).isZero();
    }

    private static String fallback(String disruption) {
        for (JsonNode one : json.get("disruptions")) {
            if (one.get("disruption").asText().equals(disruption)) {
                return one.get("fallback").asText();
            }
        }
        throw new AssertionError("not disrupted: " + disruption);
    }
}
