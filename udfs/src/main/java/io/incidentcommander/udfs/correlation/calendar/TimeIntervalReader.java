// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.udfs.correlation.calendar;

import io.incidentcommander.udfs.correlation.yaml.YamlNode;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** Reads Alertmanager's {@code time_intervals}; what is wrong goes to the document's problems. */
public final class TimeIntervalReader {
    private static final Set<String> KEYS =
            Set.of("times", "weekdays", "days_of_month", "months", "years", "location");

    private TimeIntervalReader() {}

    /** A list of {@code name} and {@code time_intervals}, by name. */
    public static Map<String, TimeIntervals> readAll(YamlNode list) {
        Map<String, TimeIntervals> named = new LinkedHashMap<>();
        for (YamlNode item : list.items()) {
            Map<String, YamlNode> fields = item.fields(Set.of("name", "time_intervals"));
            String name = fields.containsKey("name") ? fields.get("name").text() : "";
            if (name.isEmpty()) {
                item.problem("a time interval needs a name");
                continue;
            }
            List<TimeInterval> intervals = new ArrayList<>();
            if (fields.containsKey("time_intervals")) {
                fields.get("time_intervals").items().forEach(i -> intervals.add(one(i)));
            }
            if (named.put(name, new TimeIntervals(name, intervals)) != null) {
                item.problem("time interval " + name + " is there twice");
            }
        }
        return named;
    }

    private static TimeInterval one(YamlNode node) {
        Map<String, YamlNode> fields = node.fields(KEYS);
        return TimeInterval.builder()
                .minutes(times(fields.get("times")))
                .weekdays(ranges(fields.get("weekdays"), CalendarSyntax::weekdays))
                .daysOfMonth(ranges(fields.get("days_of_month"), CalendarSyntax::daysOfMonth))
                .months(ranges(fields.get("months"), CalendarSyntax::months))
                .years(ranges(fields.get("years"), CalendarSyntax::years))
                .location(location(fields.get("location")))
                .build();
    }

    private static List<NumberRange> times(YamlNode node) {
        List<NumberRange> ranges = new ArrayList<>();
        for (YamlNode item : node == null ? List.<YamlNode>of() : node.items()) {
            Map<String, YamlNode> fields = item.fields(Set.of("start_time", "end_time"));
            if (!fields.containsKey("start_time") || !fields.containsKey("end_time")) {
                item.problem("both start_time and end_time are needed");
                continue;
            }
            String start = fields.get("start_time").text();
            String end = fields.get("end_time").text();
            read(item, start, text -> CalendarSyntax.times(start, end)).ifPresent(ranges::add);
        }
        return ranges;
    }

    private static List<NumberRange> ranges(YamlNode node, Function<String, NumberRange> syntax) {
        List<NumberRange> ranges = new ArrayList<>();
        for (YamlNode item : node == null ? List.<YamlNode>of() : node.items()) {
            read(item, item.text(), syntax).ifPresent(ranges::add);
        }
        return ranges;
    }

    private static ZoneId location(YamlNode node) {
        return node == null
                ? ZoneOffset.UTC
                : read(node, node.text(), CalendarSyntax::location).orElse(ZoneOffset.UTC);
    }

    private static <T> Optional<T> read(YamlNode node, String text, Function<String, T> syntax) {
        try {
            return Optional.of(syntax.apply(text));
        } catch (IllegalArgumentException e) {
            node.problem(e.getMessage());
            return Optional.empty();
        }
    }
}
