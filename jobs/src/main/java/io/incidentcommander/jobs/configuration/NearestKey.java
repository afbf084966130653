// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.jobs.configuration;

import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;

/** Finds the key that a mistyped one was meant to be. Pure. */
final class NearestKey {
    private NearestKey() {}

    /** By edits (insert, delete, replace), at most half the length; ties by alphabet. */
    static Optional<String> to(String typed, Collection<String> known) {
        return known.stream()
                .filter(key -> edits(typed, key) <= Math.max(typed.length(), key.length()) / 2)
                .min(
                        Comparator.comparingInt((String key) -> edits(typed, key))
                                .thenComparing(Comparator.naturalOrder()));
    }

    /** Levenshtein's distance, one row at a time. */
    private static int edits(String left, String right) {
        int[] row = new int[right.length() + 1];
        for (int j = 0; j < row.length; j++) {
            row[j] = j;
        }
        for (int i = 1; i <= left.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j < row.length; j++) {
                int replaced = diagonal + (left.charAt(i - 1) == right.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(replaced, 1 + Math.min(row[j], row[j - 1]));
            }
        }
        return row[right.length()];
    }
}
