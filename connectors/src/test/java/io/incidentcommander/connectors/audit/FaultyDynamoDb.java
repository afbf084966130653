// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.connectors.audit;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.IntFunction;
import software.amazon.awssdk.services.dynamodb.DynamoDbAsyncClient;
import software.amazon.awssdk.services.dynamodb.model.BatchGetItemRequest;
import software.amazon.awssdk.services.dynamodb.model.BatchGetItemResponse;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItemsRequest;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItemsResponse;

/**
 * A client before a real one that breaks some transactions by their number, 1 for the first, and
 * watches that no two of one incident are ever under way together.
 */
final class FaultyDynamoDb implements DynamoDbAsyncClient {
    /** What happens to one transaction. */
    interface Fate {
        CompletableFuture<TransactWriteItemsResponse> meet(
                DynamoDbAsyncClient real, TransactWriteItemsRequest request);
    }

    static final Fate FINE = DynamoDbAsyncClient::transactWriteItems;
    static final Fate HANGS = (real, request) -> new CompletableFuture<>();

    private final DynamoDbAsyncClient real;
    private final IntFunction<Fate> fates;
    private final Set<String> underWay = new HashSet<>();
    private final List<String> overlaps = new ArrayList<>();
    private int calls;
    private int unread;
    private boolean closed;

    FaultyDynamoDb(DynamoDbAsyncClient real, IntFunction<Fate> fates) {
        this.real = real;
        this.fates = fates;
    }

    static Fate failsWith(Throwable failure) {
        return (real, request) -> CompletableFuture.failedFuture(failure);
    }

    /** It is written, but the writer hears of a failure. */
    static Fate answerLost(Throwable failure) {
        return (real, request) ->
                real.transactWriteItems(request)
                        .thenCompose(done -> CompletableFuture.failedFuture(failure));
    }

    @Override
    public CompletableFuture<TransactWriteItemsResponse> transactWriteItems(
            TransactWriteItemsRequest request) {
        String incident = request.transactItems().get(0).put().item().get("incident_id").s();
        int call;
        synchronized (this) {
            call = ++calls;
            if (!underWay.add(incident)) {
                overlaps.add(incident);
            }
        }
        return fates.apply(call)
                .meet(real, request)
                .whenComplete(
                        (done, failure) -> {
                            synchronized (this) {
                                underWay.remove(incident);
                            }
                        });
    }

    /** So many reads come back with all their keys unread, as from a store that is too busy. */
    synchronized FaultyDynamoDb leavingUnread(int reads) {
        unread = reads;
        return this;
    }

    @Override
    public CompletableFuture<BatchGetItemResponse> batchGetItem(BatchGetItemRequest request) {
        synchronized (this) {
            if (unread > 0) {
                unread--;
                return CompletableFuture.completedFuture(
                        BatchGetItemResponse.builder()
                                .responses(Map.of())
                                .unprocessedKeys(request.requestItems())
                                .build());
            }
        }
        return real.batchGetItem(request);
    }

    synchronized int calls() {
        return calls;
    }

    synchronized List<String> overlaps() {
        return List.copyOf(overlaps);
    }

    synchronized boolean isClosed() {
        return closed;
    }

    @Override
    public String serviceName() {
        return SERVICE_NAME;
    }

    @Override
    public synchronized void close() {
        closed = true;
    }
}
