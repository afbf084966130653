// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.connectors.audit;

import software.amazon.awssdk.services.dynamodb.DynamoDbAsyncClient;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.CreateTableRequest;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.ResourceInUseException;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;

/** The event table: text keys {@code pk} and {@code sk}, on-demand capacity. */
public final class EventTable {
    private EventTable() {}

    /**
     * Creates the table unless it is there, and waits until it can be used. For local runs; in the
     * cloud the table is part of the deployment.
     */
    public static void createIfAbsent(DynamoDbAsyncClient client, String table) {
        try {
            client.createTable(request(table)).join();
        } catch (RuntimeException e) {
            if (!(AppendFailureClassifier.unwrapped(e) instanceof ResourceInUseException)) {
                throw e;
            }
        }
        client.waiter().waitUntilTableExists(d -> d.tableName(table)).join();
    }

    private static CreateTableRequest request(String table) {
        return CreateTableRequest.builder()
                .tableName(table)
                .attributeDefinitions(
                        a ->
                                a.attributeName(EventItems.PARTITION)
                                        .attributeType(ScalarAttributeType.S),
                        a -> a.attributeName(EventItems.SORT).attributeType(ScalarAttributeType.S))
                .keySchema(
                        k -> k.attributeName(EventItems.PARTITION).keyType(KeyType.HASH),
                        k -> k.attributeName(EventItems.SORT).keyType(KeyType.RANGE))
                .billingMode(BillingMode.PAY_PER_REQUEST)
                .build();
    }
}
