// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.operators.correlation;

import io.incidentcommander.model.correlation.CorrelationSnapshot;
import io.incidentcommander.model.detection.PatternMatch;
import io.incidentcommander.model.sampling.NotableAlert;
import io.incidentcommander.udfs.correlation.CorrelationPolicy;
import io.incidentcommander.udfs.correlation.TenantCorrelation;
import io.incidentcommander.udfs.correlation.catalogue.Catalogues;
import io.incidentcommander.udfs.sampling.Slices;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** A tenant at work: its correlation, and the seconds of event time that are not closed. */
final class TenantSlot {
    private static final Slices SECONDS = new Slices(1000);

    /** Whatever the order of arrival; what sources brought adds up in any. */
    private static final Comparator<TenantNews> IN_ORDER =
            Comparator.comparingLong(TenantNews::atMillis)
                    .thenComparing(news -> news.match().map(PatternMatch::patternId).orElse(""))
                    .thenComparing(news -> news.match().map(PatternMatch::subject).orElse(""))
                    .thenComparing(news -> news.match().map(PatternMatch::words).orElse(""));

    private final TenantCorrelation correlation;
    private final TreeMap<Long, List<NotableAlert>> waiting = new TreeMap<>();
    private final TreeMap<Long, Long> seen = new TreeMap<>();
    private final TreeMap<Long, List<TenantNews>> news = new TreeMap<>();
    private boolean changed;

    TenantSlot(CorrelationPolicy policy, Catalogues catalogues, CorrelationState state)
            throws Exception {
        correlation =
                new TenantCorrelation(
                        policy, catalogues, state.known().orElse(CorrelationSnapshot.empty()));
        state.waiting().forEach(this::await);
        seen.putAll(state.seen());
        state.news().forEach(this::await);
        changed = false;
    }

    TenantCorrelation correlation() {
        changed = true;
        return correlation;
    }

    static long closesAt(long timeMillis) {
        return SECONDS.lastOf(timeMillis);
    }

    void await(NotableAlert notable) {
        long second = SECONDS.startOf(notable.alert().eventTimeMillis());
        waiting.computeIfAbsent(second, s -> new ArrayList<>()).add(notable);
        changed = true;
    }

    void await(long second, long alerts) {
        seen.merge(second, alerts, Long::sum);
        changed = true;
    }

    /** A pattern that was seen, or what a source brought. */
    void await(TenantNews other) {
        long second = SECONDS.startOf(other.atMillis());
        news.computeIfAbsent(second, s -> new ArrayList<>(1)).add(other);
        changed = true;
    }

    /** The earliest second that is closed by then; empty if there is none. */
    Optional<Second> takeClosed(long watermark) {
        // At the end of input the watermark is as late as a time can be.
        if (waiting.isEmpty() && news.isEmpty() || closesNext() > watermark) {
            return Optional.empty();
        }
        long begin = firstWaiting();
        List<NotableAlert> alerts = orEmpty(waiting.remove(begin));
        List<TenantNews> other = orEmpty(news.remove(begin));
        countUntil(closesAt(begin));
        alerts.sort(NotableAlert.IN_TIME);
        other.sort(IN_ORDER);
        changed = true;
        return Optional.of(new Second(begin, alerts, other));
    }

    private static <T> List<T> orEmpty(List<T> all) {
        return all == null ? new ArrayList<>(0) : all;
    }

    private long firstWaiting() {
        long alerts = waiting.isEmpty() ? Long.MAX_VALUE : waiting.firstKey();
        return news.isEmpty() ? alerts : Math.min(alerts, news.firstKey());
    }

    private long closesNext() {
        long first = firstWaiting();
        return first == Long.MAX_VALUE ? first : closesAt(first);
    }

    /** Counts what was seen in the seconds that are closed by then. */
    void countUntil(long watermark) {
        while (!seen.isEmpty() && closesAt(seen.firstKey()) <= watermark) {
            Map.Entry<Long, Long> second = seen.pollFirstEntry();
            correlation.seen(second.getKey(), second.getValue());
            changed = true;
        }
    }

    /** Event time at which something is to be done though nothing comes. */
    long due() {
        long due = correlation.forgottenAt();
        Optional<Long> over = correlation.nextOver();
        due = over.isPresent() ? Math.min(due, over.get()) : due;
        due = Math.min(due, closesNext());
        return seen.isEmpty() ? due : Math.min(due, closesAt(seen.firstKey()));
    }

    boolean isForgotten(long watermark) {
        return waiting.isEmpty()
                && news.isEmpty()
                && seen.isEmpty()
                && correlation.nextOver().isEmpty()
                && correlation.forgottenAt() <= watermark;
    }

    boolean isChanged() {
        return changed;
    }

    void store(CorrelationState state) throws Exception {
        List<NotableAlert> alerts = new ArrayList<>();
        waiting.values().forEach(alerts::addAll);
        List<TenantNews> other = new ArrayList<>();
        news.values().forEach(other::addAll);
        state.store(correlation.snapshot(), alerts, seen, other);
        changed = false;
    }

    /** What came in a second of event time, in order. */
    static final class Second {
        private final long beginMillis;
        private final List<NotableAlert> alerts;
        private final List<TenantNews> news;

        Second(long beginMillis, List<NotableAlert> alerts, List<TenantNews> news) {
            this.beginMillis = beginMillis;
            this.alerts = alerts;
            this.news = news;
        }

        long beginMillis() {
            return beginMillis;
        }

        List<NotableAlert> alerts() {
            return alerts;
        }

        List<TenantNews> news() {
            return news;
        }
    }
}
