// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.jobs.detection;

import io.incidentcommander.udfs.diagnosis.table.Numbers;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.Set;

/**
 * Which columns of a file are the time and the value of a series, and how they are read. Times are
 * ISO 8601, with a blank for the T as well, or Unix seconds or milliseconds; without an offset they
 * are UTC.
 */
final class SeriesColumns {
    static final String TIMESTAMP = "timestamp";
    static final String VALUE = "value";

    private static final Set<String> NO_VALUE =
            Set.of("", "nan", "null", "none", "na", "n/a", "inf", "+inf", "-inf");
    private static final double LARGEST_MILLIS = 9e15;

    private final int time;
    private final int value;
    private final int width;
    private final boolean named;

    private SeriesColumns(int time, int value, int width, boolean named) {
        this.time = time;
        this.value = value;
        this.width = width;
        this.named = named;
    }

    /**
     * By the first row of a file: the columns of those names, in any order; of two columns without
     * them, the first and the second; and so as well where the first row is data already.
     *
     * @return empty if that does not tell
     */
    static Optional<SeriesColumns> of(List<String> first) {
        if (first.size() >= 2
                && time(first.get(0)).isPresent()
                && number(first.get(1)).isPresent()) {
            return Optional.of(new SeriesColumns(0, 1, first.size(), false));
        }
        List<String> names = new ArrayList<>();
        first.forEach(name -> names.add(name.trim().toLowerCase(Locale.ROOT)));
        int time = names.indexOf(TIMESTAMP);
        int value = names.indexOf(VALUE);
        boolean once = time == names.lastIndexOf(TIMESTAMP) && value == names.lastIndexOf(VALUE);
        if (time >= 0 && value >= 0 && once) {
            return Optional.of(new SeriesColumns(time, value, names.size(), true));
        }
        return names.size() == 2 && time < 0 && value < 0
                ? Optional.of(new SeriesColumns(0, 1, 2, true))
                : Optional.empty();
    }

    /** Whether the first row is names. */
    boolean isNamed() {
        return named;
    }

    boolean fits(List<String> row) {
        return row.size() == width;
    }

    /** Milliseconds since 1970; empty if it is no time. */
    OptionalLong timeOf(List<String> row) {
        return time(row.get(time));
    }

    /** NaN for one that is missing; empty if it is no number. */
    OptionalDouble valueOf(List<String> row) {
        return number(row.get(value));
    }

    private static OptionalLong time(String cell) {
        OptionalDouble seconds = Numbers.time(cell);
        if (seconds.isPresent()) {
            double millis = Math.rint(seconds.getAsDouble() * 1_000);
            return Math.abs(millis) < LARGEST_MILLIS
                    ? OptionalLong.of((long) millis)
                    : OptionalLong.empty();
        }
        try {
            return OptionalLong.of(
                    LocalDate.parse(cell.trim())
                            .atStartOfDay()
                            .toInstant(ZoneOffset.UTC)
                            .toEpochMilli());
        } catch (DateTimeException e) {
            return OptionalLong.empty();
        }
    }

    private static OptionalDouble number(String cell) {
        if (NO_VALUE.contains(cell.trim().toLowerCase(Locale.ROOT))) {
            return OptionalDouble.of(Double.NaN);
        }
        try {
            return OptionalDouble.of(Double.parseDouble(cell.trim()));
        } catch (NumberFormatException e) {
            return OptionalDouble.empty();
        }
    }
}
