// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.udfs.lifecycle;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;

/** Monday to Friday, 9:00 to 17:00, by the clock of a time zone. */
public final class BusinessHours {
    private static final LocalTime OPEN = LocalTime.of(9, 0);
    private static final LocalTime CLOSE = LocalTime.of(17, 0);

    private BusinessHours() {}

    /** How much of a stretch of time lies in business hours; epoch milliseconds. */
    public static long millisBetween(long fromMillis, long toMillis, ZoneId zone) {
        long sum = 0;
        if (toMillis <= fromMillis) {
            return sum;
        }
        LocalDate last = Instant.ofEpochMilli(toMillis).atZone(zone).toLocalDate();
        LocalDate day = Instant.ofEpochMilli(fromMillis).atZone(zone).toLocalDate();
        for (; !day.isAfter(last); day = day.plusDays(1)) {
            if (day.getDayOfWeek().compareTo(DayOfWeek.FRIDAY) <= 0) {
                long open = day.atTime(OPEN).atZone(zone).toInstant().toEpochMilli();
                long close = day.atTime(CLOSE).atZone(zone).toInstant().toEpochMilli();
                sum += Math.max(0, Math.min(close, toMillis) - Math.max(open, fromMillis));
            }
        }
        return sum;
    }
}
