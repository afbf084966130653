// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.udfs.diagnosis.logs;

import java.io.Serializable;

/** The limits of what is made of logs. Immutable; durations in milliseconds of event time. */
public final class LogPolicy implements Serializable {
    private static final long serialVersionUID = 1L;

    /** Larger entries are skipped (bytes). */
    public static final int ENTRY_BYTES = 10 * 1024;

    /** So much is considered in one analysis (bytes). */
    public static final long TOTAL_BYTES = 100L << 20;

    /** Deeper objects and arrays are skipped. */
    public static final int DEPTH = 32;

    /** Characters kept of an example. */
    static final int EXAMPLE_CHARS = 400;

    /** Examples kept of a template. */
    static final int EXAMPLES = 3;

    private final long sliceMillis;
    private final int groupsPerSlice;
    private final int templates;
    private final long baselineMillis;
    private final long recentMillis;
    private final double significance;
    private final double leastRatio;

    private LogPolicy(
            long sliceMillis,
            int groupsPerSlice,
            int templates,
            long baselineMillis,
            long recentMillis,
            double significance,
            double leastRatio) {
        if (sliceMillis < 1 || groupsPerSlice < 1 || templates < 1) {
            throw new IllegalArgumentException(
                    "Logs need time and room, not "
                            + sliceMillis
                            + ", "
                            + groupsPerSlice
                            + ", "
                            + templates);
        }
        if (baselineMillis < sliceMillis || recentMillis < sliceMillis) {
            throw new IllegalArgumentException(
                    "Both times compared are at least one slice long, not "
                            + baselineMillis
                            + ", "
                            + recentMillis);
        }
        if (!(significance > 0 && significance < 1 && leastRatio >= 1)) {
            throw new IllegalArgumentException(
                    "A significance is in (0,1) and a ratio at least 1, not "
                            + significance
                            + ", "
                            + leastRatio);
        }
        this.sliceMillis = sliceMillis;
        this.groupsPerSlice = groupsPerSlice;
        this.templates = templates;
        this.baselineMillis = baselineMillis;
        this.recentMillis = recentMillis;
        this.significance = significance;
        this.leastRatio = leastRatio;
    }

    /**
     * Slices of 10 s with 200 groups of a service each, 200 templates a service, the last 5 minutes
     * against the 55 before, significance 0.01 after correction, at least twice as often.
     */
    public static LogPolicy defaults() {
        return new LogPolicy(10_000, 200, 200, 55 * 60_000L, 5 * 60_000L, 0.01, 2);
    }

    /** With room for so much of each service. */
    public LogPolicy withRoom(int groupsEachSlice, int templatesAtMost) {
        return new LogPolicy(
                sliceMillis,
                groupsEachSlice,
                templatesAtMost,
                baselineMillis,
                recentMillis,
                significance,
                leastRatio);
    }

    /** Comparing the last {@code recent} with the {@code baseline} before it. */
    public LogPolicy withTimes(long baseline, long recent) {
        return new LogPolicy(
                sliceMillis, groupsPerSlice, templates, baseline, recent, significance, leastRatio);
    }

    public long sliceMillis() {
        return sliceMillis;
    }

    /** The start of the slice that a time is in. */
    public long sliceOf(long millis) {
        return Math.floorDiv(millis, sliceMillis) * sliceMillis;
    }

    public int groupsPerSlice() {
        return groupsPerSlice;
    }

    /** Kept of each service at most. */
    public int templates() {
        return templates;
    }

    public long baselineMillis() {
        return baselineMillis;
    }

    public long recentMillis() {
        return recentMillis;
    }

    /** Both times together: older counts are forgotten. */
    public long windowMillis() {
        return baselineMillis + recentMillis;
    }

    /** Of all templates of a service together (family-wise). */
    public double significance() {
        return significance;
    }

    /** What comes less than so many times as often as usual is no news, however significant. */
    public double leastRatio() {
        return leastRatio;
    }
}
