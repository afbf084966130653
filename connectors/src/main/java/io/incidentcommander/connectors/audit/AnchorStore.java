// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.connectors.audit;

import io.incidentcommander.model.audit.ChainHead;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import software.amazon.awssdk.services.dynamodb.DynamoDbAsyncClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;

/**
 * Where anchors are kept: an item each, under {@code incident#ANCHOR} and the sequence, written if
 * none is there and never changed. Asks once per call and retries nothing. Thread safe as the
 * client is; the client is not owned.
 */
final class AnchorStore {
    /** What became of one. */
    enum Kept {
        WRITTEN,
        /** The very same was there. */
        THERE,
        /** Another head was anchored at this sequence: the job follows another history now. */
        CONTRADICTED
    }

    private final DynamoDbAsyncClient client;
    private final String table;

    AnchorStore(DynamoDbAsyncClient client, String table) {
        this.client = client;
        this.table = table;
    }

    CompletableFuture<Kept> keep(ChainAnchor anchor) {
        Map<String, AttributeValue> item = EventItems.anchor(anchor);
        return client.putItem(
                        put ->
                                put.tableName(table)
                                        .item(item)
                                        .conditionExpression("attribute_not_exists(pk)"))
                .handle((done, failure) -> settle(anchor, failure))
                .thenCompose(kept -> kept);
    }

    private CompletableFuture<Kept> settle(ChainAnchor anchor, Throwable failure) {
        if (failure == null) {
            return CompletableFuture.completedFuture(Kept.WRITTEN);
        }
        Throwable cause = AppendFailureClassifier.unwrapped(failure);
        return cause instanceof ConditionalCheckFailedException
                ? there(anchor)
                : CompletableFuture.failedFuture(cause);
    }

    private CompletableFuture<Kept> there(ChainAnchor anchor) {
        return client.getItem(
                        get ->
                                get.tableName(table)
                                        .key(EventItems.anchorKey(anchor))
                                        .consistentRead(true))
                .thenApply(
                        found -> {
                            ChainHead there = EventItems.chainHead(found.item());
                            return there.equals(anchor.head()) ? Kept.THERE : Kept.CONTRADICTED;
                        });
    }
}
