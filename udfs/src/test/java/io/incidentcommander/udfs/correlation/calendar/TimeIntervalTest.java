// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.udfs.correlation.calendar;

import static org.assertj.core.api.Assertions.assertThat;

import io.incidentcommander.udfs.correlation.yaml.Problems;
import io.incidentcommander.udfs.correlation.yaml.YamlNode;
import java.time.OffsetDateTime;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Case by case what Alertmanager's documentation says of time intervals. */
class TimeIntervalTest {
    private static final String HEAD = "- name: x\n  time_intervals:\n  - ";

    private static boolean contains(String interval, String time) {
        Problems problems = new Problems("test");
        TimeIntervals intervals =
                TimeIntervalReader.readAll(YamlNode.parse(HEAD + interval, problems).get())
                        .get("x");
        assertThat(problems.all()).isEmpty();
        return intervals.contains(OffsetDateTime.parse(time).toInstant().toEpochMilli());
    }

    @ParameterizedTest(name = "{0} has {1}: {2}")
    @CsvSource(
            delimiter = ';',
            value = {
                "times: [{start_time: '09:00', end_time: '17:00'}]; 2024-05-01T08:59:59Z; false",
                "times: [{start_time: '09:00', end_time: '17:00'}]; 2024-05-01T09:00:00Z; true",
                "times: [{start_time: '09:00', end_time: '17:00'}]; 2024-05-01T16:59:59Z; true",
                "times: [{start_time: '09:00', end_time: '17:00'}]; 2024-05-01T17:00:00Z; false",
                "times: [{start_time: '18:00', end_time: '24:00'}]; 2024-05-01T23:59:59Z; true",
                "times: [{start_time: '00:00', end_time: '01:00'}, {start_time: '02:00', end_time:"
                        + " '03:00'}]; 2024-05-01T02:30:00Z; true",
                "times: [{start_time: '00:00', end_time: '01:00'}, {start_time: '02:00', end_time:"
                        + " '03:00'}]; 2024-05-01T01:30:00Z; false",
                "weekdays: ['monday:wednesday', saturday]; 2024-05-01T12:00:00Z; true",
                "weekdays: ['monday:wednesday', saturday]; 2024-05-02T12:00:00Z; false",
                "weekdays: ['monday:wednesday', saturday]; 2024-05-04T12:00:00Z; true",
                "weekdays: ['sunday']; 2024-05-05T12:00:00Z; true",
                "weekdays: ['sunday:saturday']; 2024-05-05T12:00:00Z; true",
                "weekdays: ['Monday']; 2024-04-29T12:00:00Z; true",
                "days_of_month: ['1:5', '-3:-1']; 2024-05-05T12:00:00Z; true",
                "days_of_month: ['1:5', '-3:-1']; 2024-05-06T12:00:00Z; false",
                "days_of_month: ['1:5', '-3:-1']; 2024-05-29T12:00:00Z; true",
                "days_of_month: ['1:5', '-3:-1']; 2024-05-28T12:00:00Z; false",
                "days_of_month: ['-1']; 2024-02-29T12:00:00Z; true",
                "days_of_month: ['-1']; 2023-02-28T12:00:00Z; true",
                "days_of_month: ['-1']; 2024-02-28T12:00:00Z; false",
                "days_of_month: ['30:31']; 2023-02-28T12:00:00Z; false",
                "days_of_month: ['25:31']; 2023-02-28T12:00:00Z; true",
                "days_of_month: ['1:-1']; 2023-02-28T12:00:00Z; true",
                "days_of_month: ['-31:-1']; 2023-02-01T12:00:00Z; true",
                "months: ['1:3', 'may:august', december]; 2024-05-01T12:00:00Z; true",
                "months: ['1:3', 'may:august', december]; 2024-04-30T23:59:59Z; false",
                "months: ['1:3', 'may:august', december]; 2024-12-31T12:00:00Z; true",
                "years: ['2020:2022', '2030']; 2022-12-31T23:59:59Z; true",
                "years: ['2020:2022', '2030']; 2023-01-01T00:00:00Z; false",
                "years: ['2020:2022', '2030']; 2030-01-01T00:00:00Z; true",
                "{weekdays: [saturday], months: [may]}; 2024-05-04T12:00:00Z; true",
                "{weekdays: [saturday], months: [june]}; 2024-05-04T12:00:00Z; false",
                "{}; 2024-05-04T12:00:00Z; true",
                "{times: [{start_time: '09:00', end_time: '17:00'}], location: Australia/Sydney};"
                        + " 2024-05-01T23:30:00Z; true",
                "{times: [{start_time: '09:00', end_time: '17:00'}], location: Australia/Sydney};"
                        + " 2024-05-01T09:30:00Z; false",
                "{weekdays: [thursday], location: Australia/Sydney}; 2024-05-01T23:30:00Z; true",
                "{times: [{start_time: '09:00', end_time: '17:00'}], location: Europe/Berlin};"
                        + " 2024-01-15T08:00:00Z; true",
                "{times: [{start_time: '09:00', end_time: '17:00'}], location: Europe/Berlin};"
                        + " 2024-07-15T15:00:00Z; false",
                // Clocks go from 02:00 to 03:00: the hour between does not come; then it comes
                // twice.
                "{times: [{start_time: '02:00', end_time: '03:00'}], location: Europe/Berlin};"
                        + " 2024-03-31T00:59:59Z; false",
                "{times: [{start_time: '02:00', end_time: '03:00'}], location: Europe/Berlin};"
                        + " 2024-03-31T01:00:00Z; false",
                "{times: [{start_time: '03:00', end_time: '04:00'}], location: Europe/Berlin};"
                        + " 2024-03-31T01:00:00Z; true",
                "{times: [{start_time: '02:00', end_time: '03:00'}], location: Europe/Berlin};"
                        + " 2024-10-27T00:30:00Z; true",
                "{times: [{start_time: '02:00', end_time: '03:00'}], location: Europe/Berlin};"
                        + " 2024-10-27T01:30:00Z; true",
                "{times: [{start_time: '02:00', end_time: '03:00'}], location: Europe/Berlin};"
                        + " 2024-10-27T02:00:00Z; false",
                // A month with 743 hours has 31 days all the same.
                "{days_of_month: ['-1'], location: Europe/Berlin}; 2024-03-31T12:00:00Z; true",
                "{days_of_month: ['-1'], location: Europe/Berlin}; 2024-03-30T12:00:00Z; false",
                "{times: [{start_time: '09:00', end_time: '09:01'}], location: Asia/Kolkata};"
                        + " 2024-05-01T03:30:59Z; true",
                "{times: [{start_time: '09:00', end_time: '09:01'}], location: Asia/Kolkata};"
                        + " 2024-05-01T03:31:00Z; false",
                // Every part is by the interval's own zone, not the time of day alone.
                "{weekdays: [sunday], location: America/New_York}; 2024-05-06T03:30:00Z; true",
                "{days_of_month: ['1'], location: Europe/Berlin}; 2024-04-30T22:00:00Z; true",
                "{days_of_month: ['-1'], location: Europe/Berlin}; 2024-04-30T22:00:00Z; false",
                "{months: [may], location: Europe/Berlin}; 2024-04-30T22:00:00Z; true",
                "{years: ['2024'], location: Europe/Berlin}; 2023-12-31T23:00:00Z; true",
                "{years: ['2024'], location: ''}; 2023-12-31T23:00:00Z; false",
                "times: [{start_time: '00:00', end_time: '24:00'}]; 2024-05-01T00:00:00Z; true",
                "times: [{start_time: '23:59', end_time: '24:00'}]; 2024-05-01T23:59:59Z; true",
                "times: [{start_time: '23:59', end_time: '24:00'}]; 2024-05-02T00:00:00Z; false",
                "weekdays: ['friday:saturday']; 2024-05-05T12:00:00Z; false",
                "weekdays: ['sunday:monday']; 2024-05-06T12:00:00Z; true",
                "days_of_month: ['-7:-1']; 2024-02-23T12:00:00Z; true",
                "days_of_month: ['-7:-1']; 2024-02-22T12:00:00Z; false",
                "days_of_month: ['15:-10']; 2024-02-20T12:00:00Z; true",
                "days_of_month: ['15:-10']; 2024-02-21T12:00:00Z; false",
                "days_of_month: ['31']; 2024-04-30T12:00:00Z; false",
                "days_of_month: ['-31']; 2024-04-01T12:00:00Z; false",
                "days_of_month: ['-31:-28']; 2023-02-01T12:00:00Z; true",
                "days_of_month: ['-31:-30']; 2023-02-01T12:00:00Z; false",
                "months: ['FEBRUARY:4']; 2024-02-01T00:00:00Z; true",
                "months: ['FEBRUARY:4']; 2024-05-01T00:00:00Z; false",
                "months: ['12']; 2024-12-31T23:59:59Z; true",
                "years: ['2024:2024']; 2024-02-29T12:00:00Z; true",
                // 'Within each non-empty list, at least one element must be satisfied'.
                "{weekdays: [], times: [], days_of_month: [], months: [], years: []};"
                        + " 2024-05-04T12:00:00Z; true",
                "{weekdays: [], months: [june]}; 2024-05-04T12:00:00Z; false",
            })
    void aTimeIsInTheIntervalIfEveryPartHasIt(String interval, String time, boolean contained) {
        assertThat(contains(interval, time)).isEqualTo(contained);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "times: [{start_time: '17:00', end_time: '09:00'}]",
                "times: [{start_time: '09:00', end_time: '09:00'}]",
                "times: [{start_time: '24:01', end_time: '25:00'}]",
                "times: [{start_time: '9:00', end_time: '10:00'}]",
                "times: [{start_time: '09:00'}]",
                "weekdays: [funday]",
                "weekdays: ['friday:monday']",
                "days_of_month: ['0']",
                "days_of_month: ['32']",
                "days_of_month: ['-1:5']",
                "days_of_month: ['5:1']",
                "days_of_month: ['28:-28']",
                "months: ['13']",
                "months: ['may:january']",
                "months: ['0']",
                "months: [may-august]",
                "months: ['may:june:july']",
                "days_of_month: ['29:-1']",
                "days_of_month: ['1:']",
                "weekdays: ['0']",
                "weekdays: [mon]",
                "years: [next]",
                "years: ['2022:2020']",
                "location: Mars/Olympus",
                "location: Local",
                "centuries: [21]",
            })
    void whatAlertmanagerRefusesIsAProblemWithALine(String interval) {
        Problems problems = new Problems("test");
        TimeIntervalReader.readAll(YamlNode.parse(HEAD + interval, problems).get());
        assertThat(problems.all()).isNotEmpty();
        assertThat(problems.all().get(0).line()).isEqualTo(3);
    }

    @Test
    void aNameWithoutIntervalsIsNoTimeAtAll() {
        Problems problems = new Problems("test");
        TimeIntervals none =
                TimeIntervalReader.readAll(
                                YamlNode.parse("- {name: x, time_intervals: []}", problems).get())
                        .get("x");
        assertThat(problems.all()).isEmpty();
        assertThat(none.contains(0)).isFalse();
    }

    @Test
    void aNameThatIsThereTwiceIsAProblem() {
        Problems problems = new Problems("test");
        TimeIntervalReader.readAll(
                YamlNode.parse(
                                "- {name: x, time_intervals: [{}]}\n"
                                        + "- {name: x, time_intervals: [{}]}",
                                problems)
                        .get());
        assertThat(problems.all()).extracting(Problems.Problem::line).containsExactly(2);
    }

    @Test
    void oneOfTheIntervalsIsEnough() {
        assertThat(contains("weekdays: [friday]\n  - weekdays: [monday]", "2024-04-29T00:00:00Z"))
                .isTrue();
    }
}
