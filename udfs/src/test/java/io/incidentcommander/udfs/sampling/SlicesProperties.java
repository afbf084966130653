// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.udfs.sampling;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;

class SlicesProperties {
    @Property
    void aSliceHoldsItsTimesAndIsClosedByItsLastMillisecond(
            @ForAll @IntRange(min = 1, max = 100_000) int millis,
            @ForAll @LongRange(min = -4_000_000_000_000L, max = 4_000_000_000_000L) long time) {
        Slices slices = new Slices(millis);

        assertThat(slices.startOf(time)).isLessThanOrEqualTo(time);
        assertThat(slices.lastOf(time)).isGreaterThanOrEqualTo(time);
        assertThat(slices.lastOf(time) - slices.startOf(time)).isEqualTo(millis - 1);
        assertThat(slices.startOf(slices.lastOf(time))).isEqualTo(slices.startOf(time));
        assertThat(slices.startOf(slices.lastOf(time) + 1)).isEqualTo(slices.lastOf(time) + 1);
        assertThat(slices.lastClosedBy(time)).isBetween(time - millis + 1, time);
        assertThat(slices.lastClosedBy(slices.lastOf(time))).isEqualTo(slices.lastOf(time));
    }

    @Example
    void theEndOfTimeClosesAll() {
        assertThat(new Slices(500).lastClosedBy(Long.MAX_VALUE)).isEqualTo(Long.MAX_VALUE);
        assertThat(new Slices(500).lastOf(Long.MAX_VALUE)).isEqualTo(Long.MAX_VALUE);
    }
}
