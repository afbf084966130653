// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.udfs.consensus;

import static org.assertj.core.api.Assertions.assertThat;

import io.incidentcommander.model.consensus.ActionSupport;
import io.incidentcommander.model.consensus.Certificate;
import io.incidentcommander.model.consensus.Decision;
import io.incidentcommander.model.consensus.Deliberation;
import io.incidentcommander.model.consensus.Finding;
import io.incidentcommander.model.consensus.FindingKind;
import io.incidentcommander.model.consensus.Outcome;
import io.incidentcommander.model.consensus.SignedRecommendation;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/**
 * Each invariant of the simulation is broken on purpose once, and has to be the one that is named:
 * an invariant that is not checked any more is noticed here.
 */
class SimulationGuardsTest {
    private static final int RUNS = 400;

    @Test
    void aDecisionForWhatLiarsSayIsNotRight() {
        // Who votes for one action is counted for the other.
        assertThat(
                        violated(
                                () ->
                                        new TestedCore() {
                                            @Override
                                            Step vote(
                                                    Deliberation before,
                                                    SignedRecommendation vote,
                                                    long now,
                                                    Circumstances of) {
                                                return super.vote(before, turned(vote), now, of);
                                            }
                                        }))
                .contains("RIGHT");
    }

    @Test
    void aDecisionByLessThanTwoThirdsIsNone() {
        assertThat(violated(() -> deciding((made, now) -> withPower(made, 600_000))))
                .contains("TWO THIRDS");
    }

    @Test
    void aSecondDecisionThatDiffersIsOneTooMany() {
        assertThat(
                        violated(
                                () ->
                                        new TestedCore() {
                                            private Optional<Decision> first = Optional.empty();

                                            @Override
                                            Step vote(
                                                    Deliberation before,
                                                    SignedRecommendation vote,
                                                    long now,
                                                    Circumstances of) {
                                                Step step = super.vote(before, vote, now, of);
                                                if (step.decision().isPresent()) {
                                                    first = step.decision();
                                                } else if (before.outcome().isPresent()) {
                                                    first.ifPresent(
                                                            made ->
                                                                    step.decide(
                                                                            withPower(
                                                                                    made,
                                                                                    900_001)));
                                                }
                                                return step;
                                            }
                                        }))
                .contains("ONE");
    }

    @Test
    void aDecisionAfterTwoMinutesIsTooLate() {
        assertThat(
                        violated(
                                () ->
                                        new TestedCore() {
                                            @Override
                                            Step onTime(
                                                    Deliberation before,
                                                    long now,
                                                    Circumstances of) {
                                                return super.onTime(before, now - 1_000, of);
                                            }

                                            @Override
                                            Optional<Long> wakeUpAt(Deliberation of, long now) {
                                                return super.wakeUpAt(of, now - 1_000)
                                                        .map(at -> at + 1_000);
                                            }
                                        }))
                .contains("IN TIME");
    }

    @Test
    void proofAgainstWhoWasAskedTwiceIsNotFair() {
        assertThat(
                        violated(
                                () ->
                                        new TestedCore() {
                                            @Override
                                            Step vote(
                                                    Deliberation before,
                                                    SignedRecommendation vote,
                                                    long now,
                                                    Circumstances of) {
                                                Step step = super.vote(before, vote, now, of);
                                                if (step.verdict().orElseThrow()
                                                        == VoteVerdict.DUPLICATE) {
                                                    step.find(
                                                            Finding.of(
                                                                    FindingKind.EQUIVOCATION,
                                                                    now,
                                                                    "it came twice",
                                                                    vote.vote()));
                                                }
                                                return step;
                                            }
                                        }))
                .contains("FAIR");
    }

    @Test
    void stateThatBytesDoNotHoldIsNotKept() {
        assertThat(
                        violated(
                                () ->
                                        new TestedCore() {
                                            @Override
                                            Deliberation read(byte[] bytes) {
                                                Deliberation kept = super.read(bytes);
                                                return kept.ballots().isEmpty()
                                                        ? kept
                                                        : kept.withoutPower(
                                                                kept.ballots().get(0).agent());
                                            }
                                        }))
                .contains("KEPT");
    }

    @Test
    void whatIsRememberedOutsideOfStateIsNotRestored() {
        assertThat(
                        violated(
                                () ->
                                        new TestedCore() {
                                            private final Set<SignedRecommendation> seen =
                                                    new HashSet<>();

                                            @Override
                                            Step vote(
                                                    Deliberation before,
                                                    SignedRecommendation vote,
                                                    long now,
                                                    Circumstances of) {
                                                return seen.add(vote)
                                                        ? super.vote(before, vote, now, of)
                                                        : onTime(before, now, of);
                                            }
                                        }))
                .contains("RESTORED");
    }

    @Test
    void whoSetsNoTimerDoesNotEnd() {
        assertThat(
                        violated(
                                () ->
                                        new TestedCore() {
                                            @Override
                                            Optional<Long> wakeUpAt(Deliberation of, long now) {
                                                return Optional.empty();
                                            }
                                        }))
                .contains("ENDS");
    }

    @Test
    void whoHearsNobodyDoesNotLive() {
        assertThat(
                        violated(
                                () ->
                                        new TestedCore() {
                                            @Override
                                            Step vote(
                                                    Deliberation before,
                                                    SignedRecommendation vote,
                                                    long now,
                                                    Circumstances of) {
                                                return onTime(before, now, of);
                                            }
                                        }))
                .contains("LIVE");
    }

    /** The names of the invariants that the first runs break, one a run. */
    private static Set<String> violated(Supplier<TestedCore> broken) {
        Set<String> names = new TreeSet<>();
        for (long seed = 1; seed <= RUNS; seed++) {
            try {
                new BadNetwork(seed, broken.get()).run();
            } catch (IllegalStateException e) {
                names.add(e.getMessage().replaceFirst(":.*", ""));
            }
        }
        return names;
    }

    private interface Making {
        Decision instead(Decision made, long now);
    }

    /** Decides as the core does, and tells of something else. */
    private static TestedCore deciding(Making other) {
        return new TestedCore() {
            @Override
            Step vote(Deliberation before, SignedRecommendation vote, long now, Circumstances of) {
                Step step = super.vote(before, vote, now, of);
                step.decision().ifPresent(made -> step.decide(other.instead(made, now)));
                return step;
            }
        };
    }

    private static SignedRecommendation turned(SignedRecommendation vote) {
        return new SignedRecommendation(
                vote.recommendation().toBuilder()
                        .action(
                                vote.recommendation().action().equals(Agents.RESTART.id())
                                        ? Agents.SCALE.id()
                                        : Agents.RESTART.id())
                        .build(),
                vote.signature());
    }

    private static Decision withPower(Decision made, int ppm) {
        Outcome was = made.outcome();
        ActionSupport support = new ActionSupport(was.action(), ppm, was.support().confidence());
        Outcome other = new Outcome(was.status(), support, was.round(), was.decidedAtMillis());
        return new Decision(new Certificate(made.certificate().rounds(), other), Optional.empty());
    }
}
