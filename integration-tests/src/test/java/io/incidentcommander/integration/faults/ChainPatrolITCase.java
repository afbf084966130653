// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.integration.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.incidentcommander.connectors.audit.DynamoDbClientProvider;
import io.incidentcommander.connectors.audit.EventStoreCare;
import io.incidentcommander.connectors.audit.EventTable;
import io.incidentcommander.connectors.audit.StoredChain;
import io.incidentcommander.embedded.EmbeddedProcess;
import io.incidentcommander.embedded.ServiceName;
import io.incidentcommander.jobs.configuration.ConfigurationLoader;
import io.incidentcommander.jobs.topology.ConfiguredSinks;
import io.incidentcommander.jobs.topology.PatrolStage;
import io.incidentcommander.model.audit.IncidentEvent;
import io.incidentcommander.model.ingest.RawRecord;
import io.incidentcommander.udfs.audit.ChainCopy;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.flink.api.common.JobID;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.dynamodb.DynamoDbAsyncClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Somebody takes an event out of the store while the job runs, which looks and finds it. */
class ChainPatrolITCase {
    private static final int BEFORE = 600;
    private static final int RECORDS = 2_000;
    private static final Duration PATIENCE = Duration.ofSeconds(180);

    @TempDir static Path directory;
    private static EmbeddedProcess services;
    private static Cluster cluster;
    private static DynamoDbAsyncClient client;
    private static List<RawRecord> storm;

    @BeforeAll
    static void start() throws Exception {
        services =
                EmbeddedProcess.start(
                        directory, Set.of(ServiceName.DYNAMODB, ServiceName.DYNAMODB_REPLICA));
        cluster = Cluster.start(1, 2);
        client = client(services.endpoints().dynamoDb().toString());
        storm = Storms.records(5, RECORDS, 1);
    }

    @AfterAll
    static void stop() throws Exception {
        client.close();
        cluster.close();
        services.close();
    }

    @Test
    void whatCannotBeMendedIsAnIncidentOfTheSystemItself() throws Exception {
        EventTable.createIfAbsent(client, "alone");

        String broken = run(Map.of("sink.dynamodb.table", "alone"), "alone");

        List<Map<String, AttributeValue>> opened =
                itemsOf("alone", "incident-commander").stream()
                        .filter(item -> item.containsKey("kind"))
                        .collect(Collectors.toList());
        assertThat(opened).hasSize(1);
        assertThat(opened.get(0).get("kind").s()).isEqualTo("opened");
        assertThat(opened.get(0).get("severity").s()).isEqualTo("CRITICAL");
        assertThat(opened.get(0).get("cause").s())
                .startsWith("GAP at 1")
                .contains("events verify " + broken);
        assertThat(read("alone", opened.get(0).get("incident_id").s()).isWhole()).isTrue();
    }

    @Test
    void whatTheSecondRegionProvesIsMendedAndNobodyIsDisturbed() throws Exception {
        EventTable.createIfAbsent(client, "here");
        String second = services.endpoints().dynamoDbReplica().toString();
        try (DynamoDbAsyncClient there = client(second)) {
            EventTable.createIfAbsent(there, "there");
        }

        String broken =
                run(
                        Map.of(
                                "sink.dynamodb.table", "here",
                                "sink.dynamodb.replica.table", "there",
                                "sink.dynamodb.replica.endpoint", second),
                        "here");

        assertThat(read("here", broken).isWhole()).isTrue();
        assertThat(itemsOf("here", "incident-commander")).isEmpty();
    }

    /** Which incident lost its first event in between. */
    private static String run(Map<String, String> options, String table) throws Exception {
        Gate tampered = new Gate();
        ScriptedSource.Script script =
                ScriptedSource.script()
                        .emit(storm.subList(0, BEFORE))
                        .await(tampered)
                        .emit(storm.subList(BEFORE, RECORDS));
        try (Observation seen = new Observation()) {
            JobID job =
                    cluster.submit(
                            TopologyJob.live()
                                    .option("correlation.gap", "1 s")
                                    .source(Storms.SOURCE, ScriptedSource.of(script))
                                    .parallelism(1)
                                    .sinks(o -> sinks(o, options)),
                            seen);
            seen.await(
                    "the first part in the store",
                    PATIENCE,
                    o ->
                            o.counts(Storms.SOURCE).recordsIn() == BEFORE
                                    && closed(table).isPresent());
            String incident = closed(table).orElseThrow();
            takeOutTheFirstOf(table, incident);
            assertThat(read(table, incident).isWhole()).isFalse();
            tampered.open();
            cluster.finish(job);
            return incident;
        }
    }

    private static ObservedSinks sinks(Observation observation, Map<String, String> more) {
        Map<String, String> options = new HashMap<>(more);
        options.put("sink.dynamodb.endpoint", services.endpoints().dynamoDb().toString());
        options.put("audit.verify.after", "1 s");
        ConfiguredSinks stores =
                new ConfiguredSinks(new ConfigurationLoader().layer("the test", options).load());
        return new ObservedSinks(observation) {
            @Override
            public void incidentEvents(DataStream<IncidentEvent> events) {
                stores.incidentEvents(events);
            }

            @Override
            public Optional<PatrolStage> patrol() {
                return stores.patrol();
            }
        };
    }

    /** One whose story is over, so that nobody writes it any more. */
    private static Optional<String> closed(String table) {
        return items(table).stream()
                .filter(item -> item.containsKey("kind") && item.get("kind").s().equals("closed"))
                .filter(item -> Long.parseLong(item.get("sequence").n()) > 1)
                .map(item -> item.get("incident_id").s())
                .min(String::compareTo);
    }

    private static void takeOutTheFirstOf(String table, String incident) {
        Map<String, AttributeValue> first =
                items(table).stream()
                        .filter(item -> item.containsKey("canonical"))
                        .filter(item -> item.get("incident_id").s().equals(incident))
                        .filter(item -> item.get("sequence").n().equals("1"))
                        .findFirst()
                        .orElseThrow();
        client.deleteItem(
                        d ->
                                d.tableName(table)
                                        .key(Map.of("pk", first.get("pk"), "sk", first.get("sk"))))
                .join();
    }

    private static List<Map<String, AttributeValue>> itemsOf(String table, String tenant) {
        return items(table).stream()
                .filter(item -> item.containsKey("tenant") && item.get("tenant").s().equals(tenant))
                .collect(Collectors.toList());
    }

    private static List<Map<String, AttributeValue>> items(String table) {
        List<Map<String, AttributeValue>> items = Collections.synchronizedList(new ArrayList<>());
        client.scanPaginator(s -> s.tableName(table).consistentRead(true))
                .items()
                .subscribe(items::add)
                .join();
        return items;
    }

    private static ChainCopy read(String table, String incident) {
        StoredChain stored = new EventStoreCare(client, table).read(incident);
        return new ChainCopy(stored.events(), stored.head(), stored.anchors(), List.of());
    }

    private static DynamoDbAsyncClient client(String endpoint) {
        return DynamoDbClientProvider.at(endpoint, PATIENCE).create();
    }
}
