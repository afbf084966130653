// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.udfs.consensus;

import static org.assertj.core.api.Assertions.assertThat;

import io.incidentcommander.model.consensus.Protocol;
import io.incidentcommander.model.consensus.ThreatLevel;
import io.incidentcommander.model.consensus.ThreatState;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ThreatPolicyTest {
    private static final ThreatPolicy POLICY = ThreatPolicy.DEFAULT;
    private static final long CALM = 300_000;

    @ParameterizedTest
    @CsvSource({
        "0,LOW,WEIGHTED",
        "99999,LOW,WEIGHTED",
        "100000,MEDIUM,STRICT",
        "199999,MEDIUM,STRICT",
        "200000,HIGH,TWO_ROUNDS",
        "333332,HIGH,TWO_ROUNDS",
        "333333,CRITICAL,HUMAN_ONLY",
        "1000000,CRITICAL,HUMAN_ONLY"
    })
    void theShareOfSuspectPowerPicksLevelAndProtocolAtOnce(
            int suspect, ThreatLevel level, Protocol protocol) {
        ThreatState state = POLICY.next(ThreatState.none(), suspect, 0);
        assertThat(state.level()).isEqualTo(level);
        assertThat(state.level().protocol()).isEqualTo(protocol);
    }

    @Test
    void itFallsOneLevelAfterEachFiveMinutesOfCalmAndRemembersWhen() {
        ThreatState state = POLICY.next(ThreatState.none(), 400_000, 0);
        state = POLICY.next(state, 0, 10);
        state = POLICY.next(state, 0, 10 + CALM - 1);
        assertThat(state.level()).isEqualTo(ThreatLevel.CRITICAL);
        state = POLICY.next(state, 0, 10 + CALM);
        assertThat(state.level()).isEqualTo(ThreatLevel.HIGH);
        state = POLICY.next(state, 0, 10 + 2 * CALM);
        assertThat(state.level()).isEqualTo(ThreatLevel.MEDIUM);
        state = POLICY.next(state, 0, 10 + 3 * CALM);
        assertThat(state.level()).isEqualTo(ThreatLevel.LOW);
        assertThat(state.history())
                .extracting(ThreatState.Change::level)
                .containsExactly(
                        ThreatLevel.CRITICAL,
                        ThreatLevel.HIGH,
                        ThreatLevel.MEDIUM,
                        ThreatLevel.LOW);
    }

    @Test
    void aShareThatSwingsAboutALimitDoesNotSwitchTheProtocolToAndFro() {
        ThreatState state = ThreatState.none();
        for (int i = 0; i < 100; i++) {
            state = POLICY.next(state, i % 2 == 0 ? 200_000 : 199_999, i * 60_000L);
        }
        assertThat(state.level()).isEqualTo(ThreatLevel.HIGH);
        assertThat(state.history()).hasSize(1);
    }

    @Test
    void aBreakInTheCalmBeginsItAnew() {
        ThreatState state = POLICY.next(ThreatState.none(), 100_000, 0);
        state = POLICY.next(state, 0, 1);
        state = POLICY.next(state, 90_000, CALM); // not well below the limit
        state = POLICY.next(state, 0, CALM + 1);
        state = POLICY.next(state, 0, CALM + 2);
        assertThat(state.level()).isEqualTo(ThreatLevel.MEDIUM);
    }

    @Property(tries = 300)
    void itIsNeverBelowWhatTheShareCallsForAndFallsOneLevelAtATime(
            @ForAll @Size(max = 40) List<@IntRange(max = 500_000) Integer> shares) {
        ThreatState state = ThreatState.none();
        long now = 0;
        for (int share : shares) {
            now += 100_000;
            ThreatState next = POLICY.next(state, share, now);
            assertThat(next.level())
                    .isGreaterThanOrEqualTo(POLICY.next(ThreatState.none(), share, now).level());
            assertThat(next.level().ordinal()).isGreaterThanOrEqualTo(state.level().ordinal() - 1);
            state = next;
        }
    }
}
