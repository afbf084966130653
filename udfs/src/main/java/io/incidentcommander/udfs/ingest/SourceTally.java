// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.udfs.ingest;

import io.incidentcommander.model.ingest.SourceReport;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalLong;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/**
 * Counts what sources bring by tenant and stretches of ten seconds of event time, until it is
 * drained; and knows how each source does, for whoever watches. Bound: the stretches since it was
 * drained last, and the sources there are. Not thread safe, but what is asked of a {@link Quality}
 * may be from any thread, a little late. Times in epoch milliseconds.
 */
public final class SourceTally {
    private static final long STRETCH_MILLIS = 10_000;
    private static final long NEVER = Long.MIN_VALUE;

    private final UnaryOperator<String> tenantOf;
    private final Consumer<Quality> begun;
    private final Map<String, Quality> sources = new LinkedHashMap<>();
    private Quality last;

    /**
     * @param tenantOf the tenant of a source
     * @param begun is told of each source once, at its first record
     */
    public SourceTally(UnaryOperator<String> tenantOf, Consumer<Quality> begun) {
        this.tenantOf = tenantOf;
        this.begun = begun;
    }

    /**
     * A record could be read.
     *
     * @param originalMillis when it says that what it bears happened
     * @param eventMillis the same, corrected
     * @param arrivalMillis {@code eventMillis} if it is not known
     */
    public void heard(String source, long originalMillis, long eventMillis, long arrivalMillis) {
        Quality quality = of(source);
        quality.heard(originalMillis, eventMillis, arrivalMillis);
        quality.stretch(eventMillis).heard(eventMillis);
    }

    /**
     * A record could not be read.
     *
     * @param arrivalMillis empty: as of the latest event of the source; none before the first
     */
    public void malformed(String source, OptionalLong arrivalMillis) {
        Quality quality = of(source);
        quality.malformed++;
        long at = arrivalMillis.orElse(quality.latestMillis);
        if (at != NEVER) {
            quality.stretch(at).malformed();
        }
    }

    /** The reports since the last time; of each stretch one. */
    public void drain(Consumer<SourceReport> to) {
        for (Quality quality : sources.values()) {
            quality.drain(to);
        }
    }

    @SuppressWarnings("ReferenceEquality")
    private Quality of(String source) {
        if (last == null || last.source != source) {
            last = sources.get(source);
            if (last == null) {
                last = new Quality(source, tenantOf.apply(source));
                sources.put(source, last);
                begun.accept(last);
            }
        }
        return last;
    }

    /** How one source does. */
    public static final class Quality {
        private final String source;
        private final String tenant;
        private final Map<Long, Stretch> stretches = new LinkedHashMap<>();
        private Stretch lastStretch;
        private long latestMillis = NEVER;
        private long latestArrivalMillis = NEVER;
        private long lagMillis;
        private long skewMillis;
        private long heard;
        private long malformed;

        private Quality(String source, String tenant) {
            this.source = source;
            this.tenant = tenant;
        }

        public String source() {
            return source;
        }

        /** What the time of the latest record was corrected by. */
        public long skewMillis() {
            return skewMillis;
        }

        /** From event to arrival, of the latest record. */
        public long lagMillis() {
            return lagMillis;
        }

        /** Of all records since the start, those that could not be read. */
        public double malformedShare() {
            long all = heard + malformed;
            return all == 0 ? 0 : (double) malformed / all;
        }

        /** How long nothing came that could be read; 0 before the first. */
        public long silentMillis(long nowMillis) {
            return latestArrivalMillis == NEVER ? 0 : Math.max(0, nowMillis - latestArrivalMillis);
        }

        private void heard(long originalMillis, long eventMillis, long arrivalMillis) {
            heard++;
            skewMillis = eventMillis - originalMillis;
            lagMillis = arrivalMillis - eventMillis;
            latestArrivalMillis = Math.max(latestArrivalMillis, arrivalMillis);
            latestMillis = Math.max(latestMillis, eventMillis);
        }

        private Stretch stretch(long millis) {
            if (lastStretch == null || !lastStretch.holds(millis)) {
                long begin = Math.floorDiv(millis, STRETCH_MILLIS) * STRETCH_MILLIS;
                lastStretch = stretches.computeIfAbsent(begin, Stretch::new);
            }
            return lastStretch;
        }

        private void drain(Consumer<SourceReport> to) {
            for (Stretch stretch : stretches.values()) {
                to.accept(stretch.report(source, tenant));
            }
            stretches.clear();
            lastStretch = null;
        }
    }

    private static final class Stretch {
        private final long beginMillis;
        private long heardMillis = NEVER;
        private long records;
        private long malformed;

        Stretch(long beginMillis) {
            this.beginMillis = beginMillis;
        }

        boolean holds(long millis) {
            return millis >= beginMillis && millis < beginMillis + STRETCH_MILLIS;
        }

        void heard(long millis) {
            records++;
            heardMillis = Math.max(heardMillis, millis);
        }

        void malformed() {
            records++;
            malformed++;
        }

        SourceReport report(String source, String tenant) {
            return new SourceReport(tenant, source, beginMillis, heardMillis, records, malformed);
        }
    }
}
