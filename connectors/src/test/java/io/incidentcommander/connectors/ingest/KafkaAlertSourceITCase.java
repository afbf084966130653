// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.connectors.ingest;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;
import static org.assertj.core.api.Assertions.within;

import io.incidentcommander.connectors.kafka.KafkaCluster;
import io.incidentcommander.connectors.kafka.OrderedProducer;
import io.incidentcommander.embedded.EmbeddedProcess;
import io.incidentcommander.embedded.ServiceName;
import io.incidentcommander.model.ingest.DeadLetter;
import io.incidentcommander.model.ingest.RawRecord;
import io.incidentcommander.model.ingest.RawRecord.Kind;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Against a real broker. */
class KafkaAlertSourceITCase {
    private static final Duration LONG = Duration.ofSeconds(180);

    @TempDir static Path directory;
    private static EmbeddedProcess services;
    private static String bootstrap;

    @BeforeAll
    static void startKafka() throws Exception {
        services = EmbeddedProcess.start(directory, Set.of(ServiceName.KAFKA));
        bootstrap = services.endpoints().kafkaBootstrap();
    }

    @AfterAll
    static void stopKafka() throws Exception {
        services.close();
    }

    @Test
    void aSlowConsumerWithABacklogEmitsNoHeartbeatAheadOfIt() throws Exception {
        String topic = topic(4, Map.of());
        Map<TopicPartition, List<Long>> readable = new ConcurrentHashMap<>();
        int records = 4000;
        KafkaAlertSource.Builder source =
                source(topic, Map.of("max.poll.records", "40"))
                        .heartbeatInterval(Duration.ofMillis(20));
        try (KafkaProducer<byte[], byte[]> producer = producer(Map.of())) {
            sendNoting(producer, topic, records / 2, readable);
            try (RecordedJob job = start(source, 2, KafkaAlertSourceITCase::dawdle)) {
                job.await(LONG, running -> running.emissions().size() > 100);
                sendNoting(producer, topic, records / 2, readable);
                long sent = System.currentTimeMillis();
                job.await(LONG, running -> running.data().size() == records);
                job.await(LONG, running -> hasHeartbeatAfter(running, 2, sent));

                assertThat(aheadOfRecords(job, readable).stream().limit(3)).isEmpty();
                assertThat(job.data().stream().map(RawRecord::partition).distinct()).hasSize(4);
            }
        }
    }

    /** Slower than the producer by far, so that for seconds there is a backlog. */
    private static void dawdle(RawRecord record) {
        if (record.kind() == Kind.DATA) {
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(1));
        }
    }

    /**
     * Sends, and notes by offset when the broker's word came that the record is written: from then
     * on it can be read.
     */
    private static void sendNoting(
            KafkaProducer<byte[], byte[]> producer,
            String topic,
            int count,
            Map<TopicPartition, List<Long>> readable) {
        int partitions = producer.partitionsFor(topic).size();
        List<Exception> lost = new CopyOnWriteArrayList<>();
        for (int i = 0; i < count; i++) {
            TopicPartition partition = new TopicPartition(topic, i % partitions);
            byte[] value = ("{\"n\":" + i + "}").getBytes(UTF_8);
            producer.send(
                    new ProducerRecord<>(topic, partition.partition(), null, value),
                    (written, error) -> {
                        if (error != null) {
                            lost.add(error);
                        }
                        readable.computeIfAbsent(partition, any -> new ArrayList<>())
                                .add(System.currentTimeMillis());
                    });
        }
        producer.flush();
        assertThat(lost).as("records that the broker did not take").isEmpty();
    }

    /** Records that follow a heartbeat of their subtask which said they had been emitted. */
    private static List<String> aheadOfRecords(
            RecordedJob job, Map<TopicPartition, List<Long>> readable) {
        Map<String, List<Long>> since = new HashMap<>();
        readable.forEach((partition, moments) -> since.put(partition.toString(), moments));
        Map<Integer, Long> heartbeats = new HashMap<>();
        List<String> ahead = new ArrayList<>();
        for (RecordedJob.Emission emission : job.emissions()) {
            RawRecord record = emission.record();
            if (record.kind() == Kind.HEARTBEAT) {
                heartbeats.put(emission.subtask(), record.arrivalMillis());
            } else if (record.kind() == Kind.DATA) {
                long last = heartbeats.getOrDefault(emission.subtask(), 0L);
                long from = since.get(record.partition()).get((int) record.offset());
                if (from < last) {
                    ahead.add(record + " could be read " + (last - from) + " ms before");
                }
            }
        }
        return ahead;
    }

    @Test
    void idleReadersSendHeartbeatsThoseWithoutPartitionsToo() throws Exception {
        String topic = topic(1, Map.of());
        try (RecordedJob job = start(source(topic), 2)) {
            job.await(
                    LONG,
                    running ->
                            running.heartbeats(0).size() >= 3 && running.heartbeats(1).size() >= 3);

            for (int subtask = 0; subtask < 2; subtask++) {
                assertThat(job.heartbeats(subtask)).isSorted().doesNotHaveDuplicates();
                assertThat(job.heartbeats(subtask).get(0))
                        .isCloseTo(System.currentTimeMillis(), within(60_000L));
            }
            assertThat(job.data()).isEmpty();
        }
    }

    @Test
    void whileTheBrokerIsAwayThereIsNoHeartbeatAndAfterwardsThereIs() throws Exception {
        String topic = topic(1, Map.of());
        try (RecordedJob job = start(source(topic), 1)) {
            job.await(LONG, running -> running.heartbeats(0).size() >= 3);

            services.stop(ServiceName.KAFKA);
            long stopped = System.currentTimeMillis();
            LockSupport.parkNanos(TimeUnit.SECONDS.toNanos(1)); // the outage lasts this long
            long startedAgain = System.currentTimeMillis();
            services.startAgain(ServiceName.KAFKA);
            job.await(LONG, running -> hasHeartbeatAfter(running, 1, startedAgain));

            assertThat(job.heartbeats(0))
                    .noneMatch(moment -> moment > stopped && moment < startedAgain);
        }
    }

    @Test
    void markersOfTransactionsAreNoBacklog() throws Exception {
        String topic = topic(1, Map.of());
        try (KafkaProducer<byte[], byte[]> producer =
                producer(Map.of("transactional.id", UUID.randomUUID().toString()))) {
            producer.initTransactions();
            for (boolean commit : new boolean[] {true, false}) {
                producer.beginTransaction();
                send(producer, topic, 10, 0);
                if (commit) {
                    producer.commitTransaction();
                } else {
                    producer.abortTransaction();
                }
            }
        }
        for (String isolation : List.of("read_committed", "read_uncommitted")) {
            KafkaAlertSource.Builder source = source(topic, Map.of("isolation.level", isolation));
            try (RecordedJob job = start(source, 1)) {
                job.await(LONG, running -> running.heartbeats(0).size() >= 2);

                assertThat(job.data()).hasSize(isolation.equals("read_committed") ? 10 : 20);
            }
        }
    }

    @Test
    void aRecordIsItsValueWithKafkasPartitionOffsetAndTime() throws Exception {
        String topic = topic(1, Map.of());
        byte[] large = "x".repeat(300 * 1024).getBytes(UTF_8);
        try (KafkaProducer<byte[], byte[]> producer = producer(Map.of())) {
            producer.send(new ProducerRecord<>(topic, 0, 1234L, null, "one".getBytes(UTF_8)));
            producer.send(tombstone(topic, 1235L));
            producer.send(new ProducerRecord<>(topic, 0, 1236L, null, large));
        }
        try (RecordedJob job = start(source(topic), 1)) {
            job.await(LONG, running -> running.data().size() == 3);

            List<RawRecord> data = job.data();
            assertThat(data)
                    .extracting(
                            RawRecord::source,
                            RawRecord::partition,
                            RawRecord::offset,
                            RawRecord::arrivalMillis,
                            RawRecord::size,
                            record -> record.bytes().length)
                    .containsExactly(
                            tuple("kafka", topic + "-0", 0L, 1234L, 3, 3),
                            tuple("kafka", topic + "-0", 1L, 1235L, 0, 0),
                            tuple(
                                    "kafka",
                                    topic + "-0",
                                    2L,
                                    1236L,
                                    large.length,
                                    DeadLetter.HEAD_BYTES));
            assertThat(new String(data.get(0).bytes(), UTF_8)).isEqualTo("one");
        }
    }

    private static ProducerRecord<byte[], byte[]> tombstone(String topic, long time) {
        byte[] none = null;
        return new ProducerRecord<>(topic, 0, time, "key".getBytes(UTF_8), none);
    }

    @Test
    void readingBeginsWhereItIsToldTo() throws Exception {
        String topic = topic(1, Map.of());
        try (KafkaProducer<byte[], byte[]> producer = producer(Map.of());
                Admin admin = admin()) {
            for (long time = 1000; time < 1005; time++) {
                send(producer, topic, 1, time);
            }
            TopicPartition partition = new TopicPartition(topic, 0);
            admin.alterConsumerGroupOffsets(
                            "group-" + topic, Map.of(partition, new OffsetAndMetadata(3)))
                    .all()
                    .get();

            assertThat(firstOffset(producer, topic, KafkaStart.earliest())).isEqualTo(0);
            assertThat(firstOffset(producer, topic, KafkaStart.timestamp(1002))).isEqualTo(2);
            assertThat(committed(admin, "group-" + topic, partition)).isEqualTo(3);
            assertThat(firstOffset(producer, topic, KafkaStart.committed(KafkaStart.latest())))
                    .isEqualTo(3);
            long end = offsets(admin, partition);
            assertThat(firstOffset(producer, topic, KafkaStart.latest())).isEqualTo(end);
            assertThat(firstOffset(producer, topic, KafkaStart.timestamp(Long.MAX_VALUE)))
                    .isEqualTo(end + 1);
        }
    }

    private static long committed(Admin admin, String group, TopicPartition partition)
            throws Exception {
        return admin.listConsumerGroupOffsets(group)
                .partitionsToOffsetAndMetadata()
                .get()
                .get(partition)
                .offset();
    }

    /** Of the first record read; one is sent once the reader stands, if none is there. */
    private static long firstOffset(
            KafkaProducer<byte[], byte[]> producer, String topic, KafkaStart start)
            throws Exception {
        // No commit may move the group on for the next case.
        KafkaAlertSource.Builder source =
                source(topic, Map.of("commit.offsets.on.checkpoint", "false"))
                        .groupId("group-" + topic)
                        .startAt(start);
        try (RecordedJob job = start(source, 1)) {
            job.await(LONG, running -> !running.heartbeats(0).isEmpty());
            if (job.data().isEmpty()) {
                send(producer, topic, 1, 2000);
            }
            job.await(LONG, running -> !running.data().isEmpty());
            return job.data().get(0).offset();
        }
    }

    private static long offsets(Admin admin, TopicPartition partition) throws Exception {
        return admin.listOffsets(Map.of(partition, OffsetSpec.latest()))
                .partitionResult(partition)
                .get()
                .offset();
    }

    @Test
    void aSourceThatLacksItsTopicsOrItsGroupIsRefused() {
        assertThatThrownBy(
                        () -> KafkaAlertSource.builder("kafka", KafkaCluster.at(bootstrap)).build())
                .hasMessageContaining("either topics or a topic pattern");
        assertThatThrownBy(
                        () ->
                                source("t")
                                        .startAt(KafkaStart.committed(KafkaStart.earliest()))
                                        .build())
                .hasMessageContaining("needs a group");
    }

    private static boolean hasHeartbeatAfter(RecordedJob job, int subtasks, long moment) {
        for (int subtask = 0; subtask < subtasks; subtask++) {
            if (job.heartbeats(subtask).stream().noneMatch(heartbeat -> heartbeat > moment)) {
                return false;
            }
        }
        return true;
    }

    private static KafkaAlertSource.Builder source(String topic) {
        return source(topic, Map.of());
    }

    private static KafkaAlertSource.Builder source(String topic, Map<String, String> client) {
        return KafkaAlertSource.builder("kafka", KafkaCluster.at(bootstrap).with(client))
                .topics(List.of(topic))
                .heartbeatInterval(Duration.ofMillis(50));
    }

    private static RecordedJob start(KafkaAlertSource.Builder source, int parallelism)
            throws Exception {
        return start(source, parallelism, record -> {});
    }

    private static RecordedJob start(
            KafkaAlertSource.Builder source,
            int parallelism,
            RecordedJob.BeforeEachRecord beforeEach)
            throws Exception {
        return RecordedJob.start(
                environment ->
                        environment.fromSource(
                                source.build(), WatermarkStrategy.noWatermarks(), "kafka"),
                parallelism,
                beforeEach);
    }

    private static String topic(int partitions, Map<String, String> configuration)
            throws Exception {
        String name = "alerts-" + UUID.randomUUID();
        try (Admin admin = admin()) {
            NewTopic topic = new NewTopic(name, partitions, (short) 1).configs(configuration);
            admin.createTopics(List.of(topic)).all().get();
        }
        return name;
    }

    private static Admin admin() {
        return Admin.create(Map.of("bootstrap.servers", bootstrap));
    }

    private static KafkaProducer<byte[], byte[]> producer(Map<String, Object> more) {
        Map<String, Object> properties = new HashMap<>(more);
        // A topic that is new: with more, a second batch can be let in where the first was not yet.
        OrderedProducer.settings(KafkaCluster.at(bootstrap))
                .forEach((key, value) -> properties.put((String) key, value));
        return new KafkaProducer<>(
                properties, new ByteArraySerializer(), new ByteArraySerializer());
    }

    /**
     * @param time of each record; 0 leaves it to the producer's clock
     */
    private static void send(
            KafkaProducer<byte[], byte[]> producer, String topic, int count, long time)
            throws Exception {
        int partitions = producer.partitionsFor(topic).size();
        for (int i = 0; i < count; i++) {
            byte[] value = ("{\"n\":" + i + "}").getBytes(UTF_8);
            producer.send(
                    new ProducerRecord<>(
                            topic, i % partitions, time == 0 ? null : time, null, value));
        }
        producer.flush();
    }
}
