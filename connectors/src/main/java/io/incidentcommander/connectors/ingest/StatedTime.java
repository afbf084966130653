// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.connectors.ingest;

/** What times a record states. Immutable. */
public final class StatedTime {
    /** No alert in the record lacks a time, and none tells one. */
    public static final StatedTime NONE_MISSING = new StatedTime(false, StatedTime.UNSTATED);

    /** Instead of a time: there is none. */
    static final long UNSTATED = Long.MIN_VALUE;

    private final boolean missing;
    private final long lastMillis;

    private StatedTime(boolean missing, long lastMillis) {
        this.missing = missing;
        this.lastMillis = lastMillis;
    }

    /** The last time in the record (epoch ms). */
    public static StatedTime last(long millis) {
        return new StatedTime(false, millis);
    }

    /** Besides this, an alert of the record states no time. */
    public StatedTime withOneMissing() {
        return new StatedTime(true, lastMillis);
    }

    /** Whether an alert of the record states no time. */
    boolean isMissing() {
        return missing;
    }

    /** Epoch ms, or {@link #UNSTATED}. */
    long lastMillis() {
        return lastMillis;
    }
}
