// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.udfs.diagnosis.memory;

import io.incidentcommander.model.diagnosis.memory.Embedder;
import io.incidentcommander.model.diagnosis.memory.EmbeddingSpace;
import java.util.Map;

/**
 * Vectors without a model: words, pairs of neighbouring words and runs of three letters, hashed
 * into a fixed number of places with a sign (Weinberger et al., "Feature Hashing for Large Scale
 * Multitask Learning", ICML 2009), each by the logarithm of its count, length 1. Texts that share
 * words or parts of them are close; synonyms are not. Digits count for nothing. The same on every
 * machine. Its label says that it is no model.
 */
public final class HashedNgrams {
    /** Where the vectors live. */
    public static final EmbeddingSpace SPACE = new EmbeddingSpace("local-hashed-ngrams-1", 512);

    private HashedNgrams() {}

    /** As a port. */
    public static Embedder embedder() {
        return Embedder.computed(SPACE, HashedNgrams::embed);
    }

    /** Of length 1; of a text without letters, the first axis. */
    public static float[] embed(String text) {
        NgramCounts counts = NgramCounts.of(text);
        double[] sums = new double[SPACE.dimension()];
        addAll(counts.words(), NgramCounts.WORD, sums);
        addAll(counts.pairs(), NgramCounts.PAIR, sums);
        addAll(counts.letters(), NgramCounts.LETTERS, sums);
        return normalised(sums);
    }

    private static void addAll(Map<String, Integer> features, double weight, double[] sums) {
        // Sums of doubles depend on their order.
        features.entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .forEach(
                        feature -> {
                            long hash = hash(feature.getKey());
                            double value = NgramCounts.value(weight, feature.getValue());
                            int place = (int) Long.remainderUnsigned(hash >>> 1, sums.length);
                            sums[place] += (hash & 1) == 0 ? value : -value;
                        });
    }

    private static float[] normalised(double[] sums) {
        double square = 0;
        for (double sum : sums) {
            square += sum * sum;
        }
        float[] vector = new float[sums.length];
        if (square == 0) {
            vector[0] = 1;
            return vector;
        }
        double length = StrictMath.sqrt(square);
        for (int i = 0; i < sums.length; i++) {
            vector[i] = (float) (sums[i] / length);
        }
        return vector;
    }

    /** FNV-1a of 64 bits, mixed by the finalizer of SplitMix64. */
    private static long hash(String text) {
        long h = 0xcbf29ce484222325L;
        for (int i = 0; i < text.length(); i++) {
            h = (h ^ text.charAt(i)) * 0x100000001b3L;
        }
        h = (h ^ (h >>> 30)) * 0xbf58476d1ce4e5b9L;
        h = (h ^ (h >>> 27)) * 0x94d049bb133111ebL;
        return h ^ (h >>> 31);
    }
}
