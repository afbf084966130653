// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.connectors.diagnosis.memory;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.incidentcommander.model.diagnosis.memory.Embedder;
import io.incidentcommander.model.diagnosis.memory.EmbeddingSpace;
import java.util.concurrent.CompletableFuture;

/** Remembers the vectors of the texts that were asked for last; a failure is not remembered. */
public final class CachedEmbedder implements Embedder {
    private final Embedder embedder;
    private final Cache<String, float[]> cache;

    /**
     * @param most texts remembered; a vector takes 4 bytes a dimension
     */
    public CachedEmbedder(Embedder embedder, long most) {
        this.embedder = embedder;
        this.cache = Caffeine.newBuilder().maximumSize(most).executor(Runnable::run).build();
    }

    @Override
    public EmbeddingSpace space() {
        return embedder.space();
    }

    @Override
    public CompletableFuture<float[]> embed(String text) {
        float[] known = cache.getIfPresent(text);
        if (known != null) {
            return CompletableFuture.completedFuture(known.clone());
        }
        return embedder.embed(text)
                .thenApply(
                        vector -> {
                            cache.put(text, vector.clone());
                            return vector;
                        });
    }

    /** Texts remembered now. */
    public long size() {
        cache.cleanUp();
        return cache.estimatedSize();
    }
}
