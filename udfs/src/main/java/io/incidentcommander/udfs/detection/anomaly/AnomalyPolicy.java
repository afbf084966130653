// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.udfs.detection.anomaly;

import io.incidentcommander.udfs.sampling.Slices;
import java.io.Serializable;

/** Which series are watched, and when an anomaly begins and ends. Immutable. */
public final class AnomalyPolicy implements Serializable {
    /** A series is scored once for each of these: that of all its points in it that was last. */
    public static final Slices MINUTES = new Slices(60_000);

    /** After so long without a value a series is begun anew. */
    static final long MEMORY_MILLIS = 48 * 3_600_000L;

    /** So many unusual readings in a row, and an anomaly begins. */
    static final int BEGINS_AFTER = 2;

    /** So many usual readings in a row, and it is over. */
    static final int ENDS_AFTER = 3;

    private static final long serialVersionUID = 1L;
    private static final long GARBAGE_MILLIS = 3_600_000L;
    private static final int SPREAD_SECONDS = 60;

    private final int mostSeries;
    private final double leastScore;
    private final long latenessMillis;

    /**
     * @param mostSeries of a tenant that are watched
     * @param leastScore from which on a reading is unusual
     * @param latenessMillis how long after a minute its points are waited for
     */
    public AnomalyPolicy(int mostSeries, double leastScore, long latenessMillis) {
        this.mostSeries = mostSeries;
        this.leastScore = leastScore;
        this.latenessMillis = latenessMillis;
    }

    public int mostSeries() {
        return mostSeries;
    }

    double leastScore() {
        return leastScore;
    }

    /**
     * The watermark at which a minute of a series is judged: all its points are there, and the
     * series of a tenant are spread over the minute after that, since what comes behind waits while
     * they are judged.
     *
     * @param series a hash of the series
     */
    public long closesAt(long minuteMillis, long series) {
        return allThereAt(minuteMillis) + Math.floorMod(series, SPREAD_SECONDS) * 1_000L;
    }

    private long allThereAt(long minuteMillis) {
        return MINUTES.lastOf(minuteMillis) + latenessMillis;
    }

    /**
     * The watermark at which what is known of a series can be thrown away: some time after it no
     * longer counts, since how far a watermark has come must not decide anything.
     */
    public long forgottenAt(long lastMillis) {
        return allThereAt(lastMillis) + MEMORY_MILLIS + GARBAGE_MILLIS;
    }
}
