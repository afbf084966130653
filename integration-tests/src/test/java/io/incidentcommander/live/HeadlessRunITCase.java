// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.live;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.incidentcommander.datagen.storm.FaultScenario;
import io.incidentcommander.jobs.CommanderCli;
import io.incidentcommander.jobs.configuration.CommanderConfiguration;
import io.incidentcommander.jobs.configuration.ConfigurationLoader;
import io.incidentcommander.jobs.diagnosis.Memories;
import io.incidentcommander.jobs.live.EmbeddedChild;
import io.incidentcommander.jobs.live.LiveRun;
import io.incidentcommander.jobs.live.RunDirectory;
import io.incidentcommander.jobs.live.RunPlan;
import io.incidentcommander.jobs.live.RunResult;
import io.incidentcommander.model.audit.IncidentEvent;
import io.incidentcommander.model.audit.RecordOutcome;
import io.incidentcommander.model.diagnosis.memory.IncidentMemory;
import io.incidentcommander.model.diagnosis.memory.IncidentPattern;
import io.incidentcommander.model.lifecycle.Incident;
import io.incidentcommander.model.lifecycle.IncidentType;
import io.incidentcommander.udfs.audit.IncidentEventChain;
import io.incidentcommander.udfs.consensus.agents.BuiltInAgent;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.flink.metrics.groups.UnregisteredMetricsGroup;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** One run over real servers, and what it leaves in each of them. */
class HeadlessRunITCase {
    private static final int RATE = 300;
    private static final int SECONDS = 15;
    private static final String BEFORE = "an-incident-of-before";
    private static final BuiltInAgent COMPROMISED = BuiltInAgent.DIAGNOSIS_PATTERNS;

    @TempDir static Path directory;
    @TempDir static Path elsewhere;
    private static final ServicesSeen SEEN = new ServicesSeen();
    private static final String CLASS_PATH = "commander.embedded.classpath";
    private static Set<Long> childrenBefore;
    private static RunResult result;

    @BeforeAll
    static void run() throws Exception {
        System.setProperty(CLASS_PATH, EmbeddedBuild.classPath());
        childrenBefore = children();
        remember();
        RunPlan plan =
                new RunPlan(
                        List.of(FaultScenario.values()),
                        RATE,
                        Duration.ofSeconds(SECONDS),
                        18080,
                        options(),
                        Optional.of(COMPROMISED));
        try (RunDirectory data = RunDirectory.open(Optional.of(directory))) {
            result = new LiveRun(plan, data, SEEN, SEEN::look).run();
        }
    }

    /** What a run before this one in the same directory learned. */
    private static void remember() throws Exception {
        try (EmbeddedChild services =
                        EmbeddedChild.start(directory, "opensearch", "opensearch", line -> {});
                IncidentMemory memory =
                        Memories.local(services.addresses().openSearch(), "incident-patterns")
                                .open(new UnregisteredMetricsGroup())) {
            memory.learn(
                            IncidentPattern.builder()
                                    .tenant("default")
                                    .incidentId(BEFORE)
                                    .type(IncidentType.DATABASE_FAILURE)
                                    .services(List.of("stores-db"))
                                    .symptoms("database failure on stores-db")
                                    .rootCause("stores-db: the disk is full")
                                    .remedy("database-failover of stores-db")
                                    .worked(true)
                                    .learnedAtMillis(1)
                                    .build())
                    .join();
        }
    }

    @AfterAll
    static void forget() {
        System.clearProperty(CLASS_PATH);
    }

    @Test
    void everyRecordOfTheStormIsPublishedAndAccountedFor() {
        assertThat(result.published()).isEqualTo(RATE * SECONDS);
        assertThat(result.ledgerFault()).isEmpty();
        assertThat(result.ledger().counts().keySet()).containsExactly("storm");
        assertThat(result.ledger().counts().get("storm").recordsIn()).isEqualTo(RATE * SECONDS);
        assertThat(result.ledger().counts().get("storm").pending()).isZero();
    }

    @Test
    void theStoreHoldsEveryEventInWholeChains() {
        assertThat(result.events()).isGreaterThan(10);
        assertThat(result.storeFault()).isEmpty();
        assertThat(SEEN.storedEvents()).hasSize((int) result.events());
        SEEN.storedEvents().stream()
                .collect(Collectors.groupingBy(IncidentEvent::incidentId))
                .values()
                .forEach(chain -> assertThat(IncidentEventChain.verify(chain)).isEmpty());
    }

    @Test
    void theIndexHoldsEachIncidentAsItsLastEventLeftIt() {
        Map<String, Long> stored =
                result.incidents().stream()
                        .collect(Collectors.toMap(Incident::incidentId, Incident::sequence));
        assertThat(SEEN.indexedSequences()).isEqualTo(stored);
    }

    @Test
    void theTopicHoldsEachEvent() {
        Set<String> stored =
                SEEN.storedEvents().stream()
                        .map(IncidentEvent::eventId)
                        .collect(Collectors.toSet());
        assertThat(new HashSet<>(SEEN.publishedEventIds())).isEqualTo(stored);
    }

    @Test
    void theDeadLettersAreInTheirTopic() {
        assertThat(SEEN.deadLetters())
                .isEqualTo(
                        result.ledger().counts().get("storm").records(RecordOutcome.DEAD_LETTER));
    }

    @Test
    void theResultHasThePromisedShape() {
        JsonNode json = parsed(result.json());
        assertThat(json.get("ledger_exact").asBoolean()).isTrue();
        assertThat(json.get("rate_achieved").asLong()).isBetween(1L, RATE * 2L);
        assertThat(json.get("reduction").asDouble()).isBetween(0.5, 1.0);
        assertThat(json.get("incidents"))
                .hasSize(
                        (int)
                                result.incidents().stream()
                                        .filter(incident -> incident.mergedInto().isEmpty())
                                        .count());
        Set<String> scenarios =
                json.get("incidents").findValuesAsText("scenario").stream()
                        .collect(Collectors.toSet());
        assertThat(scenarios).contains("database-cascade", "ddos");
        assertThat(json.at("/diagnoses/model").asText()).isEqualTo("stub");
        assertThat(json.at("/diagnoses/made").asInt()).isPositive();
        for (JsonNode incident : json.get("incidents")) {
            boolean resolved = incident.get("state").asText().equals("resolved");
            assertThat(List.of("resolved_s", "mttr_s", "cost_avoided_usd"))
                    .allMatch(field -> incident.has(field))
                    .allMatch(field -> incident.get(field).isNull() != resolved);
            assertThat(incident.get("cost_usd").decimalValue()).isPositive();
            assertThat(incident.get("sla_risk").asText())
                    .as("a few minutes at most, of a promise of a quarter of an hour or more")
                    .isIn("none", "at_risk");
            // What began in the last seconds may end with the run before anyone asks.
            if (!incident.get("diagnosis").isNull()) {
                assertThat(incident.get("diagnosed_s").asDouble())
                        .isGreaterThanOrEqualTo(incident.get("detected_s").asDouble());
                assertThat(incident.get("diagnosis").get("road").asText()).isNotEmpty();
            }
            assertThat(incident.get("decided_s").asDouble())
                    .isGreaterThanOrEqualTo(incident.get("detected_s").asDouble());
            assertThat(incident.get("decision").get("action").asText()).isNotEmpty();
            assertThat(incident.get("decision").get("confidence").asDouble()).isBetween(0.0, 1.0);
            assertThat(directory.resolve(incident.get("decision").get("certificate").asText()))
                    .exists();
        }
    }

    @Test
    void theSummaryTellsOfEachIncidentWhatBecameOfItAndWhen() {
        assertThat(result.text()).contains(" within the 180 s promised");
        for (JsonNode incident : parsed(result.json()).get("incidents")) {
            if (incident.get("state").asText().equals("resolved")) {
                assertThat(result.text())
                        .contains(String.format("MTTR %.1f s", incident.get("mttr_s").asDouble()));
            }
            if (incident.get("outcome").asText().contains("validated after")) {
                assertThat(result.text()).contains("tried in the sandbox: [");
            }
            assertThat(result.text())
                    .contains(
                            String.format("detected %.1f s", incident.get("detected_s").asDouble()))
                    .contains(incident.get("decision").get("certificate").asText());
        }
    }

    @Test
    void whatARunBeforeLearnedIsRecalled() {
        JsonNode json = parsed(result.json());
        assertThat(json.at("/diagnoses/patterns_known").asLong()).isEqualTo(1);
        assertThat(json.at("/diagnoses/recalled").asLong()).isPositive();
        assertThat(json.get("incidents").findValues("recalled").toString()).contains(BEFORE);
        assertThat(result.text()).contains("1 patterns of earlier runs");
    }

    @Test
    void peopleWereToldAndTheResultSaysByWhomAndWhat() {
        JsonNode messages = parsed(result.json()).get("messages");
        assertThat(messages.at("/slack/stub").asBoolean()).isTrue();
        assertThat(messages.at("/slack/messages").asLong()).isPositive();
        assertThat(messages.at("/slack/last").asText()).startsWith("C-");
        assertThat(messages.at("/pagerduty/stub").asBoolean()).isTrue();
        assertThat(messages.at("/email/stub").asBoolean()).isFalse();
        assertThat(result.text()).contains("told       slack");
    }

    @Test
    void peopleReadWhatWasChangedBeforeAndTheResultSaysWhatCameOfIt() {
        JsonNode changes = parsed(result.json()).get("changes");
        assertThat(changes.findValuesAsText("causes"))
                .contains("database-cascade", "memory-leak", "api-overload", "null");
        assertThat(SEEN.told())
                .as("the change that the database cascade came of")
                .anyMatch(said -> said.contains("migration that drops an index by team "));
    }

    @Test
    void everyCertificateHoldsAgainstTheKeysOfTheRun() throws IOException {
        List<Path> certificates = certificates();
        assertThat(certificates).hasSizeGreaterThan(5);
        for (Path certificate : certificates) {
            assertThat(verify(certificate)).as("%s", certificate).isZero();
        }
    }

    @Test
    void aCertificateThatWasTamperedWithDoesNotHold() throws IOException {
        String genuine = Files.readString(certificates().get(0));
        Path forged =
                Files.writeString(
                        elsewhere.resolve("forged.json"),
                        genuine.replaceFirst("\"attempt\" *: *[0-9]+", "\"attempt\":7"));
        assertThat(Files.readString(forged)).isNotEqualTo(genuine);
        assertThat(verify(forged)).isEqualTo(1);
    }

    @Test
    void theCompromisedAgentIsCaughtQuarantinedAndOutvoted() {
        JsonNode consensus = parsed(result.json()).get("consensus");
        assertThat(consensus.get("roster").asText()).isEqualTo("tolerates 1 of 4");
        assertThat(consensus.get("compromised_agent").asText()).isEqualTo(COMPROMISED.agent());
        assertThat(consensus.get("findings").findValuesAsText("agent"))
                .contains(COMPROMISED.agent());
        assertThat(consensus.get("findings").findValuesAsText("kind")).contains("equivocation");
        assertThat(consensus.get("quarantined")).hasSize(1);
        assertThat(consensus.get("quarantined").get(0).asText()).isEqualTo(COMPROMISED.agent());
        assertThat(consensus.get("compromised_outvoted").asLong()).isPositive();
        JsonNode disruption = parsed(result.json()).get("disruptions").get(0);
        assertThat(disruption.get("disruption").asText()).isEqualTo("compromised-agent");
        assertThat(disruption.get("fallback").asText())
                .startsWith(COMPROMISED.agent() + " was outvoted in ")
                .endsWith(" and quarantined");
        assertThat(consensus.get("decided").asLong()).isPositive();
    }

    @Test
    void onlyTheResultsStayBehind() throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .containsExactlyInAnyOrder(
                            "logs",
                            "services",
                            "fates",
                            "certificates",
                            "answers",
                            "events.ndjson",
                            "events-replica.ndjson",
                            "diagnoses.ndjson",
                            "ledger.json",
                            "outcomes.ndjson",
                            "findings.ndjson",
                            "alerts.ndjson",
                            "incidents.ndjson");
        }
        try (Stream<Path> kept = Files.list(directory.resolve("services"))) {
            assertThat(kept.map(file -> file.getFileName().toString()))
                    .as("for the next run's memory")
                    .containsExactly("opensearch");
        }
        assertThat(children()).isEqualTo(childrenBefore);
    }

    @Test
    void explainKnowsWhatBecameOfAnAlertAndItsIncident() throws IOException {
        // One that was only watched is in no event, and so not among the results.
        Set<String> told =
                result.incidents().stream().map(Incident::incidentId).collect(Collectors.toSet());
        JsonNode alert =
                Files.readAllLines(directory.resolve("alerts.ndjson")).stream()
                        .map(HeadlessRunITCase::parsed)
                        .filter(row -> told.contains(row.path("incident_id").asText()))
                        .findFirst()
                        .orElseThrow();
        StringWriter out = new StringWriter();
        CommandLine command = CommanderCli.commandLine().setOut(new PrintWriter(out));

        int code =
                command.execute(
                        "explain",
                        alert.get("alert_id").asText(),
                        "--json",
                        "--out",
                        directory.toString());

        assertThat(code).isZero();
        JsonNode story = parsed(out.toString());
        assertThat(story.get("alert")).isEqualTo(alert);
        assertThat(story.get("incident").get("incident_id")).isEqualTo(alert.get("incident_id"));
        assertThat(command.execute("explain", "nobody:0:0:0", "--out", directory.toString()))
                .isEqualTo(3);
    }

    @Test
    void anIncidentIsOneTraceOfItsEventsDiagnosesAndVotes() throws IOException {
        String incident =
                parsed(Files.readAllLines(directory.resolve("diagnoses.ndjson")).get(0))
                        .get("incident_id")
                        .asText();
        StringWriter out = new StringWriter();
        int code =
                CommanderCli.commandLine()
                        .setOut(new PrintWriter(out))
                        .execute("events", "trace", incident, "--data-dir", directory.toString());

        assertThat(code).isZero();
        JsonNode spans = parsed(out.toString()).at("/resourceSpans/0/scopeSpans/0/spans");
        assertThat(new HashSet<>(spans.findValuesAsText("traceId"))).hasSize(1);
        Set<String> ids = new HashSet<>(spans.findValuesAsText("spanId"));
        assertThat(ids).as("each its own").hasSize(spans.size());
        ids.add(""); // Of the root alone.
        assertThat(spans.findValuesAsText("parentSpanId")).allMatch(ids::contains);
        assertThat(spans.findValuesAsText("parentSpanId")).containsOnlyOnce("");
        assertThat(spans.findValuesAsText("name"))
                .contains("incident", "opened", "memory searched", "vote", "reasoning step 1");
        for (JsonNode span : spans) {
            assertThat(span.get("endTimeUnixNano").asLong())
                    .isGreaterThanOrEqualTo(span.get("startTimeUnixNano").asLong());
        }
    }

    private static List<Path> certificates() throws IOException {
        try (Stream<Path> files = Files.list(directory.resolve("certificates"))) {
            return files.filter(file -> file.toString().endsWith(".json"))
                    .sorted()
                    .collect(Collectors.toList());
        }
    }

    private static int verify(Path certificate) {
        StringWriter out = new StringWriter();
        return CommanderCli.commandLine()
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(out))
                .execute(
                        "certificate",
                        "verify",
                        certificate.toString(),
                        "--keys",
                        directory.resolve("certificates").resolve("keys.txt").toString());
    }

    private static JsonNode parsed(String json) {
        try {
            return new ObjectMapper().readTree(json);
        } catch (IOException e) {
            throw new AssertionError(json, e);
        }
    }

    private static Set<Long> children() {
        return ProcessHandle.current()
                .children()
                .filter(ProcessHandle::isAlive)
                .map(ProcessHandle::pid)
                .collect(Collectors.toSet());
    }

    private static CommanderConfiguration options() {
        return new ConfigurationLoader()
                .layer("test", Map.of("checkpoint.interval", "1 s", "state.backend", "hashmap"))
                .load();
    }
}
