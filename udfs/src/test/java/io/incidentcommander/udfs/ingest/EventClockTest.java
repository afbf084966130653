// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.udfs.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;

class EventClockTest {
    private static final long DISORDER = 250;
    private static final long IDLE = 60_000;

    private final EventClock clock = new EventClock(DISORDER, IDLE);

    @Example
    void aClockThatNothingMovedHasNotStarted() {
        assertThat(clock.time()).isEqualTo(EventClock.NOT_STARTED);
    }

    @Property
    void theClockIsNeverAheadOfTheSlowestPartition(
            @ForAll @Size(min = 1, max = 30) List<@LongRange(max = 50_000) Long> events) {
        EventClock any = new EventClock(DISORDER, IDLE);
        long[] reached = new long[3];
        Arrays.fill(reached, Long.MAX_VALUE);
        for (int i = 0; i < events.size(); i++) {
            int p = i % 3;
            long event = events.get(i);
            any.observe("kafka", "p" + p, event, 50_000);
            reached[p] = reached[p] == Long.MAX_VALUE ? event : Math.max(reached[p], event);

            assertThat(any.time()).isEqualTo(Arrays.stream(reached).min().getAsLong() - DISORDER);
        }
    }

    @Example
    void anEventOfTheFutureCountsAsOfItsArrival() {
        clock.observe("kafka", "p0", 1_000_000_000, 5_000);

        assertThat(clock.time()).isEqualTo(5_000 - DISORDER);
    }

    @Example
    void aHeartbeatMovesAllPartitionsOfItsSourceAndNoOther() {
        clock.observe("kafka", "p0", 1_000, 1_000);
        clock.observe("kafka", "p1", 2_000, 2_000);
        clock.observe("file", "a", 3_000, 3_000);

        clock.drained("kafka", 9_000);
        assertThat(clock.time()).isEqualTo(3_000 - DISORDER);

        clock.drained("file", 8_000);
        assertThat(clock.time()).isEqualTo(8_000 - DISORDER);
    }

    @Example
    void aHeartbeatOfOnePartitionMovesNoOther() {
        clock.assigned("kinesis", "shard-0");
        clock.assigned("kinesis", "shard-1");

        clock.drained("kinesis", "shard-0", 9_000);
        assertThat(clock.time()).isEqualTo(EventClock.NOT_STARTED);

        clock.drained("kinesis", "shard-1", 8_000);
        assertThat(clock.time()).isEqualTo(8_000 - DISORDER);

        clock.observe("kinesis", "shard-1", 8_500, 8_500);
        clock.drained("kinesis", "shard-0", 9_500);
        assertThat(clock.time()).isEqualTo(8_500 - DISORDER);
    }

    @Example
    void aSourceThatWasEmptyHoldsNothingBackOnceItSpeaks() {
        clock.drained("kafka", 1_000);
        assertThat(clock.time()).isEqualTo(1_000 - DISORDER);

        clock.observe("kafka", "p0", 5_000, 5_000);

        assertThat(clock.time()).isEqualTo(5_000 - DISORDER);
    }

    @Example
    void aPartitionHoldsBackUntilOthersBroughtTheIdleTime() {
        clock.observe("kafka", "p0", 1_000, 1_000);
        bring("p1", 1_000, 1_000 + IDLE);
        assertThat(clock.time()).isEqualTo(1_000 - DISORDER);

        clock.observe("kafka", "p1", 1_001 + IDLE, 1_001 + IDLE);
        assertThat(clock.time()).isEqualTo(1_001 + IDLE - DISORDER);

        clock.observe("kafka", "p0", 2_000, 1_002 + IDLE);
        assertThat(clock.time()).isEqualTo(2_000 - DISORDER);
    }

    @Example
    void aPartitionBehindIsNotSilentWhileItIsRead() {
        clock.drained("other", 1_000 + 10 * IDLE);
        for (long time = 1_000; time < 1_000 + 5 * IDLE; time += 500) {
            clock.observe("kafka", "p0", time, time);
            clock.drained("other", time + 10 * IDLE);

            assertThat(clock.time()).isEqualTo(time - DISORDER);
        }
    }

    @Example
    void aLeapOfOneMakesNobodyElseSilent() {
        clock.observe("kafka", "p0", 1_000, 1_000);
        clock.observe("kafka", "p1", 1_000 + 100 * IDLE, 1_000 + 100 * IDLE);

        assertThat(clock.time()).isEqualTo(1_000 - DISORDER);
    }

    @Example
    void whatIsAssignedHoldsTimeBackUntilItIsReadOrDrained() {
        clock.assigned("kafka", "p0");
        clock.assigned("kafka", "p1");
        clock.observe("kafka", "p0", 9_000, 9_000);
        assertThat(clock.time()).isEqualTo(EventClock.NOT_STARTED);

        clock.observe("kafka", "p1", 1_000, 1_000);
        assertThat(clock.time()).isEqualTo(1_000 - DISORDER);

        clock.assigned("kafka", "p2");
        assertThat(clock.time()).isEqualTo(EventClock.NOT_STARTED);
        clock.drained("kafka", 10_000);
        assertThat(clock.time()).isEqualTo(10_000 - DISORDER);
    }

    @Example
    void whatIsAssignedAndNeverReadHoldsTimeBackNoLongerThanTheSilent() {
        clock.assigned("kafka", "p1");
        clock.observe("kafka", "p0", 1_000, 1_000);
        bring("p0", 1_000, 1_001 + IDLE);

        assertThat(clock.time()).isEqualTo(1_001 + IDLE - DISORDER);
    }

    /** In steps of a millisecond to a second. */
    private void bring(String partition, long after, long until) {
        for (long time = after; time < until; time = Math.min(until, time + 1_000)) {
            clock.observe("kafka", partition, time, time);
        }
        clock.observe("kafka", partition, until, until);
    }

    @Example
    void silenceOfAllMovesNothing() {
        clock.observe("kafka", "p0", 1_000, 1_000);

        assertThat(clock.time()).isEqualTo(clock.time()).isEqualTo(1_000 - DISORDER);
    }

    @Example
    void aForgottenPartitionIsTakenInAgainAfterTheClockWasRead() {
        String partition = "p0";
        clock.observe("kafka", partition, 1_000, 1_000);
        for (long time = 1_000; time <= 2_000 + 60 * IDLE; time += 1_000) {
            clock.drained("file", time);
        }
        clock.time();

        clock.observe("kafka", partition, 2_002 + 60 * IDLE, 2_002 + 60 * IDLE);
        clock.drained("file", 2_900 + 60 * IDLE);

        assertThat(clock.time()).isEqualTo(2_002 + 60 * IDLE - DISORDER);
    }
}
