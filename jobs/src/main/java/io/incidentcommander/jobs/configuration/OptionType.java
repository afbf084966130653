// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.jobs.configuration;

import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * How the value of an option is written, read and bounded. Immutable.
 *
 * @param <T> an immutable type
 */
public final class OptionType<T> {
    private final String name;
    private final Function<String, T> parser;
    private final Function<T, String> formatter;

    private OptionType(String name, Function<String, T> parser, Function<T, String> formatter) {
        this.name = name;
        this.parser = parser;
        this.formatter = formatter;
    }

    /** A whole number from {@code least} to {@code most}, both included. */
    public static OptionType<Integer> integer(int least, int most) {
        String name =
                most == Integer.MAX_VALUE
                        ? "integer, " + least + " or more"
                        : "integer, " + least + " to " + most;
        return new OptionType<>(
                name,
                text -> {
                    int value = Integer.parseInt(text.replace("_", ""));
                    require(value >= least && value <= most, text, name);
                    return value;
                },
                String::valueOf);
    }

    /** A whole number that divides {@code number}. */
    public static OptionType<Integer> divisor(int number) {
        String name = "whole number that divides " + number;
        return new OptionType<>(
                name,
                text -> {
                    int value = Integer.parseInt(text.replace("_", ""));
                    require(value > 0 && number % value == 0, text, name);
                    return value;
                },
                String::valueOf);
    }

    /** A number from {@code least} to {@code most}, both included. */
    public static OptionType<Double> number(double least, double most) {
        String name = "number, " + least + " to " + most;
        return new OptionType<>(
                name,
                text -> {
                    double value = Double.parseDouble(text);
                    require(value >= least && value <= most, text, name);
                    return value;
                },
                String::valueOf);
    }

    /** An exact decimal, not negative: money and factors of money. */
    public static OptionType<BigDecimal> decimal() {
        String name = "decimal, 0 or more";
        return new OptionType<>(
                name,
                text -> {
                    BigDecimal value = new BigDecimal(text);
                    require(value.signum() >= 0, text, name);
                    return value;
                },
                BigDecimal::toPlainString);
    }

    /** A duration of at least one millisecond. */
    public static OptionType<Duration> duration() {
        String name = "duration";
        return new OptionType<>(
                name,
                text -> {
                    Duration value = DurationText.parse(text);
                    require(value.toMillis() > 0, text, "duration above zero");
                    return value;
                },
                DurationText::format);
    }

    /** A duration from {@code least} to {@code most}, both included. */
    public static OptionType<Duration> duration(Duration least, Duration most) {
        String name =
                "duration, " + DurationText.format(least) + " to " + DurationText.format(most);
        return new OptionType<>(
                name,
                text -> {
                    Duration value = DurationText.parse(text);
                    require(value.compareTo(least) >= 0 && value.compareTo(most) <= 0, text, name);
                    return value;
                },
                DurationText::format);
    }

    /** Any text. */
    public static OptionType<String> text() {
        return new OptionType<>("text", Function.identity(), Function.identity());
    }

    /** Texts separated by commas; blanks around each do not count. */
    public static OptionType<List<String>> texts() {
        return new OptionType<>(
                "texts, separated by commas",
                OptionType::split,
                values -> String.join(", ", values));
    }

    /** One constant of an enum, written in lower case with hyphens. */
    public static <E extends Enum<E>> OptionType<E> oneOf(Class<E> type) {
        List<E> constants = Arrays.asList(type.getEnumConstants());
        String name = constants.stream().map(OptionType::word).collect(Collectors.joining(" or "));
        return new OptionType<>(
                name,
                text ->
                        constants.stream()
                                .filter(constant -> word(constant).equalsIgnoreCase(text))
                                .findFirst()
                                .orElseThrow(
                                        () -> new IllegalArgumentException(refusal(text, name))),
                OptionType::word);
    }

    /** What may be written, for people. */
    public String name() {
        return name;
    }

    /**
     * Reads and checks a value.
     *
     * @throws IllegalArgumentException if the text is no such value; the message says what is
     */
    public T parse(String text) {
        String stripped = text.strip();
        try {
            return parser.apply(stripped);
        } catch (NumberFormatException | DateTimeException e) {
            throw new IllegalArgumentException(refusal(stripped, name), e);
        }
    }

    /** The text that {@link #parse} reads back as the same value. */
    public String format(T value) {
        return formatter.apply(value);
    }

    private static List<String> split(String text) {
        List<String> values = new ArrayList<>();
        for (String value : text.split(",", -1)) {
            if (!value.isBlank()) {
                values.add(value.strip());
            }
        }
        return List.copyOf(values);
    }

    private static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private static void require(boolean fits, String text, String name) {
        if (!fits) {
            throw new IllegalArgumentException(refusal(text, name));
        }
    }

    private static String refusal(String text, String name) {
        return "'" + text + "' is not: " + name;
    }
}
