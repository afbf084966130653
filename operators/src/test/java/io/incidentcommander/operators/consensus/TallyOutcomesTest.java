// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.operators.consensus;

import static io.incidentcommander.operators.consensus.Council.NOW;
import static io.incidentcommander.operators.consensus.Council.RESTART;
import static io.incidentcommander.operators.consensus.Council.SCALE;
import static io.incidentcommander.operators.consensus.Council.TENANT;
import static org.assertj.core.api.Assertions.assertThat;

import io.incidentcommander.model.consensus.ActionId;
import io.incidentcommander.model.consensus.Finding;
import io.incidentcommander.model.consensus.FindingKind;
import io.incidentcommander.model.consensus.RoundRequest;
import io.incidentcommander.model.consensus.Seat;
import io.incidentcommander.model.consensus.SeatStanding;
import io.incidentcommander.model.consensus.TallyInput;
import io.incidentcommander.model.consensus.VerifiedOutcome;
import io.incidentcommander.udfs.consensus.DefaultRoster;
import java.util.Set;
import java.util.TreeSet;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.junit.jupiter.api.Test;

/** What outcomes make of the standing of agents, as they come in: late, twice, contradictory. */
class TallyOutcomesTest {
    private static final ActionId R = RESTART.id();
    private static final ActionId S = SCALE.id();
    private static final long HOUR = 3_600_000;

    /** All vote R but those, who vote S; decided for R. */
    private static void decide(Council council, int incident, Set<DefaultRoster> others)
            throws Exception {
        council.ask(Council.question("i" + incident), NOW + incident);
        RoundRequest request = council.request();
        for (DefaultRoster other : others) {
            council.cast(Council.vote(request, other, S, 0.8));
        }
        for (DefaultRoster member : DefaultRoster.values()) {
            if (!others.contains(member)) {
                council.cast(Council.vote(request, member, R, 0.8));
            }
        }
        council.time(NOW + incident);
    }

    private static void right(Council council, int incident, ActionId action, long at)
            throws Exception {
        council.send(
                TallyInput.of(VerifiedOutcome.right(TENANT, "i" + incident, 1, action, NOW + at)));
    }

    private static Seat seat(Council council, int incident, DefaultRoster member) throws Exception {
        council.ask(Council.question("i" + incident), NOW + incident);
        return council.request().terms().roster().seat(member.agent()).orElseThrow();
    }

    @Test
    void agentsThatErrTogetherAreFoundAndNoOneElse() throws Exception {
        Set<DefaultRoster> pair =
                Set.of(DefaultRoster.PREDICTION_SEASONAL, DefaultRoster.PREDICTION_LSTM);
        Set<String> named = new TreeSet<>();
        try (Council council = new Council()) {
            for (int i = 0; i < 40; i++) {
                decide(council, i, i % 4 == 3 ? pair : Set.of());
                right(council, i, R, i);
            }
            assertThat(council.decisions()).hasSize(40);
            for (Finding finding : council.findings()) {
                assertThat(finding.kind()).isEqualTo(FindingKind.COLLUSION);
                assertThat(finding.detail()).contains("erred alike");
                named.add(finding.agent());
            }
            assertThat(named).containsExactly("prediction/lstm", "prediction/seasonal");
            assertThat(seat(council, 41, DefaultRoster.PREDICTION_LSTM).standing())
                    .isEqualTo(SeatStanding.QUARANTINED);
            assertThat(seat(council, 42, DefaultRoster.DIAGNOSIS_MODEL).standing())
                    .isEqualTo(SeatStanding.TRUSTED);
        }
    }

    @Test
    void whoIsAccusedOfErringTogetherIsOutAtOnce() throws Exception {
        Set<DefaultRoster> pair =
                Set.of(DefaultRoster.PREDICTION_SEASONAL, DefaultRoster.PREDICTION_LSTM);
        try (Council council = new Council()) {
            int i = 0;
            while (council.findings().isEmpty()) {
                assertThat(seat(council, 1_000 + i, DefaultRoster.PREDICTION_LSTM).standing())
                        .as("before decision %d", i)
                        .isEqualTo(SeatStanding.TRUSTED);
                decide(council, i, i % 7 == 6 ? pair : Set.of());
                right(council, i, R, i);
                i++;
            }
            assertThat(seat(council, 1_000 + i, DefaultRoster.PREDICTION_LSTM).standing())
                    .isEqualTo(SeatStanding.QUARANTINED);
        }
    }

    @Test
    void agentsThatErrApartAreNotFound() throws Exception {
        DefaultRoster[] all = DefaultRoster.values();
        try (Council council = new Council()) {
            for (int i = 0; i < 60; i++) {
                decide(council, i, i % 3 == 0 ? Set.of(all[i / 3 % all.length]) : Set.of());
                right(council, i, R, i);
            }
            assertThat(council.findings()).isEmpty();
        }
    }

    @Test
    void anOutcomeThatIsToldTwiceCountsOnce() throws Exception {
        try (Council once = new Council();
                Council twice = new Council()) {
            for (int i = 0; i < 3; i++) {
                decide(once, i, Set.of(DefaultRoster.PREDICTION_LSTM));
                decide(twice, i, Set.of(DefaultRoster.PREDICTION_LSTM));
                right(once, i, R, i);
                for (int again = 0; again < 5; again++) {
                    right(twice, i, R, i);
                }
            }
            Seat seat = seat(once, 9, DefaultRoster.PREDICTION_LSTM);
            assertThat(seat.reputationPpm()).isLessThan(Seat.WHOLE_PPM);
            assertThat(seat(twice, 9, DefaultRoster.PREDICTION_LSTM)).isEqualTo(seat);
        }
    }

    @Test
    void whatWasVerifiedLaterStandsInWhicheverOrderItComes() throws Exception {
        try (Council inOrder = new Council();
                Council reversed = new Council()) {
            for (int i = 0; i < 3; i++) {
                decide(inOrder, i, Set.of(DefaultRoster.PREDICTION_LSTM));
                decide(reversed, i, Set.of(DefaultRoster.PREDICTION_LSTM));
                right(inOrder, i, R, 100);
                right(inOrder, i, S, 200);
                right(reversed, i, S, 200);
                right(reversed, i, R, 100);
            }
            Seat corrected = seat(inOrder, 9, DefaultRoster.PREDICTION_LSTM);
            assertThat(corrected.reputationPpm()).isEqualTo(Seat.WHOLE_PPM);
            assertThat(seat(inOrder, 10, DefaultRoster.DIAGNOSIS_MODEL).reputationPpm())
                    .isLessThan(Seat.WHOLE_PPM);
            assertThat(seat(reversed, 9, DefaultRoster.PREDICTION_LSTM)).isEqualTo(corrected);
        }
    }

    @Test
    void anOutcomeCountsForADayAndAfterARestore() throws Exception {
        OperatorSubtaskState state;
        try (Council council = new Council()) {
            decide(council, 1, Set.of(DefaultRoster.PREDICTION_LSTM));
            decide(council, 2, Set.of(DefaultRoster.PREDICTION_LSTM));
            state = council.harness.snapshot(1, 1);
        }
        try (Council restored = new Council(1, 1, 0, state)) {
            restored.time(NOW + 23 * HOUR);
            right(restored, 1, R, 23 * HOUR);
            int afterOne = seat(restored, 5, DefaultRoster.PREDICTION_LSTM).reputationPpm();
            assertThat(afterOne).isLessThan(Seat.WHOLE_PPM);
            restored.time(NOW + 25 * HOUR);
            right(restored, 2, R, 25 * HOUR);
            right(restored, 77, R, 25 * HOUR); // of a decision that never was
            restored.ask(Council.question("late"), NOW + 25 * HOUR);
            assertThat(
                            restored.request()
                                    .terms()
                                    .roster()
                                    .seat("prediction/lstm")
                                    .orElseThrow()
                                    .reputationPpm())
                    .isBetween(afterOne, afterOne + 20_000);
        }
    }
}
