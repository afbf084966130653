// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.integration.consensus;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.incidentcommander.connectors.ingest.KafkaAlertSource;
import io.incidentcommander.connectors.ingest.KafkaStart;
import io.incidentcommander.embedded.EmbeddedProcess;
import io.incidentcommander.embedded.ServiceName;
import io.incidentcommander.jobs.configuration.CommanderConfiguration;
import io.incidentcommander.jobs.configuration.ConfigurationLoader;
import io.incidentcommander.jobs.topology.AlertPathSettings;
import io.incidentcommander.jobs.topology.ConfiguredSinks;
import io.incidentcommander.jobs.topology.ConsensusInputs;
import io.incidentcommander.jobs.topology.FlinkSettings;
import io.incidentcommander.jobs.topology.IncidentCommanderTopology;
import io.incidentcommander.model.consensus.Action;
import io.incidentcommander.model.consensus.Certificate;
import io.incidentcommander.model.consensus.CertificateJson;
import io.incidentcommander.model.consensus.DecisionStatus;
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
 * external ones: without one of these nothing has more than two thirds.
 */
class ExternalAgentITCase {
    private static final Duration SOON = Duration.ofSeconds(300);
    private static final String ALERTS = "alerts";
    private static final String REQUESTS = "round-requests";
    private static final String RECOMMENDATIONS = "recommendations";
    private static final String AGENTS = "agents";
    private static final String OUTCOMES = "outcomes";
    private static final String DECISIONS = "decisions";
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
                            "dead-letters")) {
                topics.add(new NewTopic(topic, 1, (short) 1));
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
        job = submit();
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

    /** Brings about incidents until the roster of a request about one is like this. */
    private JsonNode requestWhere(Predicate<String> roster) throws Exception {
        String seen = "none";
        long until = System.nanoTime() + SOON.toNanos();
        while (System.nanoTime() < until) {
            String service = "service-" + incidents++;
            send(
                    ALERTS,
                    ("{\"name\":\""
                                    + service
                                    + " is down\",\"severity\":\"critical\",\"service\":\""
                                    + service
                                    + "\"}")
                            .getBytes(UTF_8));
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

    private static JobClient submit() throws Exception {
        Path keys = directory.resolve("agent-keys.txt");
        String key = "ab".repeat(32);
        Files.writeString(
                keys, "detection/rules " + key + "\nresolution/runbook " + "cd".repeat(32) + "\n");
        CommanderConfiguration options =
                new ConfigurationLoader()
                        .layer(
                                "test",
                                Map.of(
                                        "consensus.kafka.bootstrap-servers",
                                        broker,
                                        "consensus.keys-file",
                                        keys.toString(),
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
                        .load();
        LocalStreamEnvironment env =
                StreamExecutionEnvironment.createLocalEnvironment(FlinkSettings.of(options));
        FlinkSettings.apply(options, env);
        IncidentCommanderTopology.build(
                env.fromSource(
                                KafkaAlertSource.builder(ALERTS, broker)
                                        .topics(List.of(ALERTS))
                                        .groupId("external-agents")
                                        .startAt(KafkaStart.earliest())
                                        .build(),
                                WatermarkStrategy.noWatermarks(),
                                ALERTS)
                        .uid(OperatorUids.SOURCE_PREFIX + ALERTS),
                Optional.empty(),
                ConsensusInputs.of(options),
                AlertPathSettings.live(options, Map.of()),
                new ConfiguredSinks(options));
        return env.executeAsync("external agents");
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
