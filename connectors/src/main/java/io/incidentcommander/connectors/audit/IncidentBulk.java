// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.connectors.audit;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.incidentcommander.model.audit.AuditJson;
import io.incidentcommander.model.lifecycle.Incident;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
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
 * Bulk requests that set the documents of incidents: document id is the incident's, external
 * version its sequence, so that an older state never replaces a newer one, whatever arrives when.
 * Retries nothing.
 */
final class IncidentBulk implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final OpenSearchTransport transport;
    private final OpenSearchAsyncClient client;
    private final String alias;

    IncidentBulk(OpenSearchTransport transport, String alias) {
        this.transport = transport;
        this.client = new OpenSearchAsyncClient(transport);
        this.alias = alias;
    }

    /** One answer per incident, in their order; completes exceptionally if the request fails. */
    CompletableFuture<List<IndexAnswer>> index(List<Incident> incidents) {
        try {
            BulkRequest.Builder request = new BulkRequest.Builder();
            for (Incident incident : incidents) {
                request.operations(operation(incident));
            }
            return client.bulk(request.build())
                    .thenApply(response -> answers(response, incidents.size()));
        } catch (IOException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    /** What a failed request means for each of its documents. */
    static IndexAnswer answerOf(Throwable failure) {
        Throwable cause = AppendFailureClassifier.unwrapped(failure);
        if (cause instanceof OpenSearchException) {
            return IndexAnswer.ofRequest(
                    ((OpenSearchException) cause).status(), cause.getMessage());
        }
        if (cause instanceof ResponseException) {
            return IndexAnswer.ofRequest(((ResponseException) cause).status(), cause.getMessage());
        }
        return IndexAnswer.unreachable(cause);
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

    private static List<IndexAnswer> answers(BulkResponse response, int expected) {
        if (response.items().size() != expected) {
            throw new IllegalStateException(
                    response.items().size() + " answers to " + expected + " documents");
        }
        List<IndexAnswer> answers = new ArrayList<>();
        for (BulkResponseItem item : response.items()) {
            answers.add(IndexAnswer.ofDocument(item.status(), errorOf(item)));
        }
        return answers;
    }

    private static String errorOf(BulkResponseItem item) {
        return item.error() == null ? "" : item.error().type() + ": " + item.error().reason();
    }
}
