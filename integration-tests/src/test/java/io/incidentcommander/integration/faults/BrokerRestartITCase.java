// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.integration.faults;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.incidentcommander.connectors.ingest.KafkaAlertSource;
import io.incidentcommander.connectors.ingest.KafkaStart;
import io.incidentcommander.connectors.kafka.KafkaCluster;
import io.incidentcommander.connectors.kafka.OrderedProducer;
import io.incidentcommander.embedded.EmbeddedProcess;
import io.incidentcommander.embedded.ServiceName;
import io.incidentcommander.integration.faults.WatchedSinks.Watch;
import io.incidentcommander.model.audit.Disposition;
import io.incidentcommander.model.audit.IncidentEvent;
import io.incidentcommander.model.ingest.RawRecord;
import io.incidentcommander.model.ingest.Severity;
import io.incidentcommander.model.sampling.NotableAlert;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.Future;
import org.apache.flink.api.common.JobID;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The broker that alerts come from and events go to is away for a while. */
class BrokerRestartITCase {
    private static final Duration SOON = Duration.ofSeconds(180);
    private static final long SEED = 9;
    private static final int RECORDS = 2_000;

    /** Long enough for some hundred incidents, of all severities. */
    private static final int LONG = 6_000;

    private static final String ALERTS = "alerts";
    private static final String EVENTS = "incidents";
    private static final String WAITING = "incidents-that-waited";

    @TempDir static Path directory;
    private static EmbeddedProcess services;
    private static String broker;
    private static Cluster cluster;

    @BeforeAll
    static void start() throws Exception {
        services = EmbeddedProcess.start(directory, Set.of(ServiceName.KAFKA));
        broker = services.endpoints().kafkaBootstrap();
        cluster = Cluster.start(1, 2);
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", broker))) {
            admin.createTopics(
                            List.of(
                                    new NewTopic(ALERTS, 2, (short) 1),
                                    new NewTopic(EVENTS, 2, (short) 1),
                                    new NewTopic(WAITING, 1, (short) 1)))
                    .all()
                    .get();
        }
    }

    @AfterAll
    static void stop() throws Exception {
        cluster.close();
        services.close();
    }

    @Test
    void nothingIsLostOrToldOtherwiseAndTheJobGoesOn() throws Exception {
        List<RawRecord> records = records();
        SortedMap<String, String> expected = undisturbed(records);
        assertThat(expected).hasSizeGreaterThan(100);
        Watch watch = Watch.only();

        try (Observation seen = new Observation();
                KafkaProducer<byte[], byte[]> producer = producer()) {
            JobID job = cluster.submit(job(watch), seen);
            List<Future<?>> sent = send(producer, records.subList(0, RECORDS / 2));
            producer.flush();
            awaitRead(seen, ALERTS, RECORDS / 2);

            services.stop(ServiceName.KAFKA);
            sent.addAll(send(producer, records.subList(RECORDS / 2, records.size())));
            services.startAgain(ServiceName.KAFKA);
            producer.flush();
            for (Future<?> record : sent) {
                record.get();
            }
            awaitRead(seen, ALERTS, records.size());

            assertThat(seen.ledger().imbalanceAgainst(Map.of(ALERTS, (long) records.size())))
                    .isEmpty();
            assertThat(seen.counts(ALERTS).alerts(Disposition.LATE)).isZero();
            assertThat(watch.late()).isEmpty();
            TreeMap<String, String> told = new TreeMap<>();
            SortedMap<String, String> hashes = eventsUntil(expected, told);
            assertThat(hashes)
                    .as(() -> "told: " + others(told, hashes, expected))
                    .isEqualTo(expected);
            cluster.cancel(job);
        }
    }

    /** Alerts come from elsewhere: incidents go on, and their events wait. */
    @Test
    void whileTheBrokerIsAwayCheckpointsGoOnAndAfterwardsTheWorstIncidentsAreToldFirst()
            throws Exception {
        List<RawRecord> storm = Storms.records(SEED, LONG, 2);
        Gate away = new Gate();
        Gate end = new Gate();
        ScriptedSource.Script script =
                ScriptedSource.script()
                        .emit(storm.subList(0, LONG / 4))
                        .await(away)
                        .emit(storm.subList(LONG / 4, LONG))
                        .await(end);
        try (Observation seen = new Observation()) {
            JobID job =
                    cluster.submit(
                            options()
                                    .source(Storms.SOURCE, ScriptedSource.of(script))
                                    .parallelism(1)
                                    .sinks(BrokerRestartITCase::topicAndObservation),
                            seen);
            awaitRead(seen, Storms.SOURCE, LONG / 4);
            Set<String> before = new HashSet<>(ids(seen.incidents().events().size()));
            services.stop(ServiceName.KAFKA);
            away.open();
            awaitRead(seen, Storms.SOURCE, LONG);
            Map<String, Severity> waited = new HashMap<>();
            for (List<IncidentEvent> chain : seen.incidents().chains().values()) {
                Severity newest = chain.get(chain.size() - 1).incident().severity();
                chain.forEach(event -> waited.put(event.eventId(), newest));
            }
            waited.keySet().removeAll(before);
            assertThat(waited).hasSizeGreaterThan(50);

            services.startAgain(ServiceName.KAFKA);
            List<String> told = ids(before.size() + waited.size());
            List<Severity> order =
                    told.stream().filter(waited::containsKey).map(waited::get).toList();
            assertThat(new HashSet<>(order)).hasSizeGreaterThan(1);
            assertThat(order.subList(underWay(told, seen, waited), order.size()))
                    .as("all but the batch that the producer had when the broker went")
                    .hasSizeGreaterThan(30)
                    .isSortedAccordingTo(Comparator.reverseOrder());
            end.open();
            cluster.finish(job);

            List<String> all =
                    seen.incidents().events().stream().map(IncidentEvent::eventId).toList();
            assertThat(ids(all.size())).containsExactlyInAnyOrderElementsOf(all);
        }
    }

    /** A batch holds one event of an incident at most: so many are the first of their incidents. */
    private static int underWay(List<String> told, Observation seen, Map<String, Severity> waited) {
        Map<String, String> incidents = new HashMap<>();
        seen.incidents()
                .events()
                .forEach(event -> incidents.put(event.eventId(), event.incident().incidentId()));
        Set<String> met = new HashSet<>();
        int first = 0;
        for (String id : told) {
            if (waited.containsKey(id)) {
                if (!met.add(incidents.get(id))) {
                    break;
                }
                first++;
            }
        }
        return first;
    }

    private static ObservedSinks topicAndObservation(Observation observation) {
        ObservedSinks topic =
                Stores.configured(
                        observation,
                        Map.of(
                                "sink.kafka.bootstrap-servers",
                                broker,
                                "sink.kafka.incidents-topic",
                                WAITING));
        return new ObservedSinks(observation) {
            @Override
            public void incidentEvents(DataStream<IncidentEvent> events) {
                super.incidentEvents(events);
                topic.incidentEvents(events);
            }
        };
    }

    /** Of the events in the topic, as soon as there are so many. */
    private static List<String> ids(int least) {
        List<String> ids = new ArrayList<>();
        try (KafkaConsumer<byte[], byte[]> consumer = consumer(new TopicPartition(WAITING, 0))) {
            long until = System.nanoTime() + SOON.toNanos();
            while (ids.size() < least && System.nanoTime() < until) {
                consumer.poll(Duration.ofSeconds(1))
                        .forEach(event -> ids.add(text(event.headers().lastHeader("event_id"))));
            }
        }
        return ids;
    }

    /** What was told otherwise than expected, in the order of event time. */
    private static List<String> others(
            SortedMap<String, String> told,
            SortedMap<String, String> hashes,
            SortedMap<String, String> expected) {
        return told.entrySet().stream()
                .filter(e -> !expected.getOrDefault(e.getKey(), "").equals(hashes.get(e.getKey())))
                .map(Map.Entry::getValue)
                .sorted()
                .limit(5)
                .toList();
    }

    /** A storm, and on each partition an alert long after it, which closes its incidents. */
    private static List<RawRecord> records() {
        List<RawRecord> records = new ArrayList<>();
        for (RawRecord record : Storms.records(SEED, RECORDS, 2)) {
            String partition = ALERTS + "-" + record.partition().substring(1);
            records.add(
                    RawRecord.of(
                            ALERTS,
                            partition,
                            record.offset(),
                            record.arrivalMillis(),
                            record.bytes()));
        }
        for (int p = 0; p < 2; p++) {
            byte[] alert =
                    "{\"name\":\"end\",\"severity\":\"low\",\"service\":\"end\"}".getBytes(UTF_8);
            records.add(RawRecord.of(ALERTS, ALERTS + "-" + p, RECORDS / 2, closing(), alert));
        }
        return records;
    }

    private static long closing() {
        return Deliveries.millis(3_600);
    }

    /** What the same records come to without a broker, the closing ones apart. */
    private static SortedMap<String, String> undisturbed(List<RawRecord> records) throws Exception {
        try (Observation seen = new Observation()) {
            cluster.run(options().source(ALERTS, ScriptedSource.of(records)), seen);
            TreeMap<String, String> events = new TreeMap<>();
            for (IncidentEvent event : seen.incidents().events()) {
                if (event.eventTimeMillis() < closing()) {
                    events.put(event.eventId(), event.hash());
                }
            }
            return events;
        }
    }

    private static TopologyJob job(Watch watch) {
        Map<String, String> kafka = Map.of("sink.kafka.bootstrap-servers", broker);
        return options()
                .source(
                        ALERTS,
                        KafkaAlertSource.builder(ALERTS, KafkaCluster.at(broker))
                                .topics(List.of(ALERTS))
                                .groupId("broker-restart")
                                .startAt(KafkaStart.earliest())
                                // The records are of the past, and so is what heartbeats say.
                                .clock(() -> Storms.EPOCH)
                                .build())
                .sinks(
                        observation -> {
                            WatchedSinks watched = WatchedSinks.of(observation, watch);
                            ObservedSinks configured = Stores.configured(observation, kafka);
                            return new ObservedSinks(observation) {
                                @Override
                                public void incidentEvents(DataStream<IncidentEvent> events) {
                                    configured.incidentEvents(events);
                                }

                                @Override
                                public void notable(DataStream<NotableAlert> alerts) {
                                    watched.notable(alerts);
                                }
                            };
                        });
    }

    private static TopologyJob options() {
        return TopologyJob.live()
                .option("correlation.gap", "1 s")
                // However long the broker takes to return, its partitions are not silent.
                .option("ingest.source-idle", "1 h");
    }

    private static KafkaProducer<byte[], byte[]> producer() {
        // The records are of the past: five requests on their way would lose one in some restarts.
        Properties settings = OrderedProducer.settings(KafkaCluster.at(broker));
        return new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer());
    }

    private static List<Future<?>> send(
            KafkaProducer<byte[], byte[]> producer, List<RawRecord> records) {
        List<Future<?>> sent = new ArrayList<>();
        for (RawRecord record : records) {
            int partition = record.partition().endsWith("1") ? 1 : 0;
            sent.add(
                    producer.send(
                            new ProducerRecord<>(
                                    ALERTS,
                                    partition,
                                    record.arrivalMillis(),
                                    null,
                                    record.bytes())));
        }
        return sent;
    }

    private static void awaitRead(Observation seen, String source, long records) throws Exception {
        seen.await(
                "a checkpoint with " + records + " records",
                SOON,
                o -> o.counts(source).recordsIn() == records);
    }

    /**
     * Events of the topic until all of these came; a repetition says the same.
     *
     * @param told takes in what they say, after their time
     */
    private static SortedMap<String, String> eventsUntil(
            SortedMap<String, String> expected, SortedMap<String, String> told) {
        TreeMap<String, String> events = new TreeMap<>();
        try (KafkaConsumer<byte[], byte[]> consumer =
                consumer(new TopicPartition(EVENTS, 0), new TopicPartition(EVENTS, 1))) {
            long until = System.nanoTime() + SOON.toNanos();
            while (!events.keySet().containsAll(expected.keySet()) && System.nanoTime() < until) {
                for (ConsumerRecord<byte[], byte[]> event : consumer.poll(Duration.ofSeconds(1))) {
                    if (event.timestamp() >= closing()) {
                        continue;
                    }
                    String hash = text(event.headers().lastHeader("hash"));
                    String id = text(event.headers().lastHeader("event_id"));
                    String before = events.put(id, hash);
                    told.put(id, event.timestamp() + " " + new String(event.value(), UTF_8));
                    assertThat(before == null || before.equals(hash)).isTrue();
                }
            }
        }
        return events;
    }

    /** From the beginning. */
    private static KafkaConsumer<byte[], byte[]> consumer(TopicPartition... partitions) {
        KafkaConsumer<byte[], byte[]> consumer =
                new KafkaConsumer<>(
                        Map.of("bootstrap.servers", broker),
                        new ByteArrayDeserializer(),
                        new ByteArrayDeserializer());
        consumer.assign(List.of(partitions));
        consumer.seekToBeginning(List.of(partitions));
        return consumer;
    }

    private static String text(Header header) {
        return new String(header.value(), UTF_8);
    }
}
