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
    void oneOfTheIntervalsIsEnough() {
        assertThat(contains("weekdays: [friday]\n  - weekdays: [monday]", "2024-04-29T00:00:00Z"))
                .isTrue();
    }
}
