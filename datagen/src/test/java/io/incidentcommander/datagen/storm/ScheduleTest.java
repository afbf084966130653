// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.datagen.storm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;

class ScheduleTest {
    @Property
    void anEvenRateNeitherDriftsNorLosesARecord(
            @ForAll @LongRange(min = 1, max = 2_000_000) long rate,
            @ForAll @LongRange(min = 0, max = 100_000_000) long nanos) {
        Schedule schedule = Schedule.rate(rate);
        long within = schedule.recordsWithin(Duration.ofSeconds(90_000).plusNanos(nanos));
        long elapsed = 90_000_000_000_000L + nanos;
        assertThat(schedule.offsetNanos(within - 1)).isLessThan(elapsed);
        assertThat(schedule.offsetNanos(within)).isGreaterThanOrEqualTo(elapsed - 1);
    }

    @Test
    void stepsSpreadTheRecordsOfASecondOverIt() {
        Schedule schedule = Schedule.perSecond(2, 0, 0, 4);
        long[] offsets = new long[6];
        for (int n = 0; n < offsets.length; n++) {
            offsets[n] = schedule.offsetNanos(n) / 1_000_000;
        }
        assertThat(offsets).containsExactly(0, 500, 3_000, 3_250, 3_500, 3_750);
        assertThat(schedule.recordsWithin(Duration.ofMillis(3_300))).isEqualTo(4);
        assertThat(schedule.recordsWithin(Duration.ofDays(1))).isEqualTo(6);
        assertThatThrownBy(() -> schedule.offsetNanos(6))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aStalledSenderKeepsItsIntendedTimes() {
        DrivenClock clock = new DrivenClock();
        OpenLoopPacer pacer = OpenLoopPacer.startingNow(Schedule.rate(10), clock);
        assertThat(pacer.nanosUntil(3)).isEqualTo(300_000_000L);
        clock.advanceMillis(1_000);
        assertThat(pacer.nanosUntil(3)).isEqualTo(-700_000_000L);
        assertThat(pacer.intendedMillis(3)).isEqualTo(DrivenClock.START + 300);
        assertThat(pacer.nowMillis()).isEqualTo(DrivenClock.START + 1_000);
    }
}
