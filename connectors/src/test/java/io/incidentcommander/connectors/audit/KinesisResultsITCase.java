// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.connectors.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.incidentcommander.connectors.delivery.Parcel;
import io.incidentcommander.embedded.EmbeddedProcess;
import io.incidentcommander.embedded.ServiceName;
import io.incidentcommander.model.audit.AuditJson;
import io.incidentcommander.model.audit.IncidentEvent;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.retries.api.BackoffStrategy;
import software.amazon.awssdk.services.kinesis.KinesisClient;
import software.amazon.awssdk.services.kinesis.model.Record;
import software.amazon.awssdk.services.kinesis.model.Shard;
import software.amazon.awssdk.services.kinesis.model.ShardIteratorType;

/** Against a server that speaks Kinesis. Skipped where it cannot be had. */
class KinesisResultsITCase {
    private static final String STREAM = "incidents";
    private static final String REGION = "us-east-1";

    @TempDir static Path directory;
    private static EmbeddedProcess services;

    @BeforeAll
    static void start() throws Exception {
        services = EmbeddedProcess.start(directory, Set.of(ServiceName.KINESIS));
        services.endpoints()
                .skipped(ServiceName.KINESIS)
                .ifPresent(reason -> assumeTrue(false, "Kinesis was skipped: " + reason));
    }

    @AfterAll
    static void stop() throws Exception {
        services.close();
    }

    @Test
    void everyEventIsInTheStreamAndThoseOfAnIncidentAreInOneShard() throws Exception {
        List<IncidentEvent> events =
                Stream.of("a", "b", "c", "d", "e", "f")
                        .flatMap(incident -> EventSamples.chain(incident, 5).stream())
                        .collect(Collectors.toList());
        try (KinesisClient client = client(services.endpoints().kinesis())) {
            client.createStream(c -> c.streamName(STREAM).shardCount(2));
            client.waiter()
                    .waitUntilStreamExists(
                            d -> d.streamName(STREAM),
                            w ->
                                    w.backoffStrategyV2(
                                            BackoffStrategy.fixedDelayWithoutJitter(
                                                    Duration.ofMillis(100))));
            StreamExecutionEnvironment env = StreamExecutionEnvironment.createLocalEnvironment(1);
            env.getConfig().disableGenericTypes();
            env.fromData(events)
                    .sinkTo(
                            new KinesisResults(REGION, services.endpoints().kinesis().toString())
                                    .<IncidentEvent>into(
                                            "events",
                                            STREAM,
                                            event ->
                                                    Parcel.of(STREAM, AuditJson.of(event))
                                                            .keyed(event.incidentId())))
                    .uid("events");
            env.execute();

            Set<String> ids = new HashSet<>();
            Map<String, Set<String>> shards = new HashMap<>();
            for (Shard shard : client.listShards(l -> l.streamName(STREAM)).shards()) {
                for (Record record : records(client, shard.shardId())) {
                    ids.add(
                            new ObjectMapper()
                                    .readTree(record.data().asByteArray())
                                    .get("event_id")
                                    .asText());
                    shards.computeIfAbsent(record.partitionKey(), k -> new HashSet<>())
                            .add(shard.shardId());
                }
            }
            assertThat(ids)
                    .isEqualTo(
                            events.stream()
                                    .map(IncidentEvent::eventId)
                                    .collect(Collectors.toSet()));
            assertThat(shards.keySet()).containsExactlyInAnyOrder("a", "b", "c", "d", "e", "f");
            assertThat(shards.values()).allMatch(of -> of.size() == 1);
        }
    }

    private static List<Record> records(KinesisClient client, String shard) {
        String iterator =
                client.getShardIterator(
                                g ->
                                        g.streamName(STREAM)
                                                .shardId(shard)
                                                .shardIteratorType(ShardIteratorType.TRIM_HORIZON))
                        .shardIterator();
        List<Record> records = new ArrayList<>();
        while (true) {
            String at = iterator;
            List<Record> page = client.getRecords(g -> g.shardIterator(at)).records();
            if (page.isEmpty()) {
                return records;
            }
            records.addAll(page);
            iterator =
                    client.getShardIterator(
                                    g ->
                                            g.streamName(STREAM)
                                                    .shardId(shard)
                                                    .shardIteratorType(
                                                            ShardIteratorType.AFTER_SEQUENCE_NUMBER)
                                                    .startingSequenceNumber(
                                                            page.get(page.size() - 1)
                                                                    .sequenceNumber()))
                            .shardIterator();
        }
    }

    private static KinesisClient client(URI endpoint) {
        return KinesisClient.builder()
                .endpointOverride(endpoint)
                .region(Region.of(REGION))
                .httpClient(UrlConnectionHttpClient.create())
                .credentialsProvider(
                        StaticCredentialsProvider.create(
                                AwsBasicCredentials.create("key", "secret")))
                .build();
    }
}
