// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.connectors.audit;

import io.incidentcommander.connectors.audit.AppendOutcome.Kind;
import io.incidentcommander.model.audit.ChainHead;
import io.incidentcommander.model.audit.IncidentEvent;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import software.amazon.awssdk.services.dynamodb.DynamoDbAsyncClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BatchGetItemRequest;
import software.amazon.awssdk.services.dynamodb.model.BatchGetItemResponse;
import software.amazon.awssdk.services.dynamodb.model.GetItemRequest;
import software.amazon.awssdk.services.dynamodb.model.KeysAndAttributes;
import software.amazon.awssdk.services.dynamodb.model.Put;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItemsRequest;
import software.amazon.awssdk.services.dynamodb.model.TransactionCanceledException;

/**
 * The append-only event store in one DynamoDB table. An append is one transaction: the event's item
 * if none is there, and the incident's HEAD if it still names the predecessor. Nothing is ever
 * overwritten, so appending the same event again is safe at any time.
 *
 * <p>Asks the client once per call and retries nothing: that is the caller's. Thread safe as the
 * client is; the client is not owned.
 */
public final class DynamoDbEventStore {
    /** The store's limit is 409,600 bytes an item; the rest is margin for its own counting. */
    static final long MAX_ITEM_BYTES = 400_000;

    private static final String CONDITION_FAILED = "ConditionalCheckFailed";
    private static final Map<String, String> HEAD_NAMES =
            Map.of("#sequence", EventItems.SEQUENCE, "#hash", EventItems.HASH);

    private final DynamoDbAsyncClient client;
    private final String table;

    public DynamoDbEventStore(DynamoDbAsyncClient client, String table) {
        this.client = client;
        this.table = table;
    }

    /** Completes exceptionally with what the client throws, save for a condition that fails. */
    CompletableFuture<AppendOutcome> append(IncidentEvent event) {
        Map<String, AttributeValue> item = EventItems.event(event);
        long size = EventItems.sizeOf(item);
        if (size > MAX_ITEM_BYTES) {
            return CompletableFuture.completedFuture(
                    AppendOutcome.of(
                            Kind.TOO_LARGE,
                            size + " bytes, where an item holds " + MAX_ITEM_BYTES));
        }
        return client.transactWriteItems(transaction(event, item))
                .handle((written, failure) -> settle(event, failure))
                .thenCompose(outcome -> outcome);
    }

    /** All events of an incident as they are stored, by sequence; unverified. */
    public CompletableFuture<List<IncidentEvent>> read(String incidentId) {
        CompletableFuture<List<IncidentEvent>> all =
                CompletableFuture.completedFuture(new ArrayList<>());
        for (int shard = 0; shard < EventItems.SHARDS; shard++) {
            all = all.thenCombine(readShard(incidentId, shard), DynamoDbEventStore::joined);
        }
        return all.thenApply(
                events -> {
                    events.sort(Comparator.comparingLong(IncidentEvent::sequence));
                    return Collections.unmodifiableList(events);
                });
    }

    /** Where the stored chain of an incident stands; genesis if there is none. */
    public CompletableFuture<ChainHead> head(String incidentId) {
        GetItemRequest request =
                GetItemRequest.builder()
                        .tableName(table)
                        .key(EventItems.headKey(incidentId))
                        .consistentRead(true)
                        .build();
        return client.getItem(request)
                .thenApply(
                        response ->
                                response.hasItem()
                                        ? EventItems.chainHead(response.item())
                                        : ChainHead.genesis());
    }

    /**
     * Without a request token of ours: a token is remembered with its answer, and an append that
     * had to wait for its predecessor must not be answered as before.
     */
    private TransactWriteItemsRequest transaction(
            IncidentEvent event, Map<String, AttributeValue> item) {
        Put.Builder head = Put.builder().tableName(table).item(EventItems.head(event));
        if (event.sequence() == 1) {
            head.conditionExpression("attribute_not_exists(pk)");
        } else {
            head.conditionExpression("#sequence = :sequence AND #hash = :hash")
                    .expressionAttributeNames(HEAD_NAMES)
                    .expressionAttributeValues(
                            Map.of(
                                    ":sequence", EventItems.number(event.sequence() - 1),
                                    ":hash", EventItems.text(event.previousHash())));
        }
        Put.Builder put =
                Put.builder()
                        .tableName(table)
                        .item(item)
                        .conditionExpression("attribute_not_exists(pk)");
        return TransactWriteItemsRequest.builder()
                .transactItems(
                        TransactWriteItem.builder().put(put.build()).build(),
                        TransactWriteItem.builder().put(head.build()).build())
                .build();
    }

    private CompletableFuture<AppendOutcome> settle(IncidentEvent event, Throwable failure) {
        if (failure == null) {
            return CompletableFuture.completedFuture(AppendOutcome.of(Kind.APPENDED, ""));
        }
        Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
        return isFailedCondition(cause)
                ? client.batchGetItem(whatIsThere(event)).thenApply(found -> judge(event, found))
                : CompletableFuture.failedFuture(cause);
    }

    private static boolean isFailedCondition(Throwable cause) {
        return cause instanceof TransactionCanceledException
                && ((TransactionCanceledException) cause)
                        .cancellationReasons().stream()
                                .anyMatch(reason -> CONDITION_FAILED.equals(reason.code()));
    }

    private BatchGetItemRequest whatIsThere(IncidentEvent event) {
        List<Map<String, AttributeValue>> keys =
                EventItems.eventKeys(event.incidentId(), event.sequence());
        keys.add(EventItems.headKey(event.incidentId()));
        KeysAndAttributes wanted =
                KeysAndAttributes.builder()
                        .keys(keys)
                        .consistentRead(true)
                        .projectionExpression("sk, #sequence, #hash")
                        .expressionAttributeNames(HEAD_NAMES)
                        .build();
        return BatchGetItemRequest.builder().requestItems(Map.of(table, wanted)).build();
    }

    private AppendOutcome judge(IncidentEvent event, BatchGetItemResponse found) {
        if (found.hasUnprocessedKeys() && !found.unprocessedKeys().isEmpty()) {
            throw new UnreadKeysException();
        }
        ChainHead head = ChainHead.genesis();
        List<String> hashes = new ArrayList<>();
        for (Map<String, AttributeValue> item :
                found.responses().getOrDefault(table, Collections.emptyList())) {
            if (EventItems.isHead(item)) {
                head = EventItems.chainHead(item);
            } else {
                hashes.add(item.get(EventItems.HASH).s());
            }
        }
        return judge(event, head, hashes);
    }

    /** Why a condition failed, from the head and the hashes of the events at this sequence. */
    static AppendOutcome judge(IncidentEvent event, ChainHead head, List<String> hashesThere) {
        if (hashesThere.contains(event.hash())) {
            return AppendOutcome.of(Kind.ALREADY_THERE, "");
        }
        if (!hashesThere.isEmpty()) {
            return AppendOutcome.of(
                    Kind.CONFLICT, "stored is " + hashesThere + ", rejected " + event.hash());
        }
        ChainHead predecessor = new ChainHead(event.sequence() - 1, event.previousHash());
        if (head.sequence() < predecessor.sequence() || head.equals(predecessor)) {
            return AppendOutcome.of(
                    Kind.PREDECESSOR_MISSING, "the head is " + head + ", wanted " + predecessor);
        }
        return AppendOutcome.of(
                Kind.CONFLICT,
                "the head is " + head + ", rejected " + event.head() + " after " + predecessor);
    }

    private CompletableFuture<List<IncidentEvent>> readShard(String incidentId, int shard) {
        QueryRequest request =
                QueryRequest.builder()
                        .tableName(table)
                        .consistentRead(true)
                        .keyConditionExpression("pk = :partition")
                        .expressionAttributeValues(
                                Map.of(
                                        ":partition",
                                        EventItems.text(EventItems.partition(incidentId, shard))))
                        .build();
        List<IncidentEvent> events = Collections.synchronizedList(new ArrayList<>());
        return client.queryPaginator(request)
                .items()
                .subscribe(item -> events.add(parsed(item)))
                .thenApply(done -> events);
    }

    private static IncidentEvent parsed(Map<String, AttributeValue> item) {
        try {
            return EventItems.event(item);
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "Item " + item.get(EventItems.PARTITION).s() + " " + item.get("sk").s(), e);
        }
    }

    private static List<IncidentEvent> joined(List<IncidentEvent> one, List<IncidentEvent> other) {
        one.addAll(other);
        return one;
    }
}
