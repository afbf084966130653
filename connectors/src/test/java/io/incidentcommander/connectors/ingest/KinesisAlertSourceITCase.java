// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.connectors.ingest;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.incidentcommander.embedded.EmbeddedProcess;
import io.incidentcommander.embedded.ServiceName;
import io.incidentcommander.model.ingest.RawRecord;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.kinesis.KinesisClient;

/** Against a server that speaks Kinesis. Skipped where it cannot be had. */
class KinesisAlertSourceITCase {
    private static final int RECORDS = 20;

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
        try (KinesisClient client = client()) {
            client.createStream(request -> request.streamName("alerts").shardCount(2));
            client.waiter().waitUntilStreamExists(request -> request.streamName("alerts"));
            for (int i = 0; i < RECORDS; i++) {
                String text = "{\"n\":" + i + "}";
                client.putRecord(
                        request ->
                                request.streamName("alerts")
                                        .partitionKey(text)
                                        .data(SdkBytes.fromUtf8String(text)));
            }
        }
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

    /** Data by shard and offset. */
    private static Map<String, String> read() throws Exception {
        KinesisAlertSource source =
                KinesisAlertSource.of("kinesis", "alerts", "us-east-1")
                        .startAtTrimHorizon()
                        .properties(
                                Map.of(
                                        "aws.endpoint", services.endpoints().kinesis().toString(),
                                        "aws.credentials.provider", "BASIC",
                                        "aws.credentials.provider.basic.accesskeyid", "key",
                                        "aws.credentials.provider.basic.secretkey", "secret"));
        try (RecordedJob job = RecordedJob.start(source::add, 2)) {
            job.await(Duration.ofSeconds(60), running -> running.data().size() >= RECORDS);
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
