// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.model.diagnosis.memory;

import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

/** Turns text into vectors of one space, of length 1, by a model or without. Thread safe. */
public interface Embedder {
    EmbeddingSpace space();

    /** Completes exceptionally when there is no vector to be had. */
    CompletableFuture<float[]> embed(String text);

    /** By a function of the text alone. */
    static Embedder computed(EmbeddingSpace space, Function<String, float[]> function) {
        return by(space, text -> CompletableFuture.completedFuture(function.apply(text)));
    }

    /** By somebody whose vectors are of this space. */
    static Embedder by(
            EmbeddingSpace space, Function<String, CompletableFuture<float[]>> function) {
        return new Embedder() {
            @Override
            public EmbeddingSpace space() {
                return space;
            }

            @Override
            public CompletableFuture<float[]> embed(String text) {
                return function.apply(text);
            }
        };
    }
}
