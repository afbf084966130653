// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.connectors.resolution;

import io.incidentcommander.connectors.audit.DynamoDbClientProvider;
import io.incidentcommander.connectors.audit.OnDemandTable;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.dynamodb.DynamoDbAsyncClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;

/**
 * A table of small items, each under an id, written on conditions and read consistently: what acts
 * and stops and approvals leave. Calls block, five seconds at most. Thread safe.
 */
public final class ActionTable implements AutoCloseable {
    private static final String ID = "id";
    private static final String STATUS = "status";
    private static final String TIME = "time";
    private static final String WHAT = "what";
    private static final String NAMES = "names";

    private final DynamoDbAsyncClient client;
    private final String table;

    public ActionTable(DynamoDbClientProvider clients, String table) {
        this.client = clients.create();
        this.table = table;
    }

    /** Creates the table unless it is there, and waits until it can be used. For local runs. */
    public static void createIfAbsent(DynamoDbAsyncClient client, String table) {
        OnDemandTable.createIfAbsent(client, table, ID);
    }

    /**
     * @throws CompletionException as all of these, if the table cannot be reached
     */
    public Optional<ActionItem> find(String id) {
        return Optional.of(
                        client.getItem(
                                        g ->
                                                g.tableName(table)
                                                        .key(Map.of(ID, AttributeValue.fromS(id)))
                                                        .consistentRead(true))
                                .join())
                .filter(answer -> answer.hasItem())
                .map(answer -> item(answer.item()));
    }

    /**
     * All whose id begins so, in no order. Reads the whole table: for people, not for those who
     * act.
     */
    public List<ActionItem> all(String prefix) {
        List<ActionItem> items = Collections.synchronizedList(new ArrayList<>());
        client.scanPaginator(
                        s ->
                                s.tableName(table)
                                        .consistentRead(true)
                                        .filterExpression("begins_with(#id, :prefix)")
                                        .expressionAttributeNames(Map.of("#id", ID))
                                        .expressionAttributeValues(
                                                Map.of(":prefix", AttributeValue.fromS(prefix))))
                .items()
                .subscribe(values -> items.add(item(values)))
                .join();
        return List.copyOf(items);
    }

    /** Whether it was this call that wrote it; nothing was there. */
    public boolean putIfAbsent(ActionItem item) {
        return holds(
                client.putItem(
                        p ->
                                p.tableName(table)
                                        .item(values(item))
                                        .conditionExpression("attribute_not_exists(#id)")
                                        .expressionAttributeNames(Map.of("#id", ID))));
    }

    /** Writes it over whatever is there. */
    public void put(ActionItem item) {
        client.putItem(p -> p.tableName(table).item(values(item))).join();
    }

    /** Whether it was this call that wrote it; an item of this status was there. */
    public boolean replace(ActionItem item, String statusBefore) {
        return holds(
                client.putItem(
                        p ->
                                p.tableName(table)
                                        .item(values(item))
                                        .conditionExpression("#s = :before")
                                        .expressionAttributeNames(Map.of("#s", STATUS))
                                        .expressionAttributeValues(
                                                Map.of(
                                                        ":before",
                                                        AttributeValue.fromS(statusBefore)))));
    }

    private static boolean holds(CompletableFuture<?> write) {
        try {
            write.join();
            return true;
        } catch (CompletionException e) {
            if (e.getCause() instanceof ConditionalCheckFailedException) {
                return false;
            }
            throw e;
        }
    }

    private static Map<String, AttributeValue> values(ActionItem item) {
        return Map.of(
                ID, AttributeValue.fromS(item.id()),
                STATUS, AttributeValue.fromS(item.status()),
                TIME, AttributeValue.fromN(Long.toString(item.timeMillis())),
                WHAT, AttributeValue.fromS(item.what()),
                NAMES,
                        AttributeValue.fromL(
                                item.names().stream()
                                        .map(AttributeValue::fromS)
                                        .collect(Collectors.toList())));
    }

    private static ActionItem item(Map<String, AttributeValue> values) {
        return new ActionItem(
                values.get(ID).s(),
                values.get(STATUS).s(),
                Long.parseLong(values.get(TIME).n()),
                values.get(WHAT).s(),
                values.containsKey(NAMES)
                        ? values.get(NAMES).l().stream()
                                .map(AttributeValue::s)
                                .collect(Collectors.toList())
                        : List.of());
    }

    @Override
    public void close() {
        client.close();
    }
}
