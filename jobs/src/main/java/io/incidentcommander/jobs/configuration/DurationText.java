// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.jobs.configuration;

import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Durations as people write them: {@code 500 ms}, {@code 5 min}, {@code 1h}, {@code 1 h 30 min};
 * ISO 8601 ({@code PT5M}) too. A number without a unit is refused, since nobody agrees on it.
 */
public final class DurationText {
    private static final Pattern PART = Pattern.compile("(\\d{1,15})\\s*([a-z]+)\\s*");

    private static final Duration MOST_MILLIS = Duration.ofMillis(Long.MAX_VALUE);

    private DurationText() {}

    /**
     * Adds up the parts of the text.
     *
     * @throws IllegalArgumentException if the text is no duration, naming the units there are
     */
    public static Duration parse(String text) {
        String plain = text.strip().toLowerCase(Locale.ROOT);
        if (plain.startsWith("p")) {
            return iso(text);
        }
        Matcher part = PART.matcher(plain);
        Duration sum = Duration.ZERO;
        int end = 0;
        while (end < plain.length()) {
            if (!part.find(end) || part.start() != end) {
                throw notADuration(text);
            }
            sum = plus(sum, of(Long.parseLong(part.group(1)), part.group(2), text), text);
            end = part.end();
        }
        if (end == 0) {
            throw notADuration(text);
        }
        return sum;
    }

    /** The shortest form that {@link #parse} reads back as the same: {@code 90 s}, {@code 1 h}. */
    public static String format(Duration duration) {
        if (duration.compareTo(MOST_MILLIS) > 0) {
            return duration.toHours() + " h";
        }
        long millis = duration.toMillis();
        if (millis == 0) {
            return "0 ms";
        }
        if (millis % 3_600_000 == 0) {
            return millis / 3_600_000 + " h";
        }
        if (millis % 60_000 == 0) {
            return millis / 60_000 + " min";
        }
        return millis % 1000 == 0 ? millis / 1000 + " s" : millis + " ms";
    }

    private static Duration plus(Duration sum, Duration part, String text) {
        try {
            return sum.plus(part);
        } catch (ArithmeticException e) {
            throw notADuration(text);
        }
    }

    private static Duration of(long amount, String unit, String text) {
        try {
            switch (unit) {
                case "ms":
                    return Duration.ofMillis(amount);
                case "s":
                case "sec":
                    return Duration.ofSeconds(amount);
                case "m":
                case "min":
                    return Duration.ofMinutes(amount);
                case "h":
                    return Duration.ofHours(amount);
                case "d":
                    return Duration.ofDays(amount);
                default:
                    throw notADuration(text);
            }
        } catch (ArithmeticException e) {
            throw notADuration(text);
        }
    }

    private static Duration iso(String text) {
        try {
            return Duration.parse(text.strip());
        } catch (DateTimeParseException e) {
            throw notADuration(text);
        }
    }

    private static IllegalArgumentException notADuration(String text) {
        return new IllegalArgumentException(
                "'" + text + "' is no duration; write 500 ms, 10 s, 5 min, 1 h or 1 d");
    }
}
