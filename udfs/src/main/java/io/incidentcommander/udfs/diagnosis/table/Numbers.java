// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.udfs.diagnosis.table;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.OptionalDouble;

/** Numbers and times as people and tools write them into tables. */
public final class Numbers {
    /** Seconds since 1970 are below this until the year 5138; milliseconds are above since 1973. */
    private static final double FIRST_MILLIS = 1e11;

    private Numbers() {}

    /** NaN for what is missing, infinite, or no number. */
    static double of(String cell) {
        if (cell.isEmpty()) {
            return Double.NaN;
        }
        try {
            double value = Double.parseDouble(cell);
            return Double.isInfinite(value) ? Double.NaN : value;
        } catch (NumberFormatException e) {
            return Double.NaN;
        }
    }

    /** Unix seconds from Unix seconds or milliseconds, or a date and time of ISO 8601, UTC. */
    public static OptionalDouble time(String text) {
        double number = of(text);
        if (!Double.isNaN(number)) {
            return OptionalDouble.of(number >= FIRST_MILLIS ? number / 1000 : number);
        }
        String iso = text.trim().replace(' ', 'T');
        try {
            return OptionalDouble.of(seconds(OffsetDateTime.parse(iso).toInstant()));
        } catch (DateTimeException e) {
            // Not with an offset: the next try is without.
        }
        try {
            return OptionalDouble.of(seconds(LocalDateTime.parse(iso).toInstant(ZoneOffset.UTC)));
        } catch (DateTimeException e) {
            return OptionalDouble.empty();
        }
    }

    private static double seconds(Instant time) {
        return time.getEpochSecond() + time.getNano() / 1e9;
    }
}
