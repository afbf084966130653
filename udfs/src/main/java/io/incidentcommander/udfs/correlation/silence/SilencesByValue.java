// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.udfs.correlation.silence;

import io.incidentcommander.udfs.correlation.matching.Matcher;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * Silences that demand something of one label: under the values they name, or under what these
 * begin with. A look-up is one map access, and one more for each length of a beginning that is no
 * longer than the value. Mutable, not thread safe.
 */
final class SilencesByValue {
    private final Map<String, List<SilencePeriod>> exactly = new HashMap<>();
    private final Map<String, List<SilencePeriod>> beginning = new HashMap<>();
    private final TreeMap<Integer, Integer> lengths = new TreeMap<>();

    /** Silences that would have to be tried for a value of this matcher, summed over its values. */
    int load(Matcher matcher) {
        int load = 0;
        for (String value : matcher.literals()) {
            load += exactly.getOrDefault(value, List.of()).size() + 1;
        }
        for (String value : beginnings(matcher)) {
            load += beginning.getOrDefault(value, List.of()).size() + 1;
        }
        return load;
    }

    /** Whether a silence with this matcher can stand here. */
    static boolean demands(Matcher matcher) {
        return !matcher.literals().isEmpty() || !matcher.beginnings().isEmpty();
    }

    void add(Matcher matcher, SilencePeriod period) {
        matcher.literals().forEach(value -> listOf(exactly, value).add(period));
        for (String value : beginnings(matcher)) {
            listOf(beginning, value).add(period);
            lengths.merge(value.length(), 1, Integer::sum);
        }
    }

    /** Whether it stood here. */
    boolean remove(Matcher matcher, SilencePeriod period) {
        boolean removed = false;
        for (String value : matcher.literals()) {
            removed |= remove(exactly, value, period);
        }
        for (String value : beginnings(matcher)) {
            if (remove(beginning, value, period)) {
                removed = true;
                lengths.computeIfPresent(value.length(), (length, n) -> n == 1 ? null : n - 1);
            }
        }
        return removed;
    }

    boolean isEmpty() {
        return exactly.isEmpty() && beginning.isEmpty();
    }

    /** Each list of silences that the value may be demanded by. */
    void forEachList(String value, Consumer<List<SilencePeriod>> tried) {
        List<SilencePeriod> same = exactly.get(value);
        if (same != null) {
            tried.accept(same);
        }
        for (int length : lengths.headMap(value.length(), true).keySet()) {
            List<SilencePeriod> under = beginning.get(value.substring(0, length));
            if (under != null) {
                tried.accept(under);
            }
        }
    }

    /** A matcher that names its values stands under these. */
    private static List<String> beginnings(Matcher matcher) {
        return matcher.literals().isEmpty() ? matcher.beginnings() : List.of();
    }

    private static List<SilencePeriod> listOf(
            Map<String, List<SilencePeriod>> lists, String value) {
        return lists.computeIfAbsent(value, v -> new ArrayList<>(1));
    }

    private static boolean remove(
            Map<String, List<SilencePeriod>> lists, String value, SilencePeriod period) {
        List<SilencePeriod> list = lists.get(value);
        if (list == null || !list.remove(period)) {
            return false;
        }
        if (list.isEmpty()) {
            lists.remove(value);
        }
        return true;
    }
}
