// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.connectors.audit;

import software.amazon.awssdk.services.dynamodb.DynamoDbAsyncClient;

/** The event table, and that of anchors: text keys {@code pk} and {@code sk}. */
public final class EventTable {
    private EventTable() {}

    /**
     * Creates the table unless it is there, and waits until it can be used. For local runs; in the
     * cloud the table is part of the deployment.
     */
    public static void createIfAbsent(DynamoDbAsyncClient client, String table) {
        OnDemandTable.createIfAbsent(client, table, EventItems.PARTITION, EventItems.SORT);
    }
}
