// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.udfs.correlation.routing;

import static org.assertj.core.api.Assertions.assertThat;

import io.incidentcommander.udfs.correlation.calendar.TimeIntervalReader;
import io.incidentcommander.udfs.correlation.yaml.Problems;
import io.incidentcommander.udfs.correlation.yaml.YamlNode;
import java.time.OffsetDateTime;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Case by case when a route of Alertmanager is heard: mute and active intervals, alone and both.
 */
class RouteTimesTest {
    private static final String INTERVALS =
            "- {name: work, time_intervals: [{weekdays: ['monday:friday'], location: Europe/Berlin,"
                    + " times: [{start_time: '09:00', end_time: '17:00'}]}]}\n"
                    + "- {name: lunch, time_intervals: [{location: Europe/Berlin,"
                    + " times: [{start_time: '12:00', end_time: '13:00'}]}]}\n"
                    + "- {name: weekend, time_intervals: [{weekdays: [saturday, sunday]}]}\n"
                    + "- {name: always, time_intervals: [{}]}\n"
                    + "- {name: never, time_intervals: []}\n";

    private static Route route(String times, Problems problems) {
        Route root =
                new RouteReader(
                                TimeIntervalReader.readAll(
                                        YamlNode.parse(INTERVALS, problems).get()))
                        .read(
                                YamlNode.parse(
                                                "receiver: ops\n"
                                                        + "routes:\n"
                                                        + "- receiver: web\n"
                                                        + times.indent(2)
                                                        + "  routes:\n"
                                                        + "  - matchers: [page=yes]\n",
                                                problems)
                                        .get());
        return root.children().get(0);
    }

    private static Optional<String> mutedAt(String times, String time) {
        Problems problems = new Problems("test");
        Route route = route(times, problems);
        assertThat(problems.all()).isEmpty();
        return route.mutedAt(OffsetDateTime.parse(time).toInstant().toEpochMilli());
    }

    @ParameterizedTest(name = "{0} at {1}")
    @CsvSource(
            delimiter = ';',
            value = {
                "continue: false; 2024-05-01T12:00:00Z",
                "mute_time_intervals: [lunch]; 2024-05-01T11:00:00Z",
                "mute_time_intervals: [lunch, weekend]; 2024-05-03T12:00:00Z",
                "active_time_intervals: [work]; 2024-05-01T07:00:00Z",
                "active_time_intervals: [work]; 2024-01-15T08:00:00Z",
                "active_time_intervals: [work, weekend]; 2024-05-04T03:00:00Z",
                "{active_time_intervals: [work], mute_time_intervals: [lunch]};"
                        + " 2024-05-01T09:59:59Z",
                "{active_time_intervals: [work], mute_time_intervals: [lunch]};"
                        + " 2024-05-01T11:00:00Z",
                "mute_time_intervals: [never]; 2024-05-01T12:00:00Z",
                "active_time_intervals: [always]; 2024-05-01T12:00:00Z",
                "{active_time_intervals: [], mute_time_intervals: []}; 2024-05-01T12:00:00Z",
            })
    void whoeverIsActiveAndNotMutedIsHeard(String times, String time) {
        assertThat(mutedAt(block(times), time)).isEmpty();
    }

    @ParameterizedTest(name = "{0} at {1}")
    @CsvSource(
            delimiter = ';',
            value = {
                "mute_time_intervals: [lunch]; 2024-05-01T10:00:00Z; muted at lunch",
                "mute_time_intervals: [lunch]; 2024-05-01T10:59:59Z; muted at lunch",
                "mute_time_intervals: [lunch, weekend]; 2024-05-04T02:00:00Z; muted at weekend",
                "active_time_intervals: [work]; 2024-05-01T06:59:59Z; not active outside [work]",
                "active_time_intervals: [work]; 2024-05-01T15:00:00Z; not active outside [work]",
                "active_time_intervals: [work]; 2024-01-15T07:00:00Z; not active outside [work]",
                "active_time_intervals: [work, weekend]; 2024-05-03T20:00:00Z; not active outside"
                        + " [work, weekend]",
                "{active_time_intervals: [work], mute_time_intervals: [lunch]};"
                        + " 2024-05-01T10:30:00Z; muted at lunch",
                "{active_time_intervals: [work], mute_time_intervals: [lunch]};"
                        + " 2024-05-01T20:00:00Z; not active outside [work]",
                "{active_time_intervals: [work], mute_time_intervals: [lunch]};"
                        + " 2024-05-04T10:30:00Z; not active outside [work]",
                "{active_time_intervals: [always], mute_time_intervals: [always]};"
                        + " 2024-05-01T12:00:00Z; muted at always",
                "active_time_intervals: [never]; 2024-05-01T12:00:00Z; not active outside [never]",
            })
    void whoeverIsMutedOrNotActiveIsNot(String times, String time, String why) {
        assertThat(mutedAt(block(times), time))
                .hasValueSatisfying(
                        words -> assertThat(words).isEqualTo("route.routes[0] to web is " + why));
    }

    @Test
    void timesAreNotInheritedByTheNodesBelow() {
        Problems problems = new Problems("test");
        Route muted =
                route("mute_time_intervals: [always]\nactive_time_intervals: [never]", problems);

        assertThat(muted.mutedAt(0)).isPresent();
        assertThat(muted.children().get(0).receiver()).isEqualTo("web");
        assertThat(muted.children().get(0).mutedAt(0)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"mute_time_intervals", "active_time_intervals"})
    void anIntervalThatDoesNotExistIsAProblemWithItsLine(String key) {
        Problems problems = new Problems("test");
        route(key + ": [work, nope]", problems);

        assertThat(problems.all()).extracting(Problems.Problem::line).containsExactly(4);
        assertThat(problems.all().get(0).what()).contains("no time interval nope", "work");
    }

    @ParameterizedTest
    @ValueSource(strings = {"mute_time_intervals", "active_time_intervals"})
    void theRootIsNeverMuted(String key) {
        Problems problems = new Problems("test");
        new RouteReader(TimeIntervalReader.readAll(YamlNode.parse(INTERVALS, problems).get()))
                .read(YamlNode.parse("receiver: ops\n" + key + ": [work]", problems).get());

        assertThat(problems.all()).extracting(Problems.Problem::line).containsExactly(2);
    }

    /** As lines of a block, from one line in braces or without. */
    private static String block(String times) {
        return times.startsWith("{")
                ? times.substring(1, times.length() - 1).replace("], ", "]\n")
                : times;
    }
}
