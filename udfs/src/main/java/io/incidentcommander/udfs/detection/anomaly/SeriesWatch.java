// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.udfs.detection.anomaly;

import io.incidentcommander.model.detection.anomaly.BaselineMemory;
import io.incidentcommander.model.detection.anomaly.WatchedSeries;
import java.util.Optional;

/**
 * When an anomaly of a series begins and ends: a function of its readings, minute by minute. It
 * begins with the last of {@value AnomalyPolicy#BEGINS_AFTER} readings in a row that score enough
 * and are outside of what is expected, and ends with the last of {@value AnomalyPolicy#ENDS_AFTER}
 * in a row that are back. So a single spike is none, and neither is the way back. A series of which
 * nothing came for 48 h is begun anew, and what stood of it is forgotten.
 *
 * <p>Back is what is as near to the expected as was usual before the anomaly, or has come nine
 * tenths of the way: the bounds themselves widen while an anomaly lasts, which must not end it. Nor
 * does the way back leave traces: for a day what is within that last tenth begins no other.
 */
public final class SeriesWatch {
    /** This much of the way an anomaly went is no distance. */
    private static final double BACK = 0.1;

    private static final long AFTERMATH_MILLIS = 24 * 3_600_000L;

    private final AnomalyPolicy policy;

    public SeriesWatch(AnomalyPolicy policy) {
        this.policy = policy;
    }

    /**
     * Takes the next reading in; one of a minute that was scored already, or before it, says
     * nothing.
     *
     * @param known empty: the series is new
     */
    public Outcome watch(Optional<WatchedSeries> known, long minuteMillis, double value) {
        Optional<WatchedSeries> before =
                known.filter(k -> minuteMillis - k.lastMillis() <= AnomalyPolicy.MEMORY_MILLIS);
        if (before.filter(k -> minuteMillis <= k.lastMillis()).isPresent()) {
            return new Outcome(before.get(), Change.LATE, AnomalyReading.nothing());
        }
        AnomalyBaseline baseline =
                before.map(k -> AnomalyBaseline.of(k.memory())).orElseGet(AnomalyBaseline::new);
        AnomalyReading reading = baseline.observe(minuteMillis, value);
        BaselineMemory memory = baseline.memory();
        WatchedSeries now =
                before.map(k -> k.at(memory, minuteMillis))
                        .orElseGet(() -> WatchedSeries.usual(memory, minuteMillis));
        if (Double.isNaN(reading.observed())) {
            return new Outcome(now, Change.NONE, reading);
        }
        return now.isAnomalous() ? goesOn(now, reading) : stays(now, reading);
    }

    private Outcome stays(WatchedSeries usual, AnomalyReading reading) {
        int streak = isUnusual(usual, reading) ? usual.streak() + 1 : 0;
        if (streak < AnomalyPolicy.BEGINS_AFTER) {
            return new Outcome(usual.withStreak(streak), Change.NONE, reading);
        }
        double reach = (reading.upper() - reading.expected()) / reading.deviation();
        return new Outcome(
                usual.began(Double.isFinite(reach) ? reach : 0, reading.distance()),
                Change.BEGAN,
                reading);
    }

    private boolean isUnusual(WatchedSeries usual, AnomalyReading reading) {
        boolean isAftermath =
                usual.lastMillis() - usual.changedMillis() <= AFTERMATH_MILLIS
                        && reading.distance() <= BACK * usual.distance();
        return reading.score() >= policy.leastScore() && !reading.isWithin() && !isAftermath;
    }

    private static Outcome goesOn(WatchedSeries anomalous, AnomalyReading reading) {
        double near =
                Math.max(anomalous.reach() * reading.deviation(), BACK * anomalous.distance());
        AnomalyReading judged = reading.within(near);
        int streak = judged.isWithin() ? anomalous.streak() + 1 : 0;
        return streak < AnomalyPolicy.ENDS_AFTER
                ? new Outcome(anomalous.withStreak(streak), Change.NONE, judged)
                : new Outcome(anomalous.ended(), Change.ENDED, judged);
    }

    /** What a reading means. */
    public enum Change {
        /** All is as it was. */
        NONE,
        /** The reading came too late to say anything. */
        LATE,
        /** An anomaly begins. */
        BEGAN,
        /** The series is back. */
        ENDED
    }

    /** The series after a reading, and what that means. Immutable. */
    public static final class Outcome {
        private final WatchedSeries series;
        private final Change change;
        private final AnomalyReading reading;

        Outcome(WatchedSeries series, Change change, AnomalyReading reading) {
            this.series = series;
            this.change = change;
            this.reading = reading;
        }

        public WatchedSeries series() {
            return series;
        }

        public Change change() {
            return change;
        }

        public AnomalyReading reading() {
            return reading;
        }
    }
}
