// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.udfs.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TimestampsTest {
    @ParameterizedTest
    @CsvSource({
        "2019-10-02T17:04:40Z, 2019-10-02T17:04:40Z",
        "2019-10-02t17:04:40z, 2019-10-02T17:04:40Z",
        "2019-10-02T17:04:40.989+0000, 2019-10-02T17:04:40.989Z",
        "2019-10-02T17:04:40.989123456Z, 2019-10-02T17:04:40.989Z",
        "2019-10-02T17:04:40.9Z, 2019-10-02T17:04:40.900Z",
        "2019-10-02T17:04:40.Z, 2019-10-02T17:04:40Z",
        "2019-10-02T17:04:40+02:00, 2019-10-02T15:04:40Z",
        "2019-10-02T17:04:40-0530, 2019-10-02T22:34:40Z",
        "2019-10-02T17:04:40+02, 2019-10-02T15:04:40Z",
        "2019-10-02 17:04:40, 2019-10-02T17:04:40Z",
        "2024-02-29T00:00:00Z, 2024-02-29T00:00:00Z",
        "2016-12-31T23:59:60Z, 2017-01-01T00:00:00Z",
        "1570035880, 2019-10-02T17:04:40Z",
        "1570035880.5, 2019-10-02T17:04:40.500Z",
        "1570035880.9899999999, 2019-10-02T17:04:40.989Z",
        "1570035880989, 2019-10-02T17:04:40.989Z",
        "1570035880989123, 2019-10-02T17:04:40.989Z",
        "1570035880989123456, 2019-10-02T17:04:40.989Z",
        "631152000, 1990-01-01T00:00:00Z",
        "4133980799, 2100-12-31T23:59:59Z",
    })
    void readsWhatSendersWrite(String text, Instant expected) {
        assertThat(Instant.ofEpochMilli(Timestamps.parse(text))).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "0",
                "-1570035880",
                "+1570035880",
                "631151999",
                "4133980800",
                "1e18",
                "15700358800",
                "1570035880.",
                ".570035880",
                "1570035880.5s",
                "99999999999999999999",
                "9999999999999999999",
                "2019-10-02",
                "2019-10-02T17:04",
                "2019-13-02T17:04:40Z",
                "2019-02-29T17:04:40Z",
                "2019-10-02T24:04:40Z",
                "2019-10-02T17:60:40Z",
                "2019-10-02T17:04:61Z",
                "2019-10-02T17:04:40.1234567890Z",
                "2019-10-02T17:04:40ZZ",
                "2019-10-02T17:04:40+1:00",
                "2019-10-02T17:04:40+19:00",
                "2019-10-02T17:04:40+02:60",
                "2019/10/02T17:04:40Z",
                "1989-12-31T23:59:59Z",
                "2101-01-01T00:00:00Z",
                " 1570035880",
                "$DATE_POSIX",
                "２０１９-10-02T17:04:40Z"
            })
    void refusesWhatIsNoPlausibleTime(String text) {
        assertThat(Timestamps.parse(text)).isEqualTo(Timestamps.INVALID);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0001-01-01T00:00:00Z",
                "0001-01-01T00:00:00.000Z",
                "0001-01-01T00:00:00+00:00"
            })
    void theZeroTimeOfSendersMeansOpen(String text) {
        assertThat(Timestamps.isOpenEnd(Timestamps.parse(text))).isTrue();
    }

    @Test
    void anotherTimeInTheYearOneIsInvalid() {
        assertThat(Timestamps.parse("0001-01-01T00:00:01Z")).isEqualTo(Timestamps.INVALID);
    }
}
