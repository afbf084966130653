// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.connectors.communication;

import io.incidentcommander.connectors.audit.DynamoDbClientProvider;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import software.amazon.awssdk.services.dynamodb.DynamoDbAsyncClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.CreateTableRequest;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.ResourceInUseException;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;

/** The ledger in a DynamoDB table: one item a thread, written on condition that it grows. */
public final class DynamoDbSentLedger implements SentLedger {
    private static final String THREAD = "thread";
    private static final String SEQUENCE = "sequence";
    private static final String HANDLE = "handle";

    private final DynamoDbAsyncClient client;
    private final String table;

    private DynamoDbSentLedger(DynamoDbAsyncClient client, String table) {
        this.client = client;
        this.table = table;
    }

    public static Provider in(String table, DynamoDbClientProvider clients) {
        return () -> new DynamoDbSentLedger(clients.create(), table);
    }

    /** Creates the table unless it is there, and waits until it can be used. For local runs. */
    public static void createTableIfAbsent(DynamoDbAsyncClient client, String table) {
        try {
            client.createTable(
                            CreateTableRequest.builder()
                                    .tableName(table)
                                    .attributeDefinitions(
                                            a ->
                                                    a.attributeName(THREAD)
                                                            .attributeType(ScalarAttributeType.S))
                                    .keySchema(k -> k.attributeName(THREAD).keyType(KeyType.HASH))
                                    .billingMode(BillingMode.PAY_PER_REQUEST)
                                    .build())
                    .join();
        } catch (CompletionException e) {
            if (!(e.getCause() instanceof ResourceInUseException)) {
                throw e;
            }
        }
        client.waiter().waitUntilTableExists(d -> d.tableName(table)).join();
    }

    @Override
    public CompletableFuture<Optional<SentRecord>> find(String thread) {
        return client.getItem(
                        g ->
                                g.tableName(table)
                                        .key(Map.of(THREAD, AttributeValue.fromS(thread)))
                                        .consistentRead(true))
                .thenApply(
                        answer ->
                                answer.hasItem()
                                        ? Optional.of(record(answer.item()))
                                        : Optional.empty());
    }

    @Override
    public CompletableFuture<Void> record(String thread, SentRecord record) {
        Map<String, AttributeValue> item =
                Map.of(
                        THREAD, AttributeValue.fromS(thread),
                        SEQUENCE, AttributeValue.fromN(Long.toString(record.sequence())),
                        HANDLE, AttributeValue.fromS(record.handle()));
        return client.putItem(
                        p ->
                                p.tableName(table)
                                        .item(item)
                                        .conditionExpression("attribute_not_exists(#s) OR #s <= :s")
                                        .expressionAttributeNames(Map.of("#s", SEQUENCE))
                                        .expressionAttributeValues(
                                                Map.of(":s", item.get(SEQUENCE))))
                .handle(
                        (done, failure) -> {
                            Throwable cause =
                                    failure instanceof CompletionException
                                            ? failure.getCause()
                                            : failure;
                            if (cause != null
                                    && !(cause instanceof ConditionalCheckFailedException)) {
                                throw new CompletionException(cause);
                            }
                            return null;
                        });
    }

    @Override
    public void close() {
        client.close();
    }

    private static SentRecord record(Map<String, AttributeValue> item) {
        return new SentRecord(Long.parseLong(item.get(SEQUENCE).n()), item.get(HANDLE).s());
    }
}
