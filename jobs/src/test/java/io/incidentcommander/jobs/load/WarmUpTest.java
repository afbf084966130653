// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.jobs.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

class WarmUpTest {
    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final Duration SOON = Duration.ofSeconds(59);

    private final AtomicBoolean keepsPace = new AtomicBoolean();

    @Test
    void aJobThatIsBehindWarmsUpUntilItHasCaughtUp() {
        WarmUp warmUp = WarmUp.until(keepsPace::get, MINUTE);
        assertThat(warmUp.isOver(MINUTE)).isFalse();
        assertThat(warmUp.left(MINUTE)).isEqualTo(" (warm-up, until it has caught up)");
        keepsPace.set(true);
        assertThat(warmUp.isOver(SOON)).isFalse();
        assertThat(warmUp.left(SOON)).isEqualTo(" (warm-up, 2 s more)");
        assertThat(warmUp.isOver(MINUTE)).isTrue();
    }

    @Test
    void patienceEnds() {
        WarmUp warmUp = WarmUp.until(keepsPace::get, MINUTE);
        assertThat(warmUp.isOver(MINUTE.plus(WarmUp.PATIENCE).minusMillis(1))).isFalse();
        assertThat(warmUp.isOver(MINUTE.plus(WarmUp.PATIENCE))).isTrue();
    }

    @Test
    void withoutAWarmUpNothingIsWaitedFor() {
        assertThat(WarmUp.until(keepsPace::get, Duration.ZERO).isOver(Duration.ZERO)).isTrue();
        assertThat(WarmUp.of(MINUTE).isOver(MINUTE)).isTrue();
    }
}
