// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.integration.faults;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.incidentcommander.connectors.communication.KafkaOutbox;
import io.incidentcommander.connectors.ingest.KafkaAlertSource;
import io.incidentcommander.connectors.ingest.KafkaStart;
import io.incidentcommander.connectors.kafka.KafkaCluster;
import io.incidentcommander.embedded.EmbeddedProcess;
import io.incidentcommander.embedded.PagerDutyStub;
import io.incidentcommander.embedded.ServiceName;
import io.incidentcommander.embedded.SlackStub;
import io.incidentcommander.embedded.StubBehaviour;
import io.incidentcommander.jobs.configuration.CommanderConfiguration;
import io.incidentcommander.jobs.configuration.ConfigurationLoader;
import io.incidentcommander.jobs.topology.CommunicationStage;
import io.incidentcommander.jobs.topology.ConfiguredSinks;
import io.incidentcommander.jobs.topology.DeliveryTopology;
import io.incidentcommander.model.audit.IncidentEvent;
import io.incidentcommander.model.communication.ChannelKind;
import io.incidentcommander.model.ingest.RawRecord;
import io.incidentcommander.model.ingest.Severity;
import io.incidentcommander.operators.correlation.control.ControlSettings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import org.apache.flink.api.common.JobID;
import org.apache.flink.api.common.JobStatus;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
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
 * Slack takes every request and answers none, while alerts come in: the whole topology with its
 * messages into an outbox, and the job that delivers them, on clusters of their own.
 */
class HangingSlackITCase {
    private static final Duration SOON = Duration.ofSeconds(180);
    private static final long SEED = 9;
    private static final int RECORDS = 300;
    private static final String ALERTS = "alerts";
    private static final String OUTBOX = "outbox";
    private static final ObjectMapper JSON = new ObjectMapper();

    /** A channel for each severity, since a channel takes one message a second. */
    private static final List<String> SEVERITIES = List.of("critical", "high", "medium", "low");

    @TempDir static Path directory;
    private static EmbeddedProcess services;
    private static String broker;
    private static Cluster cluster;

    @BeforeAll
    static void start() throws Exception {
        services = EmbeddedProcess.start(directory, Set.of(ServiceName.KAFKA));
        broker = services.endpoints().kafkaBootstrap();
        cluster = Cluster.start(1, 2);
        List<NewTopic> topics = new ArrayList<>();
        topics.add(new NewTopic(ALERTS, 2, (short) 1));
        for (ChannelKind kind : ChannelKind.values()) {
            topics.add(new NewTopic(KafkaOutbox.topic(OUTBOX, kind), 1, (short) 1));
        }
        topics.add(new NewTopic(KafkaOutbox.undeliveredTopic(OUTBOX), 1, (short) 1));
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", broker))) {
            admin.createTopics(topics).all().get();
        }
    }

    @AfterAll
    static void stop() throws Exception {
        cluster.close();
        services.close();
    }

    @Test
    void alertsCheckpointsAndOtherChannelsGoOnAndSlackGetsAllOfItAfterwardsOnce() throws Exception {
        List<RawRecord> records = records();
        try (SlackStub slack = SlackStub.start(0);
                PagerDutyStub pagerDuty = PagerDutyStub.start(0);
                Observation seen = new Observation();
                KafkaProducer<byte[], byte[]> producer = producer()) {
            slack.behave(StubBehaviour.HANG);
            JobClient delivery = deliver(slack, pagerDuty);
            JobID job = cluster.submit(job(), seen);

            send(producer, records.subList(0, RECORDS / 2));
            awaitRead(seen, RECORDS / 2);
            await("Slack is asked", () -> slack.asked() > 0);

            // Ledgers come with completed checkpoints alone: alerts and checkpoints go on.
            send(producer, records.subList(RECORDS / 2, RECORDS));
            awaitRead(seen, RECORDS);
            assertThat(seen.ledger().imbalanceAgainst(Map.of(ALERTS, (long) RECORDS))).isEmpty();
            await("PagerDuty hears of incidents", () -> !pagerDuty.seen().isEmpty());
            assertThat(SEVERITIES).allMatch(severity -> slack.seen(channel(severity)).isEmpty());

            slack.behave(StubBehaviour.GOOD);
            Set<String> told = incidents(seen);
            assertThat(told).isNotEmpty();
            await("Slack shows all incidents", () -> shown(slack).containsAll(told));
            assertThat(delivery.getJobStatus().get()).isEqualTo(JobStatus.RUNNING);
            for (String severity : SEVERITIES) {
                assertThat(
                                slack.seen(channel(severity)).stream()
                                        .filter(message -> message.thread().isEmpty())
                                        .map(HangingSlackITCase::incident))
                        .doesNotHaveDuplicates();
            }
            await("What nobody can get is kept", () -> undelivered().keySet().containsAll(told));
            assertThat(undelivered().values())
                    .allMatch(
                            why -> why.equals("webhook gone: no address or key for webhook gone"));
            delivery.cancel().get();
            cluster.cancel(job);
        }
    }

    /** Reasons by incident, as the topic of dead letters has them. */
    private static Map<String, String> undelivered() {
        Map<String, String> letters = new TreeMap<>();
        try (KafkaConsumer<byte[], byte[]> consumer =
                new KafkaConsumer<>(
                        Map.of("bootstrap.servers", broker),
                        new ByteArrayDeserializer(),
                        new ByteArrayDeserializer())) {
            TopicPartition topic = new TopicPartition(KafkaOutbox.undeliveredTopic(OUTBOX), 0);
            consumer.assign(List.of(topic));
            consumer.seekToBeginning(List.of(topic));
            long end = consumer.endOffsets(List.of(topic)).get(topic);
            while (consumer.position(topic) < end) {
                for (ConsumerRecord<byte[], byte[]> letter : consumer.poll(SOON)) {
                    JsonNode read = JSON.readTree(letter.value());
                    String why =
                            read.path("channel").asText()
                                    + " "
                                    + read.path("address").asText()
                                    + ": "
                                    + read.path("reason").asText();
                    read.path("incidents").fieldNames().forEachRemaining(i -> letters.put(i, why));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException("A dead letter is JSON", e);
        }
        return letters;
    }

    /** Those that the routes lead to somebody: not the least severe. */
    private static Set<String> incidents(Observation seen) {
        return seen.incidents().events().stream()
                .map(IncidentEvent::incident)
                .filter(incident -> incident.severity().compareTo(Severity.LOW) >= 0)
                .map(incident -> incident.tenant() + "/" + incident.incidentId())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static Set<String> shown(SlackStub slack) {
        return SEVERITIES.stream()
                .flatMap(severity -> slack.seen(channel(severity)).stream())
                .map(HangingSlackITCase::incident)
                .collect(Collectors.toSet());
    }

    /** The last line of a message names its incident. */
    private static String incident(SlackStub.Shown message) {
        return message.body().replaceAll("(?s).*\\*Incident:\\* ([^\n]+).*", "$1").strip();
    }

    private static void await(String what, BooleanSupplier fact) throws InterruptedException {
        long end = System.nanoTime() + SOON.toNanos();
        while (!fact.getAsBoolean()) {
            assertThat(System.nanoTime()).as(what).isLessThan(end);
            Thread.onSpinWait();
            LockSupport.parkNanos(50_000_000);
        }
    }

    private static String channel(String severity) {
        return "C-" + severity;
    }

    private static String routing() {
        StringBuilder receivers =
                new StringBuilder(
                        "receivers:\n  pager: {contacts: [{pagerduty: ops}, {webhook: gone}]}\n");
        StringBuilder routes =
                new StringBuilder("routing:\n  routes:\n  - {receiver: pager, continue: true}\n");
        for (String severity : SEVERITIES) {
            receivers.append("  " + severity + ": {contacts: [{slack: " + channel(severity));
            receivers.append("}]}\n");
            routes.append("  - {matchers: [severity=" + severity + "], receiver: " + severity);
            routes.append("}\n");
        }
        return receivers.append(routes).toString();
    }

    private static JobClient deliver(SlackStub slack, PagerDutyStub pagerDuty) throws Exception {
        Path secrets =
                Files.writeString(
                        directory.resolve("secrets"),
                        "slack.token=t\npagerduty.ops=0123456789abcdef0123456789abcdef\n");
        StreamExecutionEnvironment env = StreamExecutionEnvironment.createLocalEnvironment(1);
        env.enableCheckpointing(200);
        DeliveryTopology.build(
                env,
                options(
                        Map.of(
                                "communication.secrets-file",
                                secrets.toString(),
                                "communication.slack.api",
                                slack.endpoint() + "/api/",
                                "communication.pagerduty.api",
                                pagerDuty.endpoint() + "/v2/enqueue")));
        return env.executeAsync("delivery");
    }

    private static CommanderConfiguration options(Map<String, String> more) {
        return new ConfigurationLoader()
                .layer(
                        "the outbox",
                        Map.of(
                                "communication.outbox.bootstrap-servers",
                                broker,
                                "communication.outbox.topic-prefix",
                                OUTBOX))
                .layer("the test", more)
                .load();
    }

    private static TopologyJob job() {
        return TopologyJob.live()
                .option("correlation.gap", "1 s")
                .option("ingest.source-idle", "1 h")
                .source(
                        ALERTS,
                        KafkaAlertSource.builder(ALERTS, KafkaCluster.at(broker))
                                .topics(List.of(ALERTS))
                                .groupId("hanging-slack")
                                .startAt(KafkaStart.earliest())
                                .clock(() -> Storms.EPOCH)
                                .build())
                .sinks(
                        observation ->
                                new ObservedSinks(observation) {
                                    @Override
                                    public void incidentEvents(DataStream<IncidentEvent> events) {
                                        super.incidentEvents(events);
                                        new CommunicationStage(routing(), ControlSettings.none())
                                                .build(
                                                        events,
                                                        Optional.empty(),
                                                        Optional.empty(),
                                                        Optional.empty(),
                                                        Optional.empty(),
                                                        new ConfiguredSinks(options(Map.of())));
                                    }
                                });
    }

    private static List<RawRecord> records() {
        return Storms.records(SEED, RECORDS, 2);
    }

    private static KafkaProducer<byte[], byte[]> producer() {
        return new KafkaProducer<>(
                Map.of("bootstrap.servers", broker, "acks", "all"),
                new ByteArraySerializer(),
                new ByteArraySerializer());
    }

    private static void send(KafkaProducer<byte[], byte[]> producer, List<RawRecord> records) {
        for (RawRecord record : records) {
            int partition = record.partition().endsWith("1") ? 1 : 0;
            producer.send(
                    new ProducerRecord<>(
                            ALERTS, partition, record.arrivalMillis(), null, record.bytes()));
        }
        producer.flush();
    }

    private static void awaitRead(Observation seen, long records) throws Exception {
        seen.await(
                "a checkpoint with " + records + " records",
                SOON,
                o -> o.counts(ALERTS).recordsIn() == records);
    }
}
