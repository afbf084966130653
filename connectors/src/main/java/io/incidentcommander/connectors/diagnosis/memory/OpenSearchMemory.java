// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.connectors.diagnosis.memory;

import com.fasterxml.jackson.databind.JsonNode;
import io.incidentcommander.connectors.audit.OpenSearchTransportProvider;
import io.incidentcommander.model.diagnosis.MemoryHit;
import io.incidentcommander.model.diagnosis.memory.Embedder;
import io.incidentcommander.model.diagnosis.memory.IncidentMemory;
import io.incidentcommander.model.diagnosis.memory.IncidentPattern;
import io.incidentcommander.model.diagnosis.memory.MemoryQuery;
import io.incidentcommander.model.diagnosis.memory.RankFusion;
import io.incidentcommander.model.diagnosis.memory.Recollection;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.opensearch.client.opensearch.OpenSearchAsyncClient;
import org.opensearch.client.transport.OpenSearchTransport;

/**
 * The memory in OpenSearch: by meaning (k-NN) and by words (BM25) in one request, fused here. What
 * fails of the two, or comes too late, is left out and said; so is the whole. An embedder that is
 * slow gets half of the time.
 */
public final class OpenSearchMemory implements IncidentMemory {
    private final OpenSearchTransport transport;
    private final OpenSearchAsyncClient client;
    private final PatternIndex index;
    private final PatternSearches searches;
    private final Embedder embedder;
    private final RankFusion fusion;

    public OpenSearchMemory(
            OpenSearchTransportProvider transports,
            String alias,
            Embedder embedder,
            RankFusion fusion) {
        this.transport = transports.create();
        this.client = new OpenSearchAsyncClient(transport);
        this.index = new PatternIndex(alias, embedder.space());
        this.searches = new PatternSearches(index);
        this.embedder = embedder;
        this.fusion = fusion;
    }

    @Override
    public CompletableFuture<Recollection> search(MemoryQuery query, long withinMillis) {
        long within = Math.max(1, Math.min(withinMillis, MAX_SEARCH_MILLIS));
        return vector(query.text(), within / 2 + 1)
                .thenCompose(vector -> ask(query, vector))
                .orTimeout(within, TimeUnit.MILLISECONDS)
                .exceptionally(failure -> Recollection.none(reason(failure, within)));
    }

    @Override
    public CompletableFuture<Void> learn(IncidentPattern pattern) {
        return embedded(pattern.text())
                .thenCompose(
                        vector -> {
                            JsonNode document = PatternDocuments.of(pattern, vector);
                            try {
                                return client.index(
                                        i ->
                                                i.index(index.meaning())
                                                        // An index made up by the server would
                                                        // have no vectors.
                                                        .requireAlias(true)
                                                        .id(pattern.patternId())
                                                        .document(document));
                            } catch (IOException e) {
                                return CompletableFuture.failedFuture(e);
                            }
                        })
                .thenApply(stored -> null);
    }

    @Override
    public void close() throws IOException {
        transport.close();
    }

    private CompletableFuture<Recollection> ask(MemoryQuery query, Optional<float[]> vector) {
        try {
            return client.msearch(searches.of(query, vector), JsonNode.class)
                    .thenApply(answer -> recollection(query, vector, new Answer(answer, vector)));
        } catch (IOException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    private Recollection recollection(MemoryQuery query, Optional<float[]> vector, Answer answer) {
        Optional<List<MemoryHit>> words = answer.words();
        Optional<List<MemoryHit>> meaning = answer.meaning();
        if (words.isEmpty() && meaning.isEmpty()) {
            return Recollection.none(answer.reason());
        }
        List<MemoryHit> hits =
                fusion.fuse(
                        List.of(meaning.orElse(List.of()), words.orElse(List.of())), query.count());
        if (meaning.isEmpty()) {
            String reason = vector.isEmpty() ? "The embedder gave no vector" : answer.reason();
            return new Recollection(Recollection.Extent.WORDS_ONLY, hits, reason);
        }
        return words.isEmpty()
                ? new Recollection(Recollection.Extent.MEANING_ONLY, hits, answer.reason())
                : new Recollection(Recollection.Extent.WHOLE, hits, "");
    }

    /** Empty where there is none in time. */
    private CompletableFuture<Optional<float[]>> vector(String text, long withinMillis) {
        return embedded(text)
                .thenApply(Optional::of)
                .completeOnTimeout(Optional.empty(), withinMillis, TimeUnit.MILLISECONDS)
                .exceptionally(failure -> Optional.empty());
    }

    private CompletableFuture<float[]> embedded(String text) {
        return embedder.embed(text)
                .thenApply(
                        vector -> {
                            if (vector.length != index.space().dimension()) {
                                throw new IllegalStateException(
                                        "A vector of "
                                                + vector.length
                                                + " dimensions in the space "
                                                + index.space());
                            }
                            return vector;
                        });
    }

    private static String reason(Throwable failure, long within) {
        Throwable cause = failure;
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        return cause instanceof TimeoutException
                ? "No answer within " + within + " ms"
                : cause.getClass().getSimpleName() + ": " + cause.getMessage();
    }
}
