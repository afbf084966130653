// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.datagen.storm;

import java.io.Serializable;
import java.time.Duration;

/**
 * When each record of a storm is meant to be sent, as nanoseconds after the start of the storm; it
 * never decreases with the record's number. Immutable.
 */
public interface Schedule extends Serializable {
    /** Intended time of record {@code n} of the whole storm (ns after its start). */
    long offsetNanos(long n);

    /** How many records are meant to be sent before {@code elapsed} has passed. */
    long recordsWithin(Duration elapsed);

    /**
     * An even rate: record n at n / perSecond.
     *
     * @param perSecond records per second over all partitions, 1 to 1,000,000,000
     */
    static Schedule rate(long perSecond) {
        return new EvenSchedule(perSecond);
    }

    /**
     * A rate for each second, spread evenly within it; record numbers past the last second have no
     * time.
     *
     * @param perSecond records in each second, 0 or more
     */
    static Schedule perSecond(long... perSecond) {
        return new StepSchedule(perSecond);
    }
}
