// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.connectors.ingest;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.incidentcommander.embedded.EmbeddedProcess;
import io.incidentcommander.embedded.ServiceName;
import io.incidentcommander.model.ingest.RawRecord;
import io.incidentcommander.model.ingest.RawRecord.Kind;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.retries.api.BackoffStrategy;
import software.amazon.awssdk.services.kinesis.KinesisClient;

/** Against a server that speaks Kinesis. Skipped where it cannot be had. */
class KinesisAlertSourceITCase {
    private static final int RECORDS = 20;
    private static final Duration PATIENCE = Duration.ofSeconds(180);
    private static final AtomicInteger FAILURES = new AtomicInteger();

    @TempDir static Path directory;
    private static EmbeddedProcess services;

    @BeforeAll
    static void startKinesis() throws Exception {
        services = EmbeddedProcess.start(directory, Set.of(ServiceName.KINESIS));
        services.endpoints()
                .skipped(ServiceName.KINESIS)
                .ifPresent(reason -> assumeTrue(false, "Kinesis was skipped: " + reason));
    }

    @AfterAll
    static void stopKinesis() throws Exception {
        services.close();
    }

    @Test
    void recordsAreReadFromAllShardsWithStableNames() throws Exception {
        create("alerts");
        put("alerts", 0, RECORDS);
        Map<String, String> first = read();

        assertThat(first).hasSize(RECORDS);
        assertThat(first.values()).doesNotHaveDuplicates().anyMatch("{\"n\":7}"::equals);
        assertThat(
                        first.keySet().stream()
                                .map(name -> name.substring(0, name.indexOf(':')))
                                .distinct())
                .hasSize(2);
        assertThat(read()).isEqualTo(first);
    }

    @Test
    void idleShardsSendHeartbeatsBehindTheirRecordsToEverySubtask() throws Exception {
        create("idle");
        put("idle", 0, RECORDS);
        long put = System.currentTimeMillis();
        KinesisAlertSource source = source("idle").startAtTrimHorizon();

        try (RecordedJob job = RecordedJob.start(env -> source.add(env).rebalance(), 2)) {
            job.await(
                    PATIENCE,
                    running -> beats(running, 0, put) == 2 && beats(running, 1, put) == 2);

            assertThat(job.data()).hasSize(RECORDS);
            for (int subtask = 0; subtask < 2; subtask++) {
                List<RawRecord> seen = seenBy(job, subtask);
                for (String shard : shards(seen)) {
                    List<RawRecord> own =
                            seen.stream().filter(r -> r.partition().equals(shard)).toList();
                    assertThat(own.get(0).kind()).isEqualTo(Kind.ASSIGNED);
                    assertThat(own.get(own.size() - 1).kind()).isEqualTo(Kind.HEARTBEAT);
                    long heard = Long.MIN_VALUE;
                    for (RawRecord record : own) {
                        if (record.kind() == Kind.DATA) {
                            assertThat(record.arrivalMillis()).isGreaterThanOrEqualTo(heard);
                        } else if (record.kind() == Kind.HEARTBEAT) {
                            heard = record.arrivalMillis();
                        }
                    }
                }
            }
        }
    }

    /** The server pushes no empty answers to a fan-out: heartbeats by it are not seen here. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void whatIsWrittenWhileTheJobIsDownIsReadOnceAfterItIsRestored(
            boolean fanOut, @TempDir Path savepoints) throws Exception {
        String stream = fanOut ? "restored-fan-out" : "restored";
        create(stream);
        put(stream, 0, 5);
        KinesisAlertSource source = source(stream).startAtTrimHorizon();
        if (fanOut) {
            source.enhancedFanOut("reader");
        }
        String savepoint;
        try (RecordedJob job = RecordedJob.start(source::add, 2)) {
            job.await(PATIENCE, running -> running.data().size() >= 5);
            savepoint = job.stop(savepoints);
            assertThat(numbers(job)).containsExactlyInAnyOrder(0, 1, 2, 3, 4);
        }
        put(stream, 5, RECORDS);

        try (RecordedJob job = RecordedJob.resume(source::add, 2, savepoint)) {
            job.await(PATIENCE, running -> running.data().size() >= RECORDS - 5);
            put(stream, RECORDS, RECORDS + 1);
            job.await(PATIENCE, running -> numbers(running).contains(RECORDS));

            assertThat(numbers(job))
                    .containsExactlyInAnyOrderElementsOf(
                            IntStream.rangeClosed(5, RECORDS).boxed().toList());
        }
    }

    @Test
    void nothingIsLostByAFailureBetweenCheckpoints() throws Exception {
        create("failing");
        put("failing", 0, RECORDS);
        FAILURES.set(1);
        KinesisAlertSource source = source("failing").startAtTrimHorizon();
        try (RecordedJob job =
                RecordedJob.start(
                        source::add,
                        2,
                        record -> {
                            if (record.kind() == Kind.DATA
                                    && number(record) == 7
                                    && FAILURES.getAndDecrement() > 0) {
                                throw new IllegalStateException("the test's failure");
                            }
                        })) {
            job.await(PATIENCE, running -> Set.copyOf(numbers(running)).size() == RECORDS);

            assertThat(FAILURES.get()).isLessThanOrEqualTo(0);
        }
    }

    /** How many shards were vouched for up to then, to one subtask. */
    private static long beats(RecordedJob job, int subtask, long since) {
        return seenBy(job, subtask).stream()
                .filter(r -> r.kind() == Kind.HEARTBEAT && r.arrivalMillis() > since)
                .map(RawRecord::partition)
                .distinct()
                .count();
    }

    private static List<RawRecord> seenBy(RecordedJob job, int subtask) {
        return job.emissions().stream()
                .filter(emission -> emission.subtask() == subtask)
                .map(RecordedJob.Emission::record)
                .toList();
    }

    private static Set<String> shards(List<RawRecord> records) {
        return records.stream().map(RawRecord::partition).collect(Collectors.toSet());
    }

    private static List<Integer> numbers(RecordedJob job) {
        return job.data().stream().map(KinesisAlertSourceITCase::number).toList();
    }

    private static int number(RawRecord record) {
        String text = new String(record.bytes(), UTF_8);
        return Integer.parseInt(text.substring(5, text.length() - 1));
    }

    private static void create(String stream) {
        try (KinesisClient client = client()) {
            client.createStream(request -> request.streamName(stream).shardCount(2));
            client.waiter()
                    .waitUntilStreamExists(
                            request -> request.streamName(stream),
                            // Its own looks once in ten seconds, for a stream that takes half a
                            // one.
                            wait ->
                                    wait.maxAttempts(1_000)
                                            .backoffStrategyV2(
                                                    BackoffStrategy.fixedDelay(
                                                            Duration.ofMillis(100))));
        }
    }

    private static void put(String stream, int from, int to) {
        try (KinesisClient client = client()) {
            for (int i = from; i < to; i++) {
                String text = "{\"n\":" + i + "}";
                client.putRecord(
                        request ->
                                request.streamName(stream)
                                        .partitionKey(text)
                                        .data(SdkBytes.fromUtf8String(text)));
            }
        }
    }

    private static KinesisAlertSource source(String stream) {
        return KinesisAlertSource.of("kinesis", stream, "us-east-1")
                .properties(
                        Map.of(
                                "aws.endpoint", services.endpoints().kinesis().toString(),
                                "aws.credentials.provider", "BASIC",
                                "aws.credentials.provider.basic.accesskeyid", "key",
                                "aws.credentials.provider.basic.secretkey", "secret"));
    }

    /** Data by shard and offset. */
    private static Map<String, String> read() throws Exception {
        KinesisAlertSource source = source("alerts").startAtTrimHorizon();
        try (RecordedJob job = RecordedJob.start(source::add, 2)) {
            job.await(PATIENCE, running -> running.data().size() >= RECORDS);
            return job.data().stream()
                    .collect(
                            Collectors.toMap(
                                    record -> record.partition() + ":" + record.offset(),
                                    KinesisAlertSourceITCase::text));
        }
    }

    private static String text(RawRecord record) {
        assertThat(record.arrivalMillis()).isPositive();
        return new String(record.bytes(), UTF_8);
    }

    private static KinesisClient client() {
        return KinesisClient.builder()
                .endpointOverride(services.endpoints().kinesis())
                .region(Region.US_EAST_1)
                .httpClient(UrlConnectionHttpClient.create())
                .credentialsProvider(
                        StaticCredentialsProvider.create(
                                AwsBasicCredentials.create("key", "secret")))
                .build();
    }
}
