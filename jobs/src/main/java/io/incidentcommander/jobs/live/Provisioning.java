// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.jobs.live;

import io.incidentcommander.connectors.audit.DynamoDbClientProvider;
import io.incidentcommander.connectors.audit.EventTable;
import io.incidentcommander.connectors.audit.IncidentIndex;
import io.incidentcommander.connectors.audit.OpenSearchTransportProvider;
import io.incidentcommander.connectors.communication.DynamoDbSentLedger;
import io.incidentcommander.connectors.communication.KafkaOutbox;
import io.incidentcommander.connectors.diagnosis.memory.PatternIndex;
import io.incidentcommander.connectors.resolution.ActionTable;
import io.incidentcommander.model.communication.ChannelKind;
import io.incidentcommander.udfs.diagnosis.memory.HashedNgrams;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.TopicPartition;
import org.opensearch.client.opensearch.OpenSearchClient;
import org.opensearch.client.opensearch._types.HealthStatus;
import org.opensearch.client.transport.OpenSearchTransport;
import software.amazon.awssdk.services.dynamodb.DynamoDbAsyncClient;

/** Makes what the job expects to find: topics, table, index. */
final class Provisioning {
    private static final short ONE_COPY = 1;

    /** Nobody waits for these but the one who started the run, on a machine that may be busy. */
    private static final Duration LONGEST_CALL = Duration.ofSeconds(60);

    private Provisioning() {}

    /** All at once: each waits for a server most of the time. */
    static void provision(ServiceAddresses addresses) throws Exception {
        ExecutorService threads = Executors.newCachedThreadPool();
        try {
            List<Callable<Void>> works =
                    List.of(
                            () -> topics(addresses),
                            () -> Patience.call(() -> table(addresses)),
                            () -> Patience.call(() -> index(addresses)));
            for (Future<Void> work : threads.invokeAll(works)) {
                work.get();
            }
        } finally {
            threads.shutdownNow();
        }
    }

    private static Void topics(ServiceAddresses addresses) throws Exception {
        try (Admin admin = admin(addresses)) {
            for (ChannelKind kind : ChannelKind.values()) {
                String name = KafkaOutbox.topic(RunNames.OUTBOX_PREFIX, kind);
                admin.createTopics(List.of(topic(name, 1))).all().get();
            }
            admin.createTopics(
                            List.of(
                                    topic(RunNames.ALERTS_TOPIC, RunNames.ALERTS_PARTITIONS),
                                    topic(RunNames.UNDELIVERED_TOPIC, 1),
                                    topic(RunNames.EVENTS_TOPIC, 2),
                                    topic(RunNames.REQUESTS_TOPIC, 1),
                                    topic(RunNames.RECOMMENDATIONS_TOPIC, 1),
                                    topic(RunNames.AGENTS_TOPIC, 1),
                                    topic(RunNames.OUTCOMES_TOPIC, 1),
                                    topic(RunNames.ORDERS_TOPIC, 1),
                                    topic(RunNames.REPORTS_TOPIC, 1),
                                    topic(RunNames.QUESTIONS_TOPIC, 1),
                                    topic(RunNames.CONTROL_TOPIC, 1),
                                    topic(RunNames.CONTROL_REPORTS_TOPIC, 1),
                                    topic(RunNames.DEAD_LETTERS_TOPIC, 1)))
                    .all()
                    .get();
        }
        return null;
    }

    private static NewTopic topic(String name, int partitions) {
        return new NewTopic(name, partitions, ONE_COPY);
    }

    private static Void table(ServiceAddresses addresses) {
        try (DynamoDbAsyncClient client =
                DynamoDbClientProvider.at(addresses.dynamoDb(), LONGEST_CALL).create()) {
            EventTable.createIfAbsent(client, RunNames.EVENT_TABLE);
            EventTable.createIfAbsent(client, RunNames.ANCHOR_TABLE);
            DynamoDbSentLedger.createTableIfAbsent(client, RunNames.SENT_TABLE);
            ActionTable.createIfAbsent(client, RunNames.ACTION_TABLE);
        }
        try (DynamoDbAsyncClient second =
                DynamoDbClientProvider.at(addresses.dynamoDbReplica(), LONGEST_CALL).create()) {
            EventTable.createIfAbsent(second, RunNames.EVENT_REPLICA_TABLE);
            EventTable.createIfAbsent(second, RunNames.ANCHOR_TABLE);
        }
        return null;
    }

    private static Void index(ServiceAddresses addresses) throws IOException {
        try (OpenSearchTransport transport =
                OpenSearchTransportProvider.at(
                                addresses.openSearch(), (int) LONGEST_CALL.toSeconds())
                        .create()) {
            IncidentIndex.createIfAbsent(transport, RunNames.INCIDENT_INDEX);
            new PatternIndex(RunNames.PATTERN_ALIAS, HashedNgrams.SPACE).createIfAbsent(transport);
        }
        return null;
    }

    /**
     * What earlier runs in the same directory learned. An index of before is known to its server at
     * once, its shards are there a little later.
     */
    static long knownPatterns(ServiceAddresses addresses) throws Exception {
        try (OpenSearchTransport transport =
                OpenSearchTransportProvider.at(
                                addresses.openSearch(), (int) LONGEST_CALL.toSeconds())
                        .create()) {
            new OpenSearchClient(transport)
                    .cluster()
                    .health(
                            h ->
                                    h.index(RunNames.PATTERN_ALIAS)
                                            .waitForStatus(HealthStatus.Yellow)
                                            .timeout(t -> t.time("60s")));
            return new PatternIndex(RunNames.PATTERN_ALIAS, HashedNgrams.SPACE).count(transport);
        }
    }

    /** Records the broker holds in the topic of alerts: its own count, not the publisher's. */
    static long storedAlerts(ServiceAddresses addresses) throws Exception {
        Map<TopicPartition, OffsetSpec> ends = new HashMap<>();
        for (int p = 0; p < RunNames.ALERTS_PARTITIONS; p++) {
            ends.put(new TopicPartition(RunNames.ALERTS_TOPIC, p), OffsetSpec.latest());
        }
        return stored(ends, addresses);
    }

    /** Messages the broker holds in the outbox. */
    static long storedMessages(ServiceAddresses addresses) throws Exception {
        Map<TopicPartition, OffsetSpec> ends = new HashMap<>();
        for (ChannelKind kind : ChannelKind.values()) {
            String topic = KafkaOutbox.topic(RunNames.OUTBOX_PREFIX, kind);
            ends.put(new TopicPartition(topic, 0), OffsetSpec.latest());
        }
        return stored(ends, addresses);
    }

    /** Messages that nobody got. */
    static long undeliveredMessages(ServiceAddresses addresses) throws Exception {
        return stored(
                Map.of(new TopicPartition(RunNames.UNDELIVERED_TOPIC, 0), OffsetSpec.latest()),
                addresses);
    }

    private static long stored(Map<TopicPartition, OffsetSpec> ends, ServiceAddresses addresses)
            throws Exception {
        try (Admin admin = admin(addresses)) {
            return admin.listOffsets(ends).all().get().values().stream()
                    .mapToLong(end -> end.offset())
                    .sum();
        }
    }

    private static Admin admin(ServiceAddresses addresses) {
        return Admin.create(Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, addresses.kafka()));
    }
}
