// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.udfs.diagnosis.memory;

import java.util.HashMap;
import java.util.Map;

/**
 * How often words, pairs of neighbouring words and runs of three letters are in a text; the first
 * {@value #MOST_CHARS} chars of it count. Words are runs of letters, in lower case.
 */
final class NgramCounts {
    /** What each kind counts for. */
    static final double WORD = 1.0;

    static final double PAIR = 0.7;
    static final double LETTERS = 0.35;

    private static final int MOST_CHARS = 8_000;

    private final Map<String, Integer> words = new HashMap<>();
    private final Map<String, Integer> pairs = new HashMap<>();
    private final Map<String, Integer> letters = new HashMap<>();

    private NgramCounts() {}

    static NgramCounts of(String text) {
        NgramCounts counts = new NgramCounts();
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
            counts.add(before, word);
            before = word;
        }
        return counts;
    }

    private void add(String before, String word) {
        words.merge(word, 1, Integer::sum);
        if (!before.isEmpty()) {
            pairs.merge(before + " " + word, 1, Integer::sum);
        }
        String framed = "_" + word + "_";
        for (int at = 0; at + 3 <= framed.length(); at++) {
            letters.merge("#" + framed.substring(at, at + 3), 1, Integer::sum);
        }
    }

    /** The next time counts for less than the first. */
    static double value(double weight, int count) {
        return weight * (1 + StrictMath.log(count));
    }

    /** Product of two texts as vectors, not hashed; with itself the square of its length. */
    double times(NgramCounts other) {
        return times(words, other.words, WORD)
                + times(pairs, other.pairs, PAIR)
                + times(letters, other.letters, LETTERS);
    }

    private static double times(
            Map<String, Integer> one, Map<String, Integer> other, double weight) {
        // Sums of doubles depend on their order.
        return one.entrySet().stream()
                .filter(entry -> other.containsKey(entry.getKey()))
                .sorted(Map.Entry.comparingByKey())
                .mapToDouble(
                        entry ->
                                value(weight, entry.getValue())
                                        * value(weight, other.get(entry.getKey())))
                .reduce(0, Double::sum);
    }

    Map<String, Integer> words() {
        return words;
    }

    Map<String, Integer> pairs() {
        return pairs;
    }

    Map<String, Integer> letters() {
        return letters;
    }
}
