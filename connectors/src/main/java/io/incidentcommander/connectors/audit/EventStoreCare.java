// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.connectors.audit;

import io.incidentcommander.model.audit.ChainHead;
import io.incidentcommander.model.audit.IncidentEvent;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import software.amazon.awssdk.services.dynamodb.DynamoDbAsyncClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.GetItemRequest;
import software.amazon.awssdk.services.dynamodb.model.PutItemRequest;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;

/**
 * Reads the event table as it is, damage included, and makes a chain in it what a human ordered. No
 * job uses this: a job only appends. What is replaced is kept beside, under {@code
 * <incident>#REPLACED}. Blocks; the client is not owned.
 */
public final class EventStoreCare {
    private static final String REPLACED = "#REPLACED";

    /** At a chain that goes on while it is read. */
    private static final int MAX_LOOKS = 10;

    private final DynamoDbAsyncClient client;
    private final String table;
    private final String anchorTable;

    /** With the anchors in the event table itself. */
    public EventStoreCare(DynamoDbAsyncClient client, String table) {
        this(client, table, table);
    }

    public EventStoreCare(DynamoDbAsyncClient client, String table, String anchorTable) {
        this.client = client;
        this.table = table;
        this.anchorTable = anchorTable;
    }

    /** As of one moment, unless a job appends faster than can be read, ten times in a row. */
    public StoredChain read(String incidentId) {
        // Anchors and HEAD first: what is appended meanwhile lies past them, and is no gap.
        List<Map<String, AttributeValue>> anchors =
                query(anchorTable, EventItems.anchorPartition(incidentId)).join();
        Map<String, AttributeValue> headKey = EventItems.headKey(incidentId);
        Optional<Map<String, AttributeValue>> head = item(headKey);
        List<Map<String, AttributeValue>> items = items(incidentId);
        for (int look = 1; look < MAX_LOOKS; look++) {
            // An event and HEAD are written as one: while HEAD stands still, so do the events.
            Optional<Map<String, AttributeValue>> after = item(headKey);
            if (after.equals(head)) {
                break;
            }
            head = after;
            items = items(incidentId);
        }
        return new StoredChain(items, head, anchors);
    }

    private List<Map<String, AttributeValue>> items(String incidentId) {
        List<CompletableFuture<List<Map<String, AttributeValue>>>> shards = new ArrayList<>();
        for (int shard = 0; shard < EventItems.SHARDS; shard++) {
            shards.add(query(table, EventItems.partition(incidentId, shard)));
        }
        List<Map<String, AttributeValue>> items = new ArrayList<>();
        shards.forEach(shard -> items.addAll(shard.join()));
        return items;
    }

    /**
     * Makes the stored chain this one. HEAD is written last, and only if it is still as it was
     * read.
     *
     * @param asRead what there was, as {@link #read} gave it
     * @param chain whole and not empty; whoever calls has checked it
     * @return how many items were written or taken away
     * @throws IllegalStateException if the chain went on meanwhile; then nothing is wrong, read
     *     again
     */
    public int mend(StoredChain asRead, List<IncidentEvent> chain) {
        Map<Map<String, AttributeValue>, Map<String, AttributeValue>> proper =
                new LinkedHashMap<>();
        for (IncidentEvent event : chain) {
            Map<String, AttributeValue> item = EventItems.event(event);
            proper.put(keyOf(item), item);
        }
        String incidentId = chain.get(0).incidentId();
        Set<Map<String, AttributeValue>> right = new HashSet<>();
        int changed = 0;
        for (Map<String, AttributeValue> item : asRead.items()) {
            Map<String, AttributeValue> key = keyOf(item);
            if (item.equals(proper.get(key))) {
                right.add(key);
            } else {
                keep(incidentId, item);
                if (!proper.containsKey(key)) {
                    client.deleteItem(d -> d.tableName(table).key(key)).join();
                    changed++;
                }
            }
        }
        for (Map.Entry<Map<String, AttributeValue>, Map<String, AttributeValue>> item :
                proper.entrySet()) {
            if (!right.contains(item.getKey())) {
                client.putItem(p -> p.tableName(table).item(item.getValue())).join();
                changed++;
            }
        }
        return changed + mendHead(asRead, chain.get(chain.size() - 1));
    }

    private int mendHead(StoredChain asRead, IncidentEvent last) {
        Map<String, AttributeValue> head = EventItems.head(last);
        if (asRead.headItem().filter(head::equals).isPresent()) {
            return 0;
        }
        asRead.headItem().ifPresent(item -> keep(last.incidentId(), item));
        PutItemRequest.Builder put = PutItemRequest.builder().tableName(table).item(head);
        if (asRead.headItem().isEmpty()) {
            put.conditionExpression("attribute_not_exists(pk)");
        } else if (asRead.head().isPresent()) {
            ChainHead was = asRead.head().get();
            put.conditionExpression("#sequence = :sequence AND #hash = :hash")
                    .expressionAttributeNames(
                            Map.of("#sequence", EventItems.SEQUENCE, "#hash", EventItems.HASH))
                    .expressionAttributeValues(
                            Map.of(
                                    ":sequence", EventItems.number(was.sequence()),
                                    ":hash", EventItems.text(was.hash())));
        }
        await(client.putItem(put.build()));
        return 1;
    }

    private static void await(CompletableFuture<?> write) {
        try {
            write.join();
        } catch (RuntimeException e) {
            if (AppendFailureClassifier.unwrapped(e) instanceof ConditionalCheckFailedException) {
                throw new IllegalStateException(
                        "the chain went on while it was mended; verify it again", e);
            }
            throw e;
        }
    }

    /** Evidence of what was there, one item for each that is replaced. */
    private void keep(String incidentId, Map<String, AttributeValue> item) {
        Map<String, AttributeValue> kept = new HashMap<>(item);
        String place = item.get(EventItems.PARTITION).s() + "|" + item.get(EventItems.SORT).s();
        kept.put(EventItems.PARTITION, EventItems.text(incidentId + REPLACED));
        kept.put(
                EventItems.SORT,
                EventItems.text(place + "|" + Integer.toHexString(item.hashCode())));
        client.putItem(p -> p.tableName(table).item(kept)).join();
    }

    private Optional<Map<String, AttributeValue>> item(Map<String, AttributeValue> key) {
        GetItemRequest request =
                GetItemRequest.builder().tableName(table).key(key).consistentRead(true).build();
        return Optional.of(client.getItem(request).join())
                .filter(response -> response.hasItem() && !response.item().isEmpty())
                .map(response -> response.item());
    }

    private CompletableFuture<List<Map<String, AttributeValue>>> query(
            String from, String partition) {
        QueryRequest request =
                QueryRequest.builder()
                        .tableName(from)
                        .consistentRead(true)
                        .keyConditionExpression("pk = :partition")
                        .expressionAttributeValues(Map.of(":partition", EventItems.text(partition)))
                        .build();
        List<Map<String, AttributeValue>> items = Collections.synchronizedList(new ArrayList<>());
        return client.queryPaginator(request)
                .items()
                .subscribe(items::add)
                .thenApply(done -> items);
    }

    private static Map<String, AttributeValue> keyOf(Map<String, AttributeValue> item) {
        Map<String, AttributeValue> key = new HashMap<>();
        key.put(EventItems.PARTITION, item.get(EventItems.PARTITION));
        key.put(EventItems.SORT, item.get(EventItems.SORT));
        return key;
    }
}
