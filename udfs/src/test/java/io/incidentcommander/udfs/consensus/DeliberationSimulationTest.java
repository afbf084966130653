// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.udfs.consensus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.util.EnumMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Thousands of deliberations on a bad network; a failing one is run again by its seed. */
class DeliberationSimulationTest {
    private static final int RUNS = 4_000;

    @Test
    void invariantsHoldAfterEachStep() {
        Map<BadNetwork.Ending, Integer> endings = new EnumMap<>(BadNetwork.Ending.class);
        long restores = 0;
        for (long seed = 1; seed <= RUNS; seed++) {
            BadNetwork run = new BadNetwork(seed);
            try {
                endings.merge(run.run(), 1, Integer::sum);
            } catch (RuntimeException | AssertionError e) {
                fail("seed " + seed + ": " + e.getMessage(), e);
            }
            restores += run.restores();
        }
        // The runs are no use if the interesting things do not happen in them.
        assertThat(restores).isGreaterThan(RUNS);
        assertThat(endings.get(BadNetwork.Ending.DECIDED)).isGreaterThan(RUNS / 2);
        assertThat(endings.get(BadNetwork.Ending.HANDED_TO_A_HUMAN)).isGreaterThan(RUNS / 50);
    }

    @Test
    void theSameSeedIsTheSameRun() {
        for (long seed = 1; seed <= 20; seed++) {
            BadNetwork one = new BadNetwork(seed);
            BadNetwork other = new BadNetwork(seed);
            one.run();
            other.run();
            assertThat(one.steps()).isEqualTo(other.steps()).isNotEmpty();
        }
    }
}
