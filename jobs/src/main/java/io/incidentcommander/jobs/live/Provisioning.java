// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.jobs.live;

import io.incidentcommander.connectors.audit.DynamoDbClientProvider;
import io.incidentcommander.connectors.audit.EventTable;
import io.incidentcommander.connectors.audit.IncidentIndex;
import io.incidentcommander.connectors.audit.OpenSearchTransportProvider;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.TopicPartition;
import org.opensearch.client.transport.OpenSearchTransport;
import software.amazon.awssdk.services.dynamodb.DynamoDbAsyncClient;

/** Makes what the job expects to find: topics, table, index. */
final class Provisioning {
    private static final short ONE_COPY = 1;

    private Provisioning() {}

    static void provision(ServiceAddresses addresses) throws Exception {
        try (Admin admin = admin(addresses)) {
            admin.createTopics(
                            List.of(
                                    new NewTopic(
                                            RunNames.ALERTS_TOPIC,
                                            RunNames.ALERTS_PARTITIONS,
                                            ONE_COPY),
                                    new NewTopic(RunNames.EVENTS_TOPIC, 2, ONE_COPY),
                                    new NewTopic(RunNames.DEAD_LETTERS_TOPIC, 1, ONE_COPY)))
                    .all()
                    .get();
        }
        try (DynamoDbAsyncClient client =
                DynamoDbClientProvider.at(addresses.dynamoDb()).create()) {
            EventTable.createIfAbsent(client, RunNames.EVENT_TABLE);
        }
        try (OpenSearchTransport transport =
                OpenSearchTransportProvider.at(addresses.openSearch()).create()) {
            IncidentIndex.createIfAbsent(transport, RunNames.INCIDENT_INDEX);
        }
    }

    /** Records the broker holds in the topic of alerts: its own count, not the publisher's. */
    static long storedAlerts(ServiceAddresses addresses) throws Exception {
        try (Admin admin = admin(addresses)) {
            Map<TopicPartition, OffsetSpec> ends = new HashMap<>();
            for (int p = 0; p < RunNames.ALERTS_PARTITIONS; p++) {
                ends.put(new TopicPartition(RunNames.ALERTS_TOPIC, p), OffsetSpec.latest());
            }
            return admin.listOffsets(ends).all().get().values().stream()
                    .mapToLong(end -> end.offset())
                    .sum();
        }
    }

    private static Admin admin(ServiceAddresses addresses) {
        return Admin.create(Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, addresses.kafka()));
    }
}
