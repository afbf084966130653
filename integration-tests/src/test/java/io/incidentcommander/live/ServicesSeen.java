// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.live;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.incidentcommander.connectors.audit.DynamoDbClientProvider;
import io.incidentcommander.connectors.audit.DynamoDbEventStore;
import io.incidentcommander.connectors.audit.OpenSearchTransportProvider;
import io.incidentcommander.connectors.communication.KafkaOutbox;
import io.incidentcommander.jobs.live.RunNames;
import io.incidentcommander.jobs.live.RunPicture;
import io.incidentcommander.jobs.live.RunView;
import io.incidentcommander.jobs.live.ServiceAddresses;
import io.incidentcommander.model.audit.IncidentEvent;
import io.incidentcommander.model.communication.ChannelKind;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.opensearch.client.opensearch.OpenSearchClient;
import org.opensearch.client.opensearch.core.search.Hit;
import org.opensearch.client.transport.OpenSearchTransport;
import software.amazon.awssdk.services.dynamodb.DynamoDbAsyncClient;

/**
 * Looks into every server at the end of a run, before they are gone, by other ways than the run.
 */
final class ServicesSeen implements RunView {
    private final List<IncidentEvent> storedEvents = new ArrayList<>();
    private final List<String> publishedEventIds = new ArrayList<>();
    private final Map<String, Long> indexedSequences = new HashMap<>();
    private final List<String> told = new ArrayList<>();
    private long deadLetters;

    @Override
    public void step(String line) {}

    @Override
    public void show(RunPicture picture) {}

    @Override
    public void close() {}

    void look(ServiceAddresses addresses) {
        Set<String> incidents = new HashSet<>();
        consume(
                addresses,
                RunNames.EVENTS_TOPIC,
                event -> {
                    incidents.add(new String(event.key(), StandardCharsets.UTF_8));
                    publishedEventIds.add(
                            new String(
                                    event.headers().lastHeader("event_id").value(),
                                    StandardCharsets.UTF_8));
                });
        consume(addresses, RunNames.DEAD_LETTERS_TOPIC, letter -> deadLetters++);
        consume(
                addresses,
                KafkaOutbox.topic(RunNames.OUTBOX_PREFIX, ChannelKind.SLACK),
                message -> told.add(new String(message.value(), StandardCharsets.UTF_8)));
        readStore(addresses, incidents);
        readIndex(addresses);
    }

    List<IncidentEvent> storedEvents() {
        return storedEvents;
    }

    List<String> publishedEventIds() {
        return publishedEventIds;
    }

    /** By incident. */
    Map<String, Long> indexedSequences() {
        return indexedSequences;
    }

    /** Messages to Slack, as they left for the outbox. */
    List<String> told() {
        return told;
    }

    long deadLetters() {
        return deadLetters;
    }

    private void readStore(ServiceAddresses addresses, Set<String> incidents) {
        try (DynamoDbAsyncClient client =
                DynamoDbClientProvider.at(addresses.dynamoDb(), Duration.ofSeconds(60)).create()) {
            DynamoDbEventStore store = new DynamoDbEventStore(client, RunNames.EVENT_TABLE);
            incidents.forEach(id -> storedEvents.addAll(store.read(id).join()));
        }
    }

    private void readIndex(ServiceAddresses addresses) {
        try (OpenSearchTransport transport =
                OpenSearchTransportProvider.at(addresses.openSearch(), 60).create()) {
            OpenSearchClient client = new OpenSearchClient(transport);
            client.indices().refresh(r -> r.index(RunNames.INCIDENT_INDEX));
            client
                    .search(s -> s.index(RunNames.INCIDENT_INDEX).size(10_000), Document.class)
                    .hits()
                    .hits()
                    .stream()
                    .map(Hit::source)
                    .forEach(d -> indexedSequences.put(d.incidentId, d.sequence));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void consume(
            ServiceAddresses addresses,
            String topic,
            Consumer<ConsumerRecord<byte[], byte[]>> each) {
        try (KafkaConsumer<byte[], byte[]> consumer =
                new KafkaConsumer<>(
                        Map.of("bootstrap.servers", addresses.kafka()),
                        new ByteArrayDeserializer(),
                        new ByteArrayDeserializer())) {
            List<TopicPartition> partitions =
                    consumer.partitionsFor(topic).stream()
                            .map(p -> new TopicPartition(topic, p.partition()))
                            .collect(Collectors.toList());
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            while (ends.entrySet().stream()
                    .anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
                consumer.poll(Duration.ofSeconds(1)).forEach(each);
            }
        }
    }

    /** Of a document, what is asked for. */
    @JsonIgnoreProperties(ignoreUnknown = true)
    static final class Document {
        @JsonProperty("incident_id")
        String incidentId;

        @JsonProperty("sequence")
        long sequence;
    }
}
