// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.datagen.storm;

import java.time.Duration;

/** The same rate for ever. */
final class EvenSchedule implements Schedule {
    private static final long serialVersionUID = 1L;
    private static final long SECOND = 1_000_000_000L;

    private final long perSecond;

    EvenSchedule(long perSecond) {
        if (perSecond < 1 || perSecond > SECOND) {
            throw new IllegalArgumentException(
                    "The rate must be 1 to 1,000,000,000 records/s: " + perSecond);
        }
        this.perSecond = perSecond;
    }

    @Override
    public long offsetNanos(long n) {
        return n / perSecond * SECOND + n % perSecond * SECOND / perSecond;
    }

    @Override
    public long recordsWithin(Duration elapsed) {
        long part = elapsed.getNano() * perSecond;
        return elapsed.getSeconds() * perSecond + (part + SECOND - 1) / SECOND;
    }
}
