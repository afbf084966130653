// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.udfs.communication.plan;

import io.incidentcommander.model.communication.QuietHours;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZonedDateTime;
import java.time.zone.ZoneOffsetTransition;

/**
 * When a quiet night ends. On a day on which clocks change it ends when the wall clock first shows
 * the hour, or would have: after a gap that swallows the hour, at the end of the gap.
 */
public final class QuietTimes {
    private QuietTimes() {}

    /** Whether the wall clock is within the quiet hours. */
    public static boolean isQuiet(QuietHours hours, long millis) {
        LocalTime time = Instant.ofEpochMilli(millis).atZone(hours.zone()).toLocalTime();
        int minute = time.getHour() * 60 + time.getMinute();
        int from = hours.fromMinute();
        int until = hours.untilMinute();
        return from <= until ? minute >= from && minute < until : minute >= from || minute < until;
    }

    /** The time itself if it is not quiet, else the end of the quiet hours it is in. */
    public static long notBefore(QuietHours hours, long millis) {
        if (!isQuiet(hours, millis)) {
            return millis;
        }
        ZonedDateTime now = Instant.ofEpochMilli(millis).atZone(hours.zone());
        LocalTime end = LocalTime.of(hours.untilMinute() / 60, hours.untilMinute() % 60);
        LocalDate day = now.toLocalDate();
        long morning = instant(day.atTime(end), hours, millis);
        return morning > millis ? morning : instant(day.plusDays(1).atTime(end), hours, millis);
    }

    private static long instant(LocalDateTime wall, QuietHours hours, long after) {
        ZoneOffsetTransition change = hours.zone().getRules().getTransition(wall);
        if (change != null && change.isGap()) {
            return change.getInstant().toEpochMilli();
        }
        ZonedDateTime first = wall.atZone(hours.zone());
        long millis = first.withEarlierOffsetAtOverlap().toInstant().toEpochMilli();
        return millis > after
                ? millis
                : first.withLaterOffsetAtOverlap().toInstant().toEpochMilli();
    }
}
