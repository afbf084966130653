// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.udfs.correlation.silence;

import io.incidentcommander.udfs.correlation.matching.LabelSet;
import io.incidentcommander.udfs.correlation.matching.Matcher;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Finds the silence of an alert without trying all of them: each stands under the values that one
 * of its matchers demands, the one with the shortest list so far; only silences that demand no
 * value are tried for every alert. A look-up costs one map access for each label that silences
 * stand under, and one match for each candidate. Mutable, not thread safe.
 */
public final class SilenceIndex {
    private static final Comparator<SilencePeriod> BEST =
            Comparator.comparingLong(SilencePeriod::untilMillis)
                    .thenComparing(p -> p.silence().id(), Comparator.reverseOrder());

    private final Map<String, Map<String, List<SilencePeriod>>> byLabel = new HashMap<>();
    private final List<SilencePeriod> unindexed = new ArrayList<>();
    private int size;

    /**
     * @param period equal to none that is there: ids are unique
     */
    public void add(SilencePeriod period) {
        listsFor(period).forEach(list -> list.add(period));
        size++;
    }

    /** Whatever equals it; nothing happens if none does. */
    public void remove(SilencePeriod period) {
        boolean removed = unindexed.remove(period);
        for (Matcher matcher : period.silence().matchers().all()) {
            Map<String, List<SilencePeriod>> values = byLabel.get(matcher.label());
            for (String value : values == null ? List.<String>of() : matcher.literals()) {
                List<SilencePeriod> list = values.get(value);
                removed |= list != null && list.remove(period);
                if (list != null && list.isEmpty()) {
                    values.remove(value);
                }
            }
            if (values != null && values.isEmpty()) {
                byLabel.remove(matcher.label());
            }
        }
        size -= removed ? 1 : 0;
    }

    /** The silence in force at the time that lasts longest; by id if several do. */
    public Optional<SilencePeriod> find(LabelSet labels, long millis) {
        SilencePeriod best = best(unindexed, labels, millis, null);
        for (Map.Entry<String, Map<String, List<SilencePeriod>>> label : byLabel.entrySet()) {
            List<SilencePeriod> candidates = label.getValue().get(labels.get(label.getKey()));
            if (candidates != null) {
                best = best(candidates, labels, millis, best);
            }
        }
        return Optional.ofNullable(best);
    }

    public int size() {
        return size;
    }

    private static SilencePeriod best(
            List<SilencePeriod> candidates, LabelSet labels, long millis, SilencePeriod sofar) {
        SilencePeriod best = sofar;
        for (int i = 0; i < candidates.size(); i++) {
            SilencePeriod candidate = candidates.get(i);
            if (candidate.holdsAt(millis)
                    && (best == null || BEST.compare(candidate, best) > 0)
                    && candidate.silence().matchers().match(labels)) {
                best = candidate;
            }
        }
        return best;
    }

    private List<List<SilencePeriod>> listsFor(SilencePeriod period) {
        Matcher shortest = null;
        int least = Integer.MAX_VALUE;
        for (Matcher matcher : period.silence().matchers().all()) {
            List<String> literals = matcher.literals();
            int load = 0;
            for (String value : literals) {
                load += sizeOf(matcher.label(), value) + 1;
            }
            if (!literals.isEmpty() && load < least) {
                least = load;
                shortest = matcher;
            }
        }
        return shortest == null ? List.of(unindexed) : lists(shortest.label(), shortest.literals());
    }

    private int sizeOf(String label, String value) {
        Map<String, List<SilencePeriod>> values = byLabel.get(label);
        List<SilencePeriod> list = values == null ? null : values.get(value);
        return list == null ? 0 : list.size();
    }

    private List<List<SilencePeriod>> lists(String label, List<String> literals) {
        Map<String, List<SilencePeriod>> values =
                byLabel.computeIfAbsent(label, l -> new HashMap<>());
        List<List<SilencePeriod>> lists = new ArrayList<>();
        for (String value : literals) {
            lists.add(values.computeIfAbsent(value, v -> new ArrayList<>(1)));
        }
        return lists;
    }
}
