// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.udfs.detection.anomaly;

import io.incidentcommander.model.detection.anomaly.BaselineMemory;

/**
 * Whether a series is a counter: of its first values (a day of them) nine in ten are above the one
 * before, and hardly any is below. Of a counter the growth is looked at, and where it falls it was
 * reset, so nothing is known of the growth. Growth that lasts is a counter as well, which is right:
 * what matters then is whether it grows as usual. Once a twentieth of the values falls, it was none
 * after all. Not thread safe.
 */
final class CounterSense {
    private static final double RISING = 0.9;
    private static final double FALLING = 0.01;
    private static final double NONE_AFTER_ALL = 0.05;
    private static final int FEW_FALLS = 5;

    private double seen;
    private double rises;
    private double falls;
    private double last = Double.NaN;
    private boolean decided;
    private boolean counter;

    /** What follows from a value for how the series is to be read. */
    enum Reading {
        /** The value itself counts. */
        GAUGE,
        /** Its distance from the last one counts. */
        GROWTH,
        /** Nothing counts: a counter began anew. */
        RESET,
        /** From now on growth counts, and all that was learnt is of something else. */
        TURNED_COUNTER,
        /** From now on values count, and all that was learnt is of something else. */
        TURNED_GAUGE
    }

    /**
     * @param enough so many values tell whether it is a counter
     */
    Reading read(double value, double enough) {
        boolean falling = value < last;
        seen++;
        rises += value > last ? 1 : 0;
        falls += falling ? 1 : 0;
        last = value;
        if (!decided && seen >= enough) {
            decided = true;
            counter = rises >= RISING * (seen - 1) && falls <= FALLING * seen;
            return counter ? Reading.TURNED_COUNTER : Reading.GAUGE;
        }
        if (!counter) {
            return Reading.GAUGE;
        }
        if (falls > Math.max(FEW_FALLS, NONE_AFTER_ALL * seen)) {
            counter = false;
            return Reading.TURNED_GAUGE;
        }
        return falling ? Reading.RESET : Reading.GROWTH;
    }

    /** Of the newest value over the one before; asked before {@link #read}. */
    double growth(double value) {
        return value - last;
    }

    void save(BaselineMemory.Writer to) {
        to.number(seen)
                .number(rises)
                .number(falls)
                .number(last)
                .number(decided ? 1 : 0)
                .number(counter ? 1 : 0);
    }

    void restore(BaselineMemory.Reader from) {
        seen = from.number();
        rises = from.number();
        falls = from.number();
        last = from.number();
        decided = from.number() != 0;
        counter = from.number() != 0;
    }
}
