// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.connectors.audit;

import io.incidentcommander.connectors.delivery.Courier;
import io.incidentcommander.connectors.delivery.Parcel;
import io.incidentcommander.connectors.delivery.Receipt;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import software.amazon.awssdk.services.sqs.SqsAsyncClient;
import software.amazon.awssdk.services.sqs.model.BatchResultErrorEntry;
import software.amazon.awssdk.services.sqs.model.SendMessageBatchRequestEntry;
import software.amazon.awssdk.services.sqs.model.SendMessageBatchResponse;

/** Parcels as messages of a queue of SQS. */
final class SqsCourier implements Courier<Parcel> {
    /** The service's own limits: messages of a request, and bytes of one and of all of them. */
    private static final int MOST_MESSAGES = 10;

    private static final long MOST_BYTES = 256 << 10;
    private static final int MOST_REQUESTS = 8;

    private final String url;
    private final SqsAsyncClient client;

    SqsCourier(String url, SqsAsyncClient client) {
        this.url = url;
        this.client = client;
    }

    @Override
    public CompletableFuture<List<Receipt>> send(List<Parcel> batch) {
        if (batch.get(0).value().length > MOST_BYTES) { // then it is alone
            return CompletableFuture.completedFuture(List.of(Receipt.refused("more than 256 KiB")));
        }
        List<SendMessageBatchRequestEntry> entries = new ArrayList<>();
        for (int i = 0; i < batch.size(); i++) {
            entries.add(
                    SendMessageBatchRequestEntry.builder()
                            .id(Integer.toString(i))
                            .messageBody(new String(batch.get(i).value(), StandardCharsets.UTF_8))
                            .build());
        }
        return client.sendMessageBatch(r -> r.queueUrl(url).entries(entries))
                .thenApply(answer -> receipts(batch.size(), answer));
    }

    private static List<Receipt> receipts(int size, SendMessageBatchResponse answer) {
        List<Receipt> receipts = new ArrayList<>(Collections.nCopies(size, Receipt.taken()));
        for (BatchResultErrorEntry failed : answer.failed()) {
            String why = failed.code() + " " + failed.message();
            receipts.set(
                    Integer.parseInt(failed.id()),
                    failed.senderFault() ? Receipt.refused(why) : Receipt.retry(why));
        }
        return receipts;
    }

    @Override
    public Receipt receiptOf(Throwable failure) {
        return AppendFailureClassifier.receiptOf(failure);
    }

    @Override
    public int mostThings() {
        return MOST_MESSAGES;
    }

    @Override
    public long mostBytes() {
        return MOST_BYTES;
    }

    @Override
    public int mostUnderWay() {
        return MOST_REQUESTS;
    }

    @Override
    public void close() {
        client.close();
    }
}
