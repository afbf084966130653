// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.connectors.communication;

import io.incidentcommander.connectors.audit.DynamoDbClientProvider;
import io.incidentcommander.connectors.audit.OnDemandTable;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import software.amazon.awssdk.services.dynamodb.DynamoDbAsyncClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;

/** The ledger in a DynamoDB table: one item a thread, written on condition that it only grows. */
public final class DynamoDbSentLedger implements SentLedger {
    private static final String THREAD = "thread";
    private static final String SEQUENCE = "sequence";
    private static final String HANDLE = "handle";
    private static final String BEGUN = "begun";

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
        OnDemandTable.createIfAbsent(client, table, THREAD);
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
    public CompletableFuture<Void> begin(String thread, long sequence) {
        return unlessFurther(
                client.updateItem(
                        u ->
                                u.tableName(table)
                                        .key(Map.of(THREAD, AttributeValue.fromS(thread)))
                                        .updateExpression("SET #b = :b")
                                        .conditionExpression("attribute_not_exists(#b) OR #b < :b")
                                        .expressionAttributeNames(Map.of("#b", BEGUN))
                                        .expressionAttributeValues(
                                                Map.of(":b", number(sequence)))));
    }

    @Override
    public CompletableFuture<Void> record(String thread, SentRecord record) {
        return unlessFurther(
                client.updateItem(
                        u ->
                                u.tableName(table)
                                        .key(Map.of(THREAD, AttributeValue.fromS(thread)))
                                        .updateExpression("SET #s = :s, #h = :h")
                                        .conditionExpression("attribute_not_exists(#s) OR #s <= :s")
                                        .expressionAttributeNames(
                                                Map.of("#s", SEQUENCE, "#h", HANDLE))
                                        .expressionAttributeValues(
                                                Map.of(
                                                        ":s",
                                                        number(record.sequence()),
                                                        ":h",
                                                        AttributeValue.fromS(record.handle())))));
    }

    /** A condition that does not hold says that more is known already. */
    private static CompletableFuture<Void> unlessFurther(CompletableFuture<?> write) {
        return write.handle(
                (done, failure) -> {
                    Throwable cause =
                            failure instanceof CompletionException ? failure.getCause() : failure;
                    if (cause != null && !(cause instanceof ConditionalCheckFailedException)) {
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
        long sequence = number(item, SEQUENCE);
        return new SentRecord(
                sequence,
                item.containsKey(HANDLE) ? item.get(HANDLE).s() : "",
                Math.max(sequence, number(item, BEGUN)));
    }

    private static long number(Map<String, AttributeValue> item, String name) {
        return item.containsKey(name) ? Long.parseLong(item.get(name).n()) : SentRecord.NOTHING;
    }

    private static AttributeValue number(long value) {
        return AttributeValue.fromN(Long.toString(value));
    }
}
