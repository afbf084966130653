// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.integration.faults;

import com.fasterxml.jackson.databind.JsonNode;
import io.incidentcommander.connectors.audit.DynamoDbClientProvider;
import io.incidentcommander.connectors.audit.DynamoDbEventStore;
import io.incidentcommander.connectors.audit.EventTable;
import io.incidentcommander.connectors.audit.IncidentIndex;
import io.incidentcommander.connectors.audit.OpenSearchTransportProvider;
import io.incidentcommander.jobs.configuration.ConfigurationLoader;
import io.incidentcommander.jobs.topology.ConfiguredSinks;
import io.incidentcommander.model.audit.IncidentEvent;
import io.incidentcommander.udfs.audit.IncidentEventChain;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.opensearch.client.opensearch.OpenSearchClient;
import org.opensearch.client.opensearch.core.search.Hit;
import org.opensearch.client.transport.OpenSearchTransport;
import software.amazon.awssdk.services.dynamodb.DynamoDbAsyncClient;

/** A table and an index of one test, each read past whatever the job's requests meet. */
final class Stores {
    private static final Duration PATIENCE = Duration.ofSeconds(180);

    private static final String ANCHORS = "-anchors";

    private final String name;
    private final URI dynamoDb;
    private final URI openSearch;

    private Stores(String name, URI dynamoDb, URI openSearch) {
        this.name = name;
        this.dynamoDb = dynamoDb;
        this.openSearch = openSearch;
    }

    static Stores create(String name, URI dynamoDb, URI openSearch) throws Exception {
        try (DynamoDbAsyncClient client =
                        DynamoDbClientProvider.at(dynamoDb.toString(), PATIENCE).create();
                OpenSearchTransport transport =
                        OpenSearchTransportProvider.at(openSearch.toString(), 60).create()) {
            EventTable.createIfAbsent(client, name);
            EventTable.createIfAbsent(client, name + ANCHORS);
            IncidentIndex.createIfAbsent(transport, name);
        }
        return new Stores(name, dynamoDb, openSearch);
    }

    /** The product's own sinks, which find the servers at these addresses. */
    ObservedSinks sinks(Observation observation, String dynamoDbUrl, String openSearchUrl) {
        Map<String, String> options =
                Map.of(
                        "sink.dynamodb.table", name,
                        "sink.dynamodb.endpoint", dynamoDbUrl,
                        "sink.dynamodb.anchor-table", name + ANCHORS,
                        "sink.opensearch.endpoint", openSearchUrl,
                        "sink.opensearch.index", name);
        return configured(observation, options);
    }

    /** Incident events where these options say; all else is observed. */
    static ObservedSinks configured(Observation observation, Map<String, String> options) {
        ConfiguredSinks stores =
                new ConfiguredSinks(new ConfigurationLoader().layer("the test", options).load());
        return new ObservedSinks(observation) {
            @Override
            public void incidentEvents(DataStream<IncidentEvent> events) {
                stores.incidentEvents(events);
            }
        };
    }

    /** The hash of each event by its id, of these incidents; their chains are whole. */
    SortedMap<String, String> events(Iterable<String> incidents) {
        TreeMap<String, String> hashes = new TreeMap<>();
        try (DynamoDbAsyncClient client =
                DynamoDbClientProvider.at(dynamoDb.toString(), PATIENCE).create()) {
            DynamoDbEventStore store = new DynamoDbEventStore(client, name);
            for (String incident : incidents) {
                List<IncidentEvent> chain = new ArrayList<>(store.read(incident).join());
                IncidentEventChain.verify(chain, store.head(incident).join())
                        .forEach(
                                finding -> {
                                    throw new AssertionError(incident + ": " + finding);
                                });
                chain.forEach(event -> hashes.put(event.eventId(), event.hash()));
            }
        }
        return hashes;
    }

    /** How far checkpoints saw the chain of each incident, by incident. */
    SortedMap<String, Long> anchors() {
        SortedMap<String, Long> highest = Collections.synchronizedSortedMap(new TreeMap<>());
        try (DynamoDbAsyncClient client =
                DynamoDbClientProvider.at(dynamoDb.toString(), PATIENCE).create()) {
            client.scanPaginator(s -> s.tableName(name + ANCHORS).consistentRead(true))
                    .items()
                    .subscribe(
                            anchor ->
                                    highest.merge(
                                            anchor.get("incident_id").s(),
                                            Long.valueOf(anchor.get("sequence").n()),
                                            Math::max))
                    .join();
        }
        return highest;
    }

    /** Everything in the table: an item for each event, and a head for each incident. */
    long items() {
        try (DynamoDbAsyncClient client =
                DynamoDbClientProvider.at(dynamoDb.toString(), PATIENCE).create()) {
            List<Integer> pages = new ArrayList<>();
            client.scanPaginator(s -> s.tableName(name))
                    .subscribe(p -> pages.add(p.count()))
                    .join();
            return pages.stream().mapToLong(Integer::longValue).sum();
        }
    }

    /** The sequence of each incident's document, by incident. */
    SortedMap<String, Long> documents() throws Exception {
        TreeMap<String, Long> sequences = new TreeMap<>();
        try (OpenSearchTransport transport =
                OpenSearchTransportProvider.at(openSearch.toString(), 60).create()) {
            OpenSearchClient client = new OpenSearchClient(transport);
            client.indices().refresh(r -> r.index(name));
            for (Hit<JsonNode> hit :
                    client.search(s -> s.index(name).size(10_000), JsonNode.class).hits().hits()) {
                sequences.put(hit.id(), hit.source().get("sequence").asLong());
            }
        }
        return sequences;
    }
}
