// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.udfs.ingest;

/**
 * The one reading of time in messages. Understands ISO 8601 date-times ({@code
 * 2019-10-02T17:04:40.989+0000}; separator {@code T}, {@code t} or a space; seconds with an
 * optional fraction of up to nine digits after a point or comma; {@code Z}, {@code +hh}, {@code
 * +hhmm}, {@code +hh:mm}, or no zone, read as UTC) and epoch numbers in s, ms, us or ns, told apart
 * by magnitude, with an optional decimal fraction that counts for seconds only. What is finer than
 * a millisecond is cut off.
 *
 * <p>Years 1990 to 2100 are plausible; all else is {@link #INVALID}, but for {@code
 * 0001-01-01T00:00:00Z}, which senders write for "not ended": see {@link #isOpenEnd}.
 *
 * <p>Allocates nothing. The overloads agree on every text.
 */
public final class Timestamps {
    /** Not a time, or not a plausible one. */
    public static final long INVALID = Long.MIN_VALUE;

    private static final long OPEN_END = -62_135_596_800_000L;
    private static final long MIN_SECONDS = 631_152_000L; // 1990-01-01
    private static final long MAX_SECONDS = 4_133_980_800L; // 2101-01-01, exclusive
    private static final int MAX_LENGTH = 64;
    private static final int MAX_LONG_DIGITS = 19;
    private static final int MAX_FRACTION_DIGITS = 9;

    private Timestamps() {}

    /** Epoch milliseconds of the ASCII text in {@code b[from, to)}, or {@link #INVALID}. */
    public static long parse(byte[] b, int from, int to) {
        return parse(b, "", from, to);
    }

    /** Epoch milliseconds, or {@link #INVALID}. */
    public static long parse(CharSequence text) {
        return parse(null, text, 0, text.length());
    }

    /** Epoch milliseconds of an epoch number in s, ms, us or ns, or {@link #INVALID}. */
    public static long ofEpoch(long epoch) {
        return ofEpoch(epoch, 0);
    }

    /** Whether the time means "has not ended". */
    public static boolean isOpenEnd(long millis) {
        return millis == OPEN_END;
    }

    private static long parse(byte[] b, CharSequence s, int from, int to) {
        int length = to - from;
        if (length < 9 || length > MAX_LENGTH) {
            return INVALID;
        }
        return at(b, s, from + 4) == '-' ? iso(b, s, from, to) : epoch(b, s, from, to);
    }

    private static long epoch(byte[] b, CharSequence s, int from, int to) {
        long whole = 0;
        int i = from;
        while (i < to && isDigit(at(b, s, i))) {
            if (i - from == MAX_LONG_DIGITS) {
                return INVALID;
            }
            whole = whole * 10 + at(b, s, i) - '0';
            i++;
        }
        if (i == to) {
            return ofEpoch(whole, 0);
        }
        if (i == from || at(b, s, i) != '.' || i + 1 == to) {
            return INVALID;
        }
        int end = digitsEnd(b, s, i + 1, to);
        return end == to ? ofEpoch(whole, fractionMillis(b, s, i + 1, end)) : INVALID;
    }

    private static long ofEpoch(long whole, int fractionMillis) {
        if (inRange(whole, 1)) {
            return whole * 1000 + fractionMillis;
        }
        if (inRange(whole, 1_000)) {
            return whole;
        }
        if (inRange(whole, 1_000_000)) {
            return whole / 1_000;
        }
        return inRange(whole, 1_000_000_000) ? whole / 1_000_000 : INVALID;
    }

    private static boolean inRange(long epoch, long unitsPerSecond) {
        return epoch >= MIN_SECONDS * unitsPerSecond && epoch < MAX_SECONDS * unitsPerSecond;
    }

    private static long iso(byte[] b, CharSequence s, int from, int to) {
        if (to - from < 19 || !hasIsoSeparators(b, s, from)) {
            return INVALID;
        }
        int year = number(b, s, from, 4);
        int month = number(b, s, from + 5, 2);
        int day = number(b, s, from + 8, 2);
        int hour = number(b, s, from + 11, 2);
        int minute = number(b, s, from + 14, 2);
        int second = number(b, s, from + 17, 2);
        if (!isDate(year, month, day) || !isTimeOfDay(hour, minute, second)) {
            return INVALID;
        }
        int i = from + 19;
        int millis = 0;
        if (i < to && (at(b, s, i) == '.' || at(b, s, i) == ',')) {
            int end = digitsEnd(b, s, i + 1, to);
            if (end - i - 1 > MAX_FRACTION_DIGITS) {
                return INVALID;
            }
            millis = fractionMillis(b, s, i + 1, end);
            i = end;
        }
        int offsetSeconds = offsetSeconds(b, s, i, to);
        if (offsetSeconds == Integer.MIN_VALUE) {
            return INVALID;
        }
        long ofDay = hour * 3600L + minute * 60L + second - offsetSeconds;
        return plausible((daysFromEpoch(year, month, day) * 86_400L + ofDay) * 1000 + millis);
    }

    private static long plausible(long millis) {
        boolean inRange = millis >= MIN_SECONDS * 1000 && millis < MAX_SECONDS * 1000;
        return inRange || isOpenEnd(millis) ? millis : INVALID;
    }

    private static boolean hasIsoSeparators(byte[] b, CharSequence s, int from) {
        int t = at(b, s, from + 10);
        return at(b, s, from + 7) == '-'
                && (t == 'T' || t == 't' || t == ' ')
                && at(b, s, from + 13) == ':'
                && at(b, s, from + 16) == ':';
    }

    private static boolean isDate(int year, int month, int day) {
        return year >= 1 && month >= 1 && month <= 12 && day >= 1 && day <= days(year, month);
    }

    /** A leap second counts as the first second of the next minute. */
    private static boolean isTimeOfDay(int hour, int minute, int second) {
        return hour >= 0 && hour < 24 && minute >= 0 && minute < 60 && second >= 0 && second <= 60;
    }

    private static int days(int year, int month) {
        if (month == 2) {
            return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28;
        }
        return month == 4 || month == 6 || month == 9 || month == 11 ? 30 : 31;
    }

    /** Days since 1970-01-01 in the proleptic Gregorian calendar, years starting in March. */
    private static long daysFromEpoch(int year, int month, int day) {
        int y = month <= 2 ? year - 1 : year;
        int era = Math.floorDiv(y, 400);
        int yearOfEra = y - era * 400;
        int dayOfYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
        int dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear;
        return era * 146_097L + dayOfEra - 719_468;
    }

    /** Seconds east of UTC of the zone in {@code [i, to)}, or {@code Integer.MIN_VALUE}. */
    private static int offsetSeconds(byte[] b, CharSequence s, int i, int to) {
        if (i == to) {
            return 0;
        }
        int sign = at(b, s, i);
        if (sign == 'Z' || sign == 'z') {
            return i + 1 == to ? 0 : Integer.MIN_VALUE;
        }
        int length = to - i;
        boolean colon = length == 6 && at(b, s, i + 3) == ':';
        if ((sign != '+' && sign != '-') || !(length == 3 || length == 5 || colon)) {
            return Integer.MIN_VALUE;
        }
        int hours = number(b, s, i + 1, 2);
        int minutes = length == 3 ? 0 : number(b, s, to - 2, 2);
        if (hours < 0 || hours > 18 || minutes < 0 || minutes > 59) {
            return Integer.MIN_VALUE;
        }
        int seconds = hours * 3600 + minutes * 60;
        return sign == '-' ? -seconds : seconds;
    }

    /** The number in {@code digits} digits at {@code i}, or -1. */
    private static int number(byte[] b, CharSequence s, int i, int digits) {
        int value = 0;
        for (int k = i; k < i + digits; k++) {
            int c = at(b, s, k);
            if (!isDigit(c)) {
                return -1;
            }
            value = value * 10 + c - '0';
        }
        return value;
    }

    private static int digitsEnd(byte[] b, CharSequence s, int from, int to) {
        int i = from;
        while (i < to && isDigit(at(b, s, i))) {
            i++;
        }
        return i;
    }

    private static int fractionMillis(byte[] b, CharSequence s, int from, int end) {
        int millis = 0;
        for (int k = 0; k < 3; k++) {
            millis = millis * 10 + (from + k < end ? at(b, s, from + k) - '0' : 0);
        }
        return millis;
    }

    private static boolean isDigit(int c) {
        return c >= '0' && c <= '9';
    }

    private static int at(byte[] b, CharSequence s, int i) {
        return b != null ? b[i] : s.charAt(i);
    }
}
