// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.connectors.audit;

import io.incidentcommander.connectors.delivery.Courier;
import io.incidentcommander.connectors.delivery.Parcel;
import io.incidentcommander.connectors.delivery.Receipt;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.kinesis.KinesisAsyncClient;
import software.amazon.awssdk.services.kinesis.model.PutRecordsRequestEntry;
import software.amazon.awssdk.services.kinesis.model.PutRecordsResultEntry;

/** Parcels as records of a stream of Kinesis; a parcel's topic is its stream, its key decides. */
final class KinesisCourier implements Courier<Parcel> {
    /** The service's own limits: records of a request, and bytes of all of them. */
    private static final int MOST_RECORDS = 500;

    private static final long MOST_BYTES = 5L << 20;
    private static final int MOST_REQUESTS = 8;

    private final String stream;
    private final KinesisAsyncClient client;

    KinesisCourier(String stream, KinesisAsyncClient client) {
        this.stream = stream;
        this.client = client;
    }

    @Override
    public CompletableFuture<List<Receipt>> send(List<Parcel> batch) {
        List<PutRecordsRequestEntry> records = new ArrayList<>();
        for (Parcel parcel : batch) {
            records.add(
                    PutRecordsRequestEntry.builder()
                            .partitionKey(parcel.keyText())
                            .data(SdkBytes.fromByteArrayUnsafe(parcel.value()))
                            .build());
        }
        return client.putRecords(put -> put.streamName(stream).records(records))
                .thenApply(
                        answer ->
                                answer.records().stream()
                                        .map(KinesisCourier::receiptOf)
                                        .collect(Collectors.toList()));
    }

    /** A single record fails only because its shard is busy or unwell. */
    private static Receipt receiptOf(PutRecordsResultEntry record) {
        return record.errorCode() == null
                ? Receipt.taken()
                : Receipt.retry(record.errorCode() + " " + record.errorMessage());
    }

    @Override
    public Receipt receiptOf(Throwable failure) {
        return AppendFailureClassifier.receiptOf(failure);
    }

    @Override
    public int mostThings() {
        return MOST_RECORDS;
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
