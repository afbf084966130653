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
 * Finds the silence of an alert without trying all of them: each stands under what one of its
 * matchers demands, a value or the beginning of one, whichever is shared with fewest so far; only
 * silences that demand neither are tried for every alert. A look-up costs {@link SilencesByValue}'s
 * for each label that silences stand under, and one match for each candidate. Mutable, not thread
 * safe.
 */
public final class SilenceIndex {
    private static final Comparator<SilencePeriod> BEST =
            Comparator.comparingLong(SilencePeriod::untilMillis)
                    .thenComparing(p -> p.silence().id(), Comparator.reverseOrder());

    private static final SilencesByValue NONE = new SilencesByValue();

    private final Map<String, SilencesByValue> byLabel = new HashMap<>();
    private final List<SilencePeriod> unindexed = new ArrayList<>();
    private int size;

    /**
     * @param period equal to none that is there: ids are unique
     */
    public void add(SilencePeriod period) {
        Optional<Matcher> rarest = rarest(period);
        if (rarest.isPresent()) {
            byLabel.computeIfAbsent(rarest.get().label(), l -> new SilencesByValue())
                    .add(rarest.get(), period);
        } else {
            unindexed.add(period);
        }
        size++;
    }

    /** Whatever equals it; nothing happens if none does. */
    public void remove(SilencePeriod period) {
        boolean removed = false;
        for (Matcher matcher : period.silence().matchers().all()) {
            SilencesByValue values = byLabel.get(matcher.label());
            if (values != null) {
                removed |= values.remove(matcher, period);
                if (values.isEmpty()) {
                    byLabel.remove(matcher.label());
                }
            }
        }
        if (removed || unindexed.remove(period)) {
            size--;
        }
    }

    /** The silence in force at the time that lasts longest; by id if several do. */
    public Optional<SilencePeriod> find(LabelSet labels, long millis) {
        Search search = new Search(labels, millis);
        search.tryAll(unindexed);
        byLabel.forEach((label, values) -> values.forEachList(labels.get(label), search::tryAll));
        return Optional.ofNullable(search.best);
    }

    public int size() {
        return size;
    }

    /** The matcher that shares what it demands with fewest; empty if none demands anything. */
    private Optional<Matcher> rarest(SilencePeriod period) {
        Matcher rarest = null;
        int least = Integer.MAX_VALUE;
        for (Matcher matcher : period.silence().matchers().all()) {
            if (SilencesByValue.demands(matcher)) {
                int load = byLabel.getOrDefault(matcher.label(), NONE).load(matcher);
                if (load < least) {
                    least = load;
                    rarest = matcher;
                }
            }
        }
        return Optional.ofNullable(rarest);
    }

    /** The best of what was tried so far. */
    private static final class Search {
        private final LabelSet labels;
        private final long millis;
        private SilencePeriod best;

        Search(LabelSet labels, long millis) {
            this.labels = labels;
            this.millis = millis;
        }

        void tryAll(List<SilencePeriod> candidates) {
            for (int i = 0; i < candidates.size(); i++) {
                SilencePeriod candidate = candidates.get(i);
                if (candidate.holdsAt(millis)
                        && (best == null || BEST.compare(candidate, best) > 0)
                        && candidate.silence().matchers().match(labels)) {
                    best = candidate;
                }
            }
        }
    }
}
