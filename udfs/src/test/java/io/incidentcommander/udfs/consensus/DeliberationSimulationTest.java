// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.udfs.consensus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Thousands of deliberations on a bad network; a failing one is run again by its seed. */
class DeliberationSimulationTest {
    private static final int RUNS = 4_000;

    @Test
    void invariantsHoldAfterEachStep() {
        Map<BadNetwork.Ending, Integer> endings = new EnumMap<>(BadNetwork.Ending.class);
        Map<BadNetwork.Vice, Integer> vices = new EnumMap<>(BadNetwork.Vice.class);
        Set<List<String>> different = new HashSet<>();
        long restores = 0;
        long lost = 0;
        long doubled = 0;
        for (long seed = 1; seed <= RUNS; seed++) {
            BadNetwork run = new BadNetwork(seed);
            try {
                endings.merge(run.run(), 1, Integer::sum);
            } catch (RuntimeException | AssertionError e) {
                fail("seed " + seed + ": " + e.getMessage(), e);
            }
            restores += run.restores();
            lost += run.lost();
            doubled += run.doubled();
            run.vice().ifPresent(vice -> vices.merge(vice, 1, Integer::sum));
            different.add(run.steps());
        }
        // The runs are no use if the interesting things do not happen in them.
        assertThat(different).hasSize(RUNS);
        assertThat(restores).isGreaterThan(RUNS);
        assertThat(lost).isGreaterThan(RUNS / 4);
        assertThat(doubled).isGreaterThan(RUNS);
        assertThat(vices.values()).hasSize(BadNetwork.Vice.values().length);
        assertThat(vices.values()).allMatch(runs -> runs > RUNS / 10);
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
