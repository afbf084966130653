// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.udfs.ingest.repeat;

import java.util.Arrays;

/**
 * A record that was decoded in full, and what its owner made of it. Keeps the record's own bytes.
 * Immutable, but for where its alerts have their times from, which is found out when first asked,
 * and for what {@link RepeatCache} notes of it.
 */
final class Template<V> {
    /** What an entry costs beside its bytes: objects, spans, and its place in a table. */
    static final int OVERHEAD_BYTES = 240;

    private static final int[] NO_SPANS = {};
    private static final long[] NO_TIMES = {};

    private final String source;
    private final int policy;
    private final byte[] bytes;
    private final int[] ends;
    private final int[] timeSpans;
    private final long[] times;
    private final long[] alertTimes;
    private final V value;
    private int[] origins; // null: not asked yet
    private boolean isMarked;

    /** Without times: those are part of what must be equal. */
    Template(String source, int policy, byte[] bytes, Spans spans, V value) {
        this(source, policy, bytes, spans, NO_TIMES, NO_TIMES, value);
    }

    /**
     * @param times at the time paths, in the order of {@code spans}
     * @param alertTimes of the alerts the record was decoded to
     */
    Template(
            String source,
            int policy,
            byte[] bytes,
            Spans spans,
            long[] times,
            long[] alertTimes,
            V value) {
        this.source = source;
        this.policy = policy;
        this.bytes = bytes;
        this.ends = new int[2 * spans.count()];
        for (int i = 0; i < spans.count(); i++) {
            ends[2 * i] = spans.from(i);
            ends[2 * i + 1] = spans.to(i);
        }
        this.timeSpans = times.length == 0 ? NO_SPANS : new int[times.length];
        for (int i = 0; i < times.length; i++) {
            timeSpans[i] = spans.ofTime(i);
        }
        this.times = times;
        this.alertTimes = alertTimes;
        this.value = value;
    }

    /**
     * Whether the record is of the same source and was scanned by the same policy, and all its
     * bytes but the volatile values are the same.
     */
    boolean matches(String otherSource, int otherPolicy, byte[] other, Spans spans) {
        return policy == otherPolicy
                && ends.length == 2 * spans.count()
                && source.equals(otherSource)
                && segmentsEqual(other, spans);
    }

    V value() {
        return value;
    }

    byte[] bytes() {
        return bytes;
    }

    int spanFrom(int span) {
        return ends[2 * span];
    }

    int spanTo(int span) {
        return ends[2 * span + 1];
    }

    int[] timeSpans() {
        return timeSpans;
    }

    long[] times() {
        return times;
    }

    long[] alertTimes() {
        return alertTimes;
    }

    /** See {@link TimeOrigins}; null until {@link #origins(int[])}. */
    int[] origins() {
        return origins;
    }

    void origins(int[] found) {
        origins = found;
    }

    /** It was of use. */
    void mark() {
        isMarked = true;
    }

    /** Whether it was of use since this was last asked. */
    boolean takeMark() {
        boolean was = isMarked;
        isMarked = false;
        return was;
    }

    /** Bytes held, about. */
    long weight() {
        return OVERHEAD_BYTES
                + bytes.length
                + 4L * ends.length
                + 12L * times.length
                + 12L * alertTimes.length;
    }

    private boolean segmentsEqual(byte[] other, Spans spans) {
        int from = 0;
        int otherFrom = 0;
        for (int i = 0; i < ends.length; i += 2) {
            if (!Arrays.equals(bytes, from, ends[i], other, otherFrom, spans.from(i >> 1))) {
                return false;
            }
            from = ends[i + 1];
            otherFrom = spans.to(i >> 1);
        }
        return Arrays.equals(bytes, from, bytes.length, other, otherFrom, other.length);
    }
}
