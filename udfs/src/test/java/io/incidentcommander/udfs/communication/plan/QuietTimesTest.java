// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.udfs.communication.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.incidentcommander.model.communication.QuietHours;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;

class QuietTimesTest {
    private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");
    private static final QuietHours NIGHT = new QuietHours(BERLIN, 22 * 60, 7 * 60);

    private static long at(String time) {
        return OffsetDateTime.parse(time).toInstant().toEpochMilli();
    }

    @Example
    void theNightGoesOverMidnight() {
        long morning = at("2026-01-11T07:00:00+01:00");
        assertThat(QuietTimes.notBefore(NIGHT, at("2026-01-10T22:00:00+01:00"))).isEqualTo(morning);
        assertThat(QuietTimes.notBefore(NIGHT, at("2026-01-11T06:59:59+01:00"))).isEqualTo(morning);
        assertThat(QuietTimes.isQuiet(NIGHT, morning)).isFalse();
        assertThat(QuietTimes.isQuiet(NIGHT, at("2026-01-10T21:59:59+01:00"))).isFalse();
    }

    @Example
    void theMorningIsTheWallClocksWhenClocksChangeInTheNight() {
        assertThat(QuietTimes.notBefore(NIGHT, at("2026-03-28T23:00:00+01:00")))
                .isEqualTo(at("2026-03-29T07:00:00+02:00"));
        assertThat(QuietTimes.notBefore(NIGHT, at("2026-10-24T23:00:00+02:00")))
                .isEqualTo(at("2026-10-25T07:00:00+01:00"));
    }

    @Example
    void aNightThatWouldEndInTheGapEndsWithIt() {
        QuietHours hours = new QuietHours(BERLIN, 60, 150);
        assertThat(QuietTimes.notBefore(hours, at("2026-03-29T01:30:00+01:00")))
                .isEqualTo(at("2026-03-29T03:00:00+02:00"));
    }

    @Example
    void anHourThatComesTwiceIsQuietTwice() {
        QuietHours hours = new QuietHours(BERLIN, 60, 150);
        assertThat(QuietTimes.notBefore(hours, at("2026-10-25T02:10:00+02:00")))
                .isEqualTo(at("2026-10-25T02:30:00+02:00"));
        assertThat(QuietTimes.notBefore(hours, at("2026-10-25T02:10:00+01:00")))
                .isEqualTo(at("2026-10-25T02:30:00+01:00"));
    }

    @Property(tries = 500)
    void aNightEndsWithinADayAndNeverInThePast(
            @ForAll @LongRange(min = 1_700_000_000L, max = 1_800_000_000L) long seconds,
            @ForAll @IntRange(max = 1439) int from,
            @ForAll @IntRange(max = 1439) int until,
            @ForAll @IntRange(max = 2) int zone) {
        ZoneId where =
                ZoneId.of(new String[] {"Europe/Berlin", "America/Havana", "Asia/Kolkata"}[zone]);
        QuietHours hours = new QuietHours(where, from, until);
        long now = seconds * 1_000;
        long end = QuietTimes.notBefore(hours, now);
        assertThat(end - now).isBetween(0L, 26 * 3_600_000L);
        assertThat(end == now).isEqualTo(!QuietTimes.isQuiet(hours, now));
        assertThat(QuietTimes.isQuiet(hours, end)).isFalse();
    }
}
