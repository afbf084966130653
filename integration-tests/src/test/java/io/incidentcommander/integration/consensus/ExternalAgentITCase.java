// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.integration.consensus;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.incidentcommander.connectors.ingest.KafkaAlertSource;
import io.incidentcommander.connectors.ingest.KafkaStart;
import io.incidentcommander.connectors.kafka.KafkaCluster;
import io.incidentcommander.embedded.BedrockStub;
import io.incidentcommander.embedded.EmbeddedProcess;
import io.incidentcommander.embedded.ServiceName;
import io.incidentcommander.embedded.StubBehaviour;
import io.incidentcommander.jobs.configuration.CommanderConfiguration;
import io.incidentcommander.jobs.configuration.ConfigurationLoader;
import io.incidentcommander.jobs.topology.AlertPathSettings;
import io.incidentcommander.jobs.topology.ConfiguredSinks;
import io.incidentcommander.jobs.topology.ConsensusInputs;
import io.incidentcommander.jobs.topology.ControlInputs;
import io.incidentcommander.jobs.topology.DiagnosisInputs;
import io.incidentcommander.jobs.topology.FlinkSettings;
import io.incidentcommander.jobs.topology.IncidentCommanderTopology;
import io.incidentcommander.model.consensus.Action;
import io.incidentcommander.model.consensus.Certificate;
import io.incidentcommander.model.consensus.CertificateJson;
import io.incidentcommander.model.consensus.DecisionStatus;
import io.incidentcommander.model.consensus.Seat;
import io.incidentcommander.model.consensus.SignedVote;
import io.incidentcommander.operators.OperatorUids;
import io.incidentcommander.udfs.consensus.CertificateVerifier;
import io.incidentcommander.udfs.consensus.signature.Ed25519Signatures;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.streaming.api.environment.LocalStreamEnvironment;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Agents elsewhere take part over Kafka, with keys of their own. Two built-in agents and two
 * external ones: without one of these nothing has more than two thirds. In another job on the same
 * broker, three that have models of their own in the place of those.
 */
class ExternalAgentITCase {
    private static final Duration SOON = Duration.ofSeconds(300);
    private static final String ALERTS = "alerts";
    private static final String REQUESTS = "round-requests";
    private static final String RECOMMENDATIONS = "recommendations";
    private static final String AGENTS = "agents";
    private static final String OUTCOMES = "outcomes";
    private static final String DECISIONS = "decisions";
    private static final String OF_MODELS = "models-";
    private static final String CLAUDE = "anthropic.claude-large-v1:0";
    private static final String NOVA = "amazon.nova-pro-v1:0";
    private static final String LLAMA = "us.meta.llama-large-v1:0";
    private static final String TENANT = "default";
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir static Path directory;
    private static EmbeddedProcess services;
    private static String broker;
    private static JobClient job;
    private static KafkaProducer<byte[], byte[]> producer;
    private static Topic requests;
    private static Topic decisions;

    private int incidents;

    @BeforeAll
    static void start() throws Exception {
        services = EmbeddedProcess.start(directory.resolve("kafka"), Set.of(ServiceName.KAFKA));
        broker = services.endpoints().kafkaBootstrap();
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", broker))) {
            List<NewTopic> topics = new ArrayList<>();
            for (String topic :
                    List.of(
                            ALERTS,
                            REQUESTS,
                            RECOMMENDATIONS,
                            AGENTS,
                            OUTCOMES,
                            DECISIONS,
                            "incidents",
                            "diagnoses",
                            "dead-letters")) {
                topics.add(new NewTopic(topic, 1, (short) 1));
                topics.add(new NewTopic(OF_MODELS + topic, 1, (short) 1));
            }
            admin.createTopics(topics).all().get();
        }
        producer =
                new KafkaProducer<>(
                        Map.of("bootstrap.servers", broker, "acks", "all"),
                        new ByteArraySerializer(),
                        new ByteArraySerializer());
        requests = new Topic(REQUESTS);
        decisions = new Topic(DECISIONS);
        job =
                submit(
                        "",
                        Map.of(),
                        "detection/rules " + "ab".repeat(32),
                        "resolution/runbook " + "cd".repeat(32));
    }

    @AfterAll
    static void stop() throws Exception {
        if (job != null) {
            job.cancel().get();
        }
        for (AutoCloseable one : new AutoCloseable[] {requests, decisions, producer, services}) {
            if (one != null) {
                one.close();
            }
        }
    }

    @Test
    void theyAreRegisteredDecideRotateTheirKeysAreJudgedAndRevoked() throws Exception {
        ExternalAgent diagnosis = new ExternalAgent("diagnosis/external", "diagnosis", "other");
        ExternalAgent prediction = new ExternalAgent("prediction/external", "prediction", "arima");
        send(AGENTS, "not even JSON".getBytes(UTF_8));
        send(AGENTS, diagnosis.registration(TENANT, 0));
        send(AGENTS, prediction.registration(TENANT, 0));

        JsonNode first = requestWhere(seats -> seats.contains("prediction/external 1"));
        send(RECOMMENDATIONS, "{\"type\":\"nonsense\"}".getBytes(UTF_8));
        send(RECOMMENDATIONS, prediction.answer(first));
        send(RECOMMENDATIONS, diagnosis.answer(first));
        Certificate decided = decisionAbout(first);
        assertThat(decided.outcome().status()).isEqualTo(DecisionStatus.DECIDED);
        assertThat(new CertificateVerifier(new Ed25519Signatures()).check(decided)).isEmpty();
        assertThat(decided.last().votes())
                .extracting(SignedVote::agent)
                .contains("prediction/external"); // the other may not have been needed

        // What was decided turns out wrong: whoever voted for it is trusted less.
        send(OUTCOMES, outcome(decided));
        byte[] underTheOldKey = prediction.answer(first);
        prediction.newKey();
        send(AGENTS, prediction.registration(TENANT, 1));
        JsonNode second =
                requestWhere(
                        seats ->
                                seats.contains("prediction/external 2")
                                        && seats.contains("distrusted"));
        send(RECOMMENDATIONS, underTheOldKey);
        send(RECOMMENDATIONS, prediction.answer(second));
        send(RECOMMENDATIONS, diagnosis.answer(second));
        Certificate rotated = decisionAbout(second);
        assertThat(rotated.outcome().status()).isEqualTo(DecisionStatus.DECIDED);
        assertThat(rotated.last().votes())
                .filteredOn(vote -> vote.agent().equals("prediction/external"))
                .allMatch(vote -> vote.statement().keyEpoch() == 2)
                .hasSize(1);

        send(AGENTS, prediction.registration(TENANT, 2));
        JsonNode third = requestWhere(seats -> !seats.contains("prediction/external"));
        assertThat(third.get("terms").get("roster").get("seats")).hasSize(3);
    }

    /**
     * Each model is asked about each incident: what one does that hangs and one that lies keeps the
     * third from nothing, and without its vote nothing has more than two thirds.
     */
    @Test
    void modelsOfThreeVendorsVoteSideBySideWhileOneHangsAndOneLies() throws Exception {
        try (BedrockStub stub = BedrockStub.start(0);
                Topic decided = new Topic(OF_MODELS + DECISIONS)) {
            stub.behave(CLAUDE, StubBehaviour.HANG).behave(NOVA, StubBehaviour.LYING);
            JobClient models =
                    submit(
                            OF_MODELS,
                            Map.of(
                                    "diagnosis.model",
                                    "bedrock",
                                    "diagnosis.bedrock.endpoint",
                                    stub.endpoint().toString(),
                                    "diagnosis.models",
                                    CLAUDE,
                                    "diagnosis.agents",
                                    "nova=" + NOVA + ", llama=" + LLAMA,
                                    "correlation.gap",
                                    "8 s"), // open until it is asked about, after 5 s
                            "detection/rules " + "ab".repeat(32),
                            "resolution/runbook " + "cd".repeat(32),
                            "diagnosis/causal " + "12".repeat(32),
                            "diagnosis/model " + "34".repeat(32),
                            "diagnosis/nova " + "56".repeat(32),
                            "diagnosis/llama " + "78".repeat(32));
            try {
                Certificate made = decisionByAgreement(decided);
                assertThat(new CertificateVerifier(new Ed25519Signatures()).check(made)).isEmpty();
                assertThat(made.outcome().action()).isEqualTo(Action.ESCALATE.id());
                assertThat(made.last().terms().roster().seats())
                        .extracting(Seat::agent, Seat::family)
                        .contains(
                                tuple("diagnosis/model", "model"),
                                tuple("diagnosis/nova", "amazon"),
                                tuple("diagnosis/llama", "meta"));
                assertThat(made.last().votes())
                        .filteredOn(vote -> vote.agent().equals("diagnosis/llama"))
                        .singleElement()
                        .matches(vote -> vote.action().equals(Action.ESCALATE.id()));
                assertThat(made.last().votes())
                        .noneMatch(vote -> vote.agent().equals("diagnosis/model"))
                        .filteredOn(vote -> vote.agent().equals("diagnosis/nova"))
                        .allMatch(vote -> vote.action().equals(Action.NO_ACTION.id()));
                assertThat(List.of(stub.asked(CLAUDE), stub.asked(NOVA), stub.asked(LLAMA)))
                        .allMatch(asked -> asked > 0);
            } finally {
                models.cancel().get();
            }
        }
    }

    /** Brings about incidents until one is decided. */
    private Certificate decisionByAgreement(Topic decided) throws Exception {
        String last = "none";
        long until = System.nanoTime() + SOON.toNanos();
        while (System.nanoTime() < until) {
            send(OF_MODELS + ALERTS, alert("service-" + incidents++));
            Optional<byte[]> bytes = decided.nextBytes(Duration.ofSeconds(10));
            if (bytes.isPresent()) {
                last = new String(bytes.get(), UTF_8);
                Certificate certificate = CertificateJson.read(bytes.get());
                if (certificate.outcome().status() == DecisionStatus.DECIDED) {
                    return certificate;
                }
            }
        }
        throw new AssertionError("nothing was decided within " + SOON + "; the last: " + last);
    }

    private static byte[] alert(String service) {
        return ("{\"name\":\""
                        + service
                        + " is down\",\"severity\":\"critical\",\"service\":\""
                        + service
                        + "\"}")
                .getBytes(UTF_8);
    }

    /** Brings about incidents until the roster of a request about one is like this. */
    private JsonNode requestWhere(Predicate<String> roster) throws Exception {
        String seen = "none";
        long until = System.nanoTime() + SOON.toNanos();
        while (System.nanoTime() < until) {
            send(ALERTS, alert("service-" + incidents++));
            Optional<JsonNode> request = requests.next(Duration.ofSeconds(5));
            while (request.isPresent()) {
                seen = described(request.get());
                if (request.get().get("terms").get("round").asInt() == 1 && roster.test(seen)) {
                    return request.get();
                }
                request = requests.next(Duration.ofMillis(200));
            }
        }
        throw new AssertionError("no such request within " + SOON + "; the last: " + seen);
    }

    /** Agents and the epochs of their keys, and whether somebody is trusted less. */
    private static String described(JsonNode request) {
        StringBuilder text = new StringBuilder();
        for (JsonNode seat : request.get("terms").get("roster").get("seats")) {
            text.append(seat.get("agent").asText()).append(' ');
            text.append(seat.get("key_epoch").asInt()).append("; ");
            if (seat.get("agent").asText().equals("prediction/external")
                    && seat.get("reputation_ppm").asInt() < 1_000_000) {
                text.append("distrusted; ");
            }
        }
        return text.toString();
    }

    private static Certificate decisionAbout(JsonNode request) throws Exception {
        String incident = request.get("terms").get("incident_id").asText();
        int attempt = request.get("terms").get("attempt").asInt();
        long until = System.nanoTime() + SOON.toNanos();
        while (System.nanoTime() < until) {
            Optional<byte[]> bytes = decisions.nextBytes(Duration.ofSeconds(1));
            if (bytes.isPresent()) {
                Certificate certificate = CertificateJson.read(bytes.get());
                if (certificate.last().terms().incidentId().equals(incident)
                        && certificate.last().terms().attempt() == attempt) {
                    return certificate;
                }
            }
        }
        throw new AssertionError("no decision about " + incident + " within " + SOON);
    }

    private static byte[] outcome(Certificate decided) throws Exception {
        ObjectNode outcome = JSON.createObjectNode();
        outcome.put("type", "incident-commander/outcome").put("version", 1);
        outcome.put("tenant", TENANT);
        outcome.put("incident_id", decided.last().terms().incidentId());
        outcome.put("attempt", decided.last().terms().attempt());
        outcome.put("right", Action.NO_ACTION.id().hex());
        outcome.put("verified_at_ms", decided.outcome().decidedAtMillis() + 1_000);
        return JSON.writeValueAsBytes(outcome);
    }

    private static void send(String topic, byte[] message) throws Exception {
        producer.send(new ProducerRecord<>(topic, message)).get();
    }

    /**
     * @param prefix of the topics
     * @param keys of the agents of the job
     */
    private static JobClient submit(String prefix, Map<String, String> more, String... keys)
            throws Exception {
        Path file = Files.write(directory.resolve(prefix + "agent-keys.txt"), List.of(keys));
        CommanderConfiguration options =
                new ConfigurationLoader()
                        .layer(
                                "test",
                                Map.of(
                                        "consensus.kafka.bootstrap-servers",
                                        broker,
                                        "consensus.keys-file",
                                        file.toString(),
                                        "sink.kafka.bootstrap-servers",
                                        broker,
                                        "parallelism",
                                        "1",
                                        "state.backend",
                                        "hashmap",
                                        "checkpoint.interval",
                                        "1 s",
                                        "correlation.gap",
                                        "1 s"))
                        .layer("topics", topics(prefix))
                        .layer("more", more)
                        .load();
        LocalStreamEnvironment env =
                StreamExecutionEnvironment.createLocalEnvironment(FlinkSettings.of(options));
        FlinkSettings.apply(options, env);
        IncidentCommanderTopology.build(
                env.fromSource(
                                KafkaAlertSource.builder(ALERTS, KafkaCluster.at(broker))
                                        .topics(List.of(prefix + ALERTS))
                                        .groupId(prefix + "external-agents")
                                        .startAt(KafkaStart.earliest())
                                        .build(),
                                WatermarkStrategy.noWatermarks(),
                                ALERTS)
                        .uid(OperatorUids.SOURCE_PREFIX + ALERTS),
                Optional.empty(),
                ConsensusInputs.of(options),
                more.isEmpty()
                        ? Optional.empty()
                        : Optional.of(DiagnosisInputs.of(options, ControlInputs.settings(options))),
                AlertPathSettings.live(options, Map.of()),
                new ConfiguredSinks(options));
        return env.executeAsync(prefix + "external agents");
    }

    private static Map<String, String> topics(String prefix) {
        return Map.of(
                "consensus.kafka.requests-topic",
                prefix + REQUESTS,
                "consensus.kafka.recommendations-topic",
                prefix + RECOMMENDATIONS,
                "consensus.kafka.agents-topic",
                prefix + AGENTS,
                "consensus.kafka.outcomes-topic",
                prefix + OUTCOMES,
                "sink.kafka.decisions-topic",
                prefix + DECISIONS,
                "sink.kafka.incidents-topic",
                prefix + "incidents",
                "sink.kafka.diagnoses-topic",
                prefix + "diagnoses",
                "sink.kafka.dead-letters-topic",
                prefix + "dead-letters");
    }

    /** What comes out of a topic, from its beginning. */
    private static final class Topic implements AutoCloseable {
        private final KafkaConsumer<byte[], byte[]> consumer =
                new KafkaConsumer<>(
                        Map.of("bootstrap.servers", broker),
                        new ByteArrayDeserializer(),
                        new ByteArrayDeserializer());
        private final Deque<byte[]> read = new ArrayDeque<>();

        private Topic(String name) {
            List<TopicPartition> partitions = List.of(new TopicPartition(name, 0));
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
        }

        private Optional<byte[]> nextBytes(Duration within) {
            if (read.isEmpty()) {
                consumer.poll(within).forEach(record -> read.add(record.value()));
            }
            return Optional.ofNullable(read.poll());
        }

        private Optional<JsonNode> next(Duration within) throws Exception {
            Optional<byte[]> bytes = nextBytes(within);
            return bytes.isEmpty() ? Optional.empty() : Optional.of(JSON.readTree(bytes.get()));
        }

        @Override
        public void close() {
            consumer.close();
        }
    }
}
