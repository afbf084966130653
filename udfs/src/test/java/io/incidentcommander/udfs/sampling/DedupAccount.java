// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.udfs.sampling;

import io.incidentcommander.model.audit.Disposition;
import io.incidentcommander.model.ingest.AlertId;
import io.incidentcommander.model.sampling.KnownAlert;
import io.incidentcommander.model.sampling.NotifyReason;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What came of a sequence: who was told of what, how many were not, and what is known. */
final class DedupAccount {
    final List<String> notified = new ArrayList<>();
    final Map<String, Long> notifiedBySource = new TreeMap<>();
    final Map<String, Long> restBySource = new TreeMap<>();
    final List<KnownAlert> known = new ArrayList<>();

    void take(DedupDecision decision) {
        for (RunDecision run : decision.runs()) {
            boolean last = run.notified() == RunDecision.Notified.LAST;
            if (last) {
                notify(run.run().lastId(), run.run().lastMillis(), run.reason().get());
                rest(run.run().source(), run.rest(), -1);
                continue;
            }
            boolean first = run.notified() == RunDecision.Notified.FIRST;
            if (first) {
                notify(run.run().firstId(), run.run().firstMillis(), run.reason().get());
            }
            rest(run.run().source(), run.rest(), run.run().count() - (first ? 1 : 0));
        }
        known.add(decision.known());
    }

    void notify(AlertId id, long millis, NotifyReason reason) {
        notified.add(id + " at " + millis + " " + reason);
        notifiedBySource.merge(id.source(), 1L, Long::sum);
    }

    void rest(String source, Disposition disposition, long n) {
        if (n != 0) {
            restBySource.merge(source + " " + disposition, n, Long::sum);
        }
    }

    /** Alerts accounted for, of this source. */
    long alerts(String source) {
        long rest =
                restBySource.entrySet().stream()
                        .filter(e -> e.getKey().startsWith(source + " "))
                        .mapToLong(Map.Entry::getValue)
                        .sum();
        return notifiedBySource.getOrDefault(source, 0L) + rest;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof DedupAccount that
                && notified.equals(that.notified)
                && nonZero().equals(that.nonZero())
                && known.equals(that.known);
    }

    @Override
    public int hashCode() {
        return notified.hashCode();
    }

    @Override
    public String toString() {
        return notified + ", rest " + nonZero() + ", known " + known;
    }

    private Map<String, Long> nonZero() {
        Map<String, Long> counts = new TreeMap<>(restBySource);
        counts.values().removeIf(n -> n == 0);
        return counts;
    }
}
