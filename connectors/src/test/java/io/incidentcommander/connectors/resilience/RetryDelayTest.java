// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.connectors.resilience;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.incidentcommander.connectors.resilience.RetryDelay.Growth;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RetryDelayTest {
    @ParameterizedTest
    @CsvSource({
        "EXPONENTIAL, 1, 1",
        "EXPONENTIAL, 2, 2",
        "EXPONENTIAL, 3, 4",
        "EXPONENTIAL, 5, 16",
        "LINEAR, 1, 1",
        "LINEAR, 2, 2",
        "LINEAR, 5, 5",
        "FIBONACCI, 1, 1",
        "FIBONACCI, 2, 1",
        "FIBONACCI, 3, 2",
        "FIBONACCI, 4, 3",
        "FIBONACCI, 6, 8"
    })
    void growsAsItsNameSays(Growth growth, int failures, int factor) {
        RetryDelay delay = RetryDelay.of(growth, Duration.ofMillis(1000), Duration.ofHours(1));
        long most = 0;
        for (int seed = 0; seed < 2000; seed++) {
            most = Math.max(most, delay.millisAfter(failures, seed));
        }

        assertThat(most).isBetween(factor * 990L, factor * 1000L);
    }

    @Property
    void liesBetweenHalfTheCapAndTheCapInTheEnd(
            @ForAll Growth growth,
            @ForAll @IntRange(min = 100, max = Integer.MAX_VALUE) int failures,
            @ForAll long seed) {
        RetryDelay delay = RetryDelay.of(growth, Duration.ofSeconds(1), Duration.ofSeconds(60));

        assertThat(delay.millisAfter(failures, seed)).isBetween(30_000L, 60_000L);
    }

    @Test
    void callersSpread() {
        RetryDelay delay =
                RetryDelay.of(Growth.EXPONENTIAL, Duration.ofSeconds(10), Duration.ofSeconds(60));
        Set<Long> waits = new HashSet<>();
        for (int seed = 0; seed < 100; seed++) {
            waits.add(delay.millisAfter(1, seed));
        }

        assertThat(waits).hasSizeGreaterThan(90);
    }

    @Test
    void refusesWhatDoesNotGrow() {
        assertThatIllegalArgumentException()
                .isThrownBy(
                        () -> RetryDelay.of(Growth.LINEAR, Duration.ZERO, Duration.ofSeconds(1)));
    }
}
