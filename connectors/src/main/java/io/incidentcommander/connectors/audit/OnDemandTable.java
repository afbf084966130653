// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.connectors.audit;

import java.util.ArrayList;
import java.util.List;
import software.amazon.awssdk.services.dynamodb.DynamoDbAsyncClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.CreateTableRequest;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.ResourceInUseException;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;

/**
 * A table with text keys and on-demand capacity, for local runs; in the cloud they are deployed.
 */
public final class OnDemandTable {
    private OnDemandTable() {}

    /**
     * Creates the table unless it is there, and waits until it can be used.
     *
     * @param keys the partition key, and the sort key if there is one
     */
    public static void createIfAbsent(DynamoDbAsyncClient client, String table, String... keys) {
        try {
            client.createTable(request(table, keys)).join();
        } catch (RuntimeException e) {
            if (!(AppendFailureClassifier.unwrapped(e) instanceof ResourceInUseException)) {
                throw e;
            }
        }
        client.waiter().waitUntilTableExists(d -> d.tableName(table)).join();
    }

    private static CreateTableRequest request(String table, String... keys) {
        List<AttributeDefinition> attributes = new ArrayList<>();
        List<KeySchemaElement> schema = new ArrayList<>();
        for (String key : keys) {
            attributes.add(
                    AttributeDefinition.builder()
                            .attributeName(key)
                            .attributeType(ScalarAttributeType.S)
                            .build());
            schema.add(
                    KeySchemaElement.builder()
                            .attributeName(key)
                            .keyType(schema.isEmpty() ? KeyType.HASH : KeyType.RANGE)
                            .build());
        }
        return CreateTableRequest.builder()
                .tableName(table)
                .attributeDefinitions(attributes)
                .keySchema(schema)
                .billingMode(BillingMode.PAY_PER_REQUEST)
                .build();
    }
}
