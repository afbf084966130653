// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.connectors.diagnosis.memory;

import com.fasterxml.jackson.databind.JsonNode;
import io.incidentcommander.model.diagnosis.memory.Embedder;
import io.incidentcommander.model.diagnosis.memory.IncidentPattern;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionException;
import org.opensearch.client.opensearch.OpenSearchClient;
import org.opensearch.client.opensearch.core.BulkRequest;
import org.opensearch.client.opensearch.core.bulk.BulkResponseItem;
import org.opensearch.client.transport.OpenSearchTransport;

/** Takes many patterns in at once: from another index, or back from the archive. */
public final class PatternImport {
    private static final int CONFLICT = 409;

    private final OpenSearchClient client;
    private final PatternIndex target;
    private final Embedder embedder;

    /**
     * @param target is there; of the embedder's space
     */
    public PatternImport(OpenSearchTransport transport, PatternIndex target, Embedder embedder) {
        this.client = new OpenSearchClient(transport);
        this.target = target;
        this.embedder = embedder;
    }

    /**
     * Makes vectors for those that are not there, and keeps them.
     *
     * @param patterns a few hundred at most
     * @return how many were not there
     * @throws IOException if one could not be kept; others may have been
     */
    public long add(List<IncidentPattern> patterns) throws IOException {
        List<IncidentPattern> missing = missing(patterns);
        if (missing.isEmpty()) {
            return 0;
        }
        BulkRequest.Builder bulk = new BulkRequest.Builder();
        for (IncidentPattern pattern : missing) {
            JsonNode document = PatternDocuments.of(pattern, vector(pattern));
            bulk.operations(
                    o ->
                            o.create(
                                    c ->
                                            c.index(target.name())
                                                    .id(pattern.patternId())
                                                    .document(document)));
        }
        long fresh = 0;
        for (BulkResponseItem item : client.bulk(bulk.build()).items()) {
            if (item.error() == null) {
                fresh++;
            } else if (item.status() != CONFLICT) { // Learned by somebody else meanwhile.
                throw new IOException(
                        "Pattern " + item.id() + " cannot be kept: " + item.error().reason());
            }
        }
        return fresh;
    }

    /** Those that the index does not have: a vector may cost money. */
    private List<IncidentPattern> missing(List<IncidentPattern> all) throws IOException {
        Map<String, IncidentPattern> patterns = new LinkedHashMap<>();
        all.forEach(pattern -> patterns.put(pattern.patternId(), pattern));
        List<String> ids = new ArrayList<>(patterns.keySet());
        if (ids.isEmpty()) {
            return List.of();
        }
        client
                .mget(
                        m -> m.index(target.name()).ids(ids).source(s -> s.fetch(false)),
                        JsonNode.class)
                .docs()
                .stream()
                .filter(doc -> doc.isResult() && doc.result().found())
                .forEach(doc -> patterns.remove(doc.result().id()));
        return new ArrayList<>(patterns.values());
    }

    private float[] vector(IncidentPattern pattern) throws IOException {
        try {
            return embedder.embed(pattern.text()).join();
        } catch (CompletionException e) {
            throw new IOException("No vector for pattern " + pattern.patternId(), e);
        }
    }
}
