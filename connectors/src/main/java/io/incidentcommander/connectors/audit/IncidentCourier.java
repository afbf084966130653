// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.connectors.audit;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.incidentcommander.connectors.delivery.Courier;
import io.incidentcommander.connectors.delivery.Receipt;
import io.incidentcommander.model.audit.AuditJson;
import io.incidentcommander.model.lifecycle.Incident;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.opensearch.client.opensearch.OpenSearchAsyncClient;
import org.opensearch.client.opensearch._types.OpenSearchException;
import org.opensearch.client.opensearch._types.VersionType;
import org.opensearch.client.opensearch.core.BulkRequest;
import org.opensearch.client.opensearch.core.BulkResponse;
import org.opensearch.client.opensearch.core.bulk.BulkOperation;
import org.opensearch.client.opensearch.core.bulk.BulkResponseItem;
import org.opensearch.client.transport.OpenSearchTransport;
import org.opensearch.client.transport.httpclient5.ResponseException;

/**
 * Incidents as documents of an index, set by bulk requests: document id is the incident's, external
 * version its sequence, so that an older state never replaces a newer one, whatever arrives when.
 * No answer of the index fails the job.
 */
final class IncidentCourier implements Courier<Incident> {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int MOST_DOCUMENTS = 500;
    private static final long REQUEST_TIMEOUT_MILLIS = 5_000;

    private final OpenSearchTransport transport;
    private final OpenSearchAsyncClient client;
    private final String alias;

    IncidentCourier(OpenSearchTransport transport, String alias) {
        this.transport = transport;
        this.client = new OpenSearchAsyncClient(transport);
        this.alias = alias;
    }

    @Override
    public CompletableFuture<List<Receipt>> send(List<Incident> batch) {
        try {
            BulkRequest.Builder request = new BulkRequest.Builder();
            for (Incident incident : batch) {
                request.operations(operation(incident));
            }
            return client.bulk(request.build())
                    .thenApply(response -> receipts(response, batch.size()))
                    .orTimeout(REQUEST_TIMEOUT_MILLIS, TimeUnit.MILLISECONDS);
        } catch (IOException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    /**
     * Only what is wrong with the request itself is final. A missing index or permission can be
     * mended while the job runs.
     */
    @Override
    public Receipt receiptOf(Throwable failure) {
        Throwable cause = AppendFailureClassifier.unwrapped(failure);
        int status = 0;
        if (cause instanceof OpenSearchException) {
            status = ((OpenSearchException) cause).status();
        } else if (cause instanceof ResponseException) {
            status = ((ResponseException) cause).status();
        }
        String detail = "status " + status + " " + cause;
        return status == 400 || status == 413 ? Receipt.refused(detail) : Receipt.retry(detail);
    }

    @Override
    public int mostThings() {
        return MOST_DOCUMENTS;
    }

    @Override
    public long mostBytes() {
        return Long.MAX_VALUE;
    }

    @Override
    public int mostUnderWay() {
        return 1;
    }

    @Override
    public void close() throws IOException {
        transport.close();
    }

    private BulkOperation operation(Incident incident) throws IOException {
        JsonNode document = JSON.readTree(AuditJson.of(incident));
        return BulkOperation.of(
                operation ->
                        operation.index(
                                index ->
                                        index.index(alias)
                                                .id(incident.incidentId())
                                                .version(incident.sequence())
                                                .versionType(VersionType.External)
                                                .document(document)));
    }

    private static List<Receipt> receipts(BulkResponse response, int expected) {
        if (response.items().size() != expected) {
            throw new IllegalStateException(
                    response.items().size() + " answers to " + expected + " documents");
        }
        List<Receipt> receipts = new ArrayList<>();
        for (BulkResponseItem item : response.items()) {
            receipts.add(receiptOf(item));
        }
        return receipts;
    }

    private static Receipt receiptOf(BulkResponseItem item) {
        int status = item.status();
        if (status == 200 || status == 201) {
            return Receipt.taken();
        }
        String detail =
                "status "
                        + status
                        + (item.error() == null
                                ? ""
                                : " " + item.error().type() + ": " + item.error().reason());
        if (status == 409) {
            return Receipt.stale(detail);
        }
        boolean busy = status == 429 || status >= 500;
        return busy ? Receipt.retry(detail) : Receipt.refused(detail);
    }
}
