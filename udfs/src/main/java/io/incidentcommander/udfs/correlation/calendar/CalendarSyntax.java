// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.udfs.correlation.calendar;

import java.time.DateTimeException;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;

/**
 * The words of Alertmanager's time intervals: {@code '09:00'}, {@code 'monday:friday'}, {@code
 * '-3:-1'}, {@code 'may:august'}, {@code '2024:2026'}, {@code 'Europe/Berlin'}. Every method throws
 * {@link IllegalArgumentException} with a message that says what would do.
 */
final class CalendarSyntax {
    private static final List<String> DAYS =
            List.of("sunday", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday");
    private static final List<String> MONTHS =
            List.of(
                    "january",
                    "february",
                    "march",
                    "april",
                    "may",
                    "june",
                    "july",
                    "august",
                    "september",
                    "october",
                    "november",
                    "december");

    private CalendarSyntax() {}

    /** Minutes of the day; the end is exclusive, so the range ends a minute before. */
    static NumberRange times(String start, String end) {
        int from = minute(start);
        int until = minute(end);
        if (until <= from) {
            throw new IllegalArgumentException(
                    "end_time " + end + " must come after start_time " + start);
        }
        return new NumberRange(from, until - 1);
    }

    static NumberRange weekdays(String text) {
        String[] ends = ends(text);
        NumberRange range = new NumberRange(weekday(ends[0]), weekday(ends[1]));
        return inOrder(range, text, "weekdays begin with sunday");
    }

    static NumberRange daysOfMonth(String text) {
        String[] ends = ends(text);
        NumberRange range = new NumberRange(day(ends[0]), day(ends[1]));
        if (range.first() < 0 && range.last() > 0) {
            throw new IllegalArgumentException(
                    "'" + text + "': a range from a negative day must end at a negative one");
        }
        int first = range.first() < 0 ? 28 + range.first() : range.first();
        int last = range.last() < 0 ? 28 + range.last() : range.last();
        if (first > last) {
            throw new IllegalArgumentException(
                    "'" + text + "' ends before it begins, in a month of 28 days at least");
        }
        return range;
    }

    static NumberRange months(String text) {
        String[] ends = ends(text);
        return inOrder(new NumberRange(month(ends[0]), month(ends[1])), text, "from 1 to 12");
    }

    static NumberRange years(String text) {
        String[] ends = ends(text);
        return inOrder(new NumberRange(number(ends[0]), number(ends[1])), text, "earliest first");
    }

    static ZoneId location(String text) {
        if (text.equals("Local")) {
            throw new IllegalArgumentException(
                    "'Local' depends on the machine; name a time zone, as in Europe/Berlin");
        }
        try {
            return text.isEmpty() ? ZoneOffset.UTC : ZoneId.of(text);
        } catch (DateTimeException e) {
            throw new IllegalArgumentException(
                    "'" + text + "' is no time zone; use one as in Europe/Berlin", e);
        }
    }

    private static NumberRange inOrder(NumberRange range, String text, String rule) {
        if (range.first() > range.last()) {
            throw new IllegalArgumentException(
                    "'" + text + "' ends before it begins (" + rule + ")");
        }
        return range;
    }

    private static String[] ends(String text) {
        String lower = text.strip().toLowerCase(Locale.ROOT);
        String[] ends = lower.split(":", -1);
        if (ends.length > 2 || ends[0].isEmpty() || ends[ends.length - 1].isEmpty()) {
            throw new IllegalArgumentException("'" + text + "' is neither one nor a range FROM:TO");
        }
        return new String[] {ends[0].strip(), ends[ends.length - 1].strip()};
    }

    private static int minute(String text) {
        if (!text.matches("([01][0-9]|2[0-3]):[0-5][0-9]|24:00")) {
            throw new IllegalArgumentException(
                    "'" + text + "' is no time of day; 00:00 to 24:00, as in '09:00'");
        }
        return Integer.parseInt(text.substring(0, 2)) * 60 + Integer.parseInt(text.substring(3));
    }

    private static int weekday(String text) {
        int day = DAYS.indexOf(text);
        if (day < 0) {
            throw new IllegalArgumentException("'" + text + "' is no weekday; use " + DAYS);
        }
        return day;
    }

    private static int day(String text) {
        int day = number(text);
        if (day == 0 || day < -31 || day > 31) {
            throw new IllegalArgumentException(
                    "'" + text + "' is no day of a month; 1 to 31, or -1 (the last) to -31");
        }
        return day;
    }

    private static int month(String text) {
        int byName = MONTHS.indexOf(text) + 1;
        if (byName > 0) {
            return byName;
        }
        int month = number(text);
        if (month < 1 || month > 12) {
            throw new IllegalArgumentException("'" + text + "' is no month; 1 to 12 or a name");
        }
        return month;
    }

    private static int number(String text) {
        try {
            return Integer.parseInt(text);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("'" + text + "' is no whole number", e);
        }
    }
}
