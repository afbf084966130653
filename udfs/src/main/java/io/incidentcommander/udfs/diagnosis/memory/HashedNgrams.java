// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.udfs.diagnosis.memory;

import io.incidentcommander.model.diagnosis.memory.Embedder;
import io.incidentcommander.model.diagnosis.memory.EmbeddingSpace;
import java.util.HashMap;
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

    private static final int MOST_CHARS = 8_000;
    private static final double WORD = 1.0;
    private static final double PAIR = 0.7;
    private static final double LETTERS = 0.35;

    private HashedNgrams() {}

    /** As a port. */
    public static Embedder embedder() {
        return Embedder.computed(SPACE, HashedNgrams::embed);
    }

    /** Of length 1; of a text without letters, the first axis. */
    public static float[] embed(String text) {
        Map<String, Integer> words = new HashMap<>();
        Map<String, Integer> pairs = new HashMap<>();
        Map<String, Integer> letters = new HashMap<>();
        String before = "";
        int end = Math.min(text.length(), MOST_CHARS);
        for (int i = 0; i < end; ) {
            if (!Character.isLetter(text.charAt(i))) {
                i++;
                continue;
            }
            StringBuilder letterRun = new StringBuilder();
            while (i < end && Character.isLetter(text.charAt(i))) {
                letterRun.append(Character.toLowerCase(text.charAt(i++)));
            }
            String word = letterRun.toString();
            words.merge(word, 1, Integer::sum);
            if (!before.isEmpty()) {
                pairs.merge(before + " " + word, 1, Integer::sum);
            }
            String framed = "_" + word + "_";
            for (int at = 0; at + 3 <= framed.length(); at++) {
                letters.merge("#" + framed.substring(at, at + 3), 1, Integer::sum);
            }
            before = word;
        }
        double[] sums = new double[SPACE.dimension()];
        addAll(words, WORD, sums);
        addAll(pairs, PAIR, sums);
        addAll(letters, LETTERS, sums);
        return normalised(sums);
    }

    private static void addAll(Map<String, Integer> features, double weight, double[] sums) {
        // Sums of doubles depend on their order.
        features.entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .forEach(
                        feature -> {
                            long hash = hash(feature.getKey());
                            double value = weight * (1 + StrictMath.log(feature.getValue()));
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
