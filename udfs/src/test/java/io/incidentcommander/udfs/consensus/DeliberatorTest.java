// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.udfs.consensus;

import static io.incidentcommander.udfs.consensus.Agents.RESTART;
import static io.incidentcommander.udfs.consensus.Agents.SCALE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.incidentcommander.model.consensus.Action;
import io.incidentcommander.model.consensus.ActionId;
import io.incidentcommander.model.consensus.AgentRole;
import io.incidentcommander.model.consensus.Decision;
import io.incidentcommander.model.consensus.DecisionStatus;
import io.incidentcommander.model.consensus.Finding;
import io.incidentcommander.model.consensus.FindingKind;
import io.incidentcommander.model.consensus.Protocol;
import io.incidentcommander.model.consensus.Recommendation;
import io.incidentcommander.model.consensus.RequestReason;
import io.incidentcommander.model.consensus.Roster;
import io.incidentcommander.model.consensus.RoundRequest;
import io.incidentcommander.model.consensus.Seat;
import io.incidentcommander.model.consensus.SeatStanding;
import io.incidentcommander.model.consensus.SignedRecommendation;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class DeliberatorTest {
    private static final String RULES = "detection/rules";
    private static final String MODEL = "diagnosis/model";
    private static final String CAUSAL = "diagnosis/causal";
    private static final String SEASONAL = "prediction/seasonal";
    private static final String LSTM = "prediction/lstm";
    private static final String RUNBOOK = "resolution/runbook";
    private static final ActionId R = RESTART.id();
    private static final ActionId S = SCALE.id();

    private final Table table = new Table(Agents.weighted(Agents.defaultRoster()));

    private static Table under(Protocol protocol, String... doubted) {
        List<Seat> seats = new ArrayList<>(DefaultRoster.seats(Agents::publicKey));
        seats.replaceAll(
                s -> List.of(doubted).contains(s.agent()) ? s.with(SeatStanding.DOUBTED, 0) : s);
        Roster roster = Agents.freeze(seats, Set.of());
        return new Table(Circumstances.fixed(new RoundSetup(roster, protocol)));
    }

    @Test
    void moreThanTwoThirdsDecideAtOnce() {
        table.vote(RULES, R, 0.9);
        table.vote(MODEL, R, 0.8);
        table.vote(CAUSAL, R, 0.95);
        assertThat(table.decisions).isEmpty();
        table.vote(RUNBOOK, R, 0.9);
        assertThat(table.decisions).hasSize(1);
        assertThat(table.decisions.get(0).status()).isEqualTo(DecisionStatus.DECIDED);
        assertThat(table.decisions.get(0).action()).isEqualTo(RESTART);
        assertThat(table.decisions.get(0).outcome().support().powerPpm()).isEqualTo(700_000);
        assertThat(table.decisions.get(0).outcome().support().confidence()).isEqualTo(0.9);
        assertThat(table.decisions.get(0).toleratedAgents()).isEqualTo(1);
    }

    @Test
    void theShareIsOfAllEligiblePowerNotOfTheVotesReceived() {
        table.vote(RULES, R, 1);
        table.vote(MODEL, R, 1);
        table.vote(CAUSAL, R, 1);
        table.toTheEnd();
        assertThat(table.decisions).hasSize(1);
        assertThat(table.decisions.get(0).status()).isEqualTo(DecisionStatus.UNRESOLVED);
    }

    @Test
    void abstentionIsAVoteAndShrinksNothing() {
        table.vote(RULES, R, 1);
        table.vote(MODEL, R, 1);
        table.vote(SEASONAL, R, 1);
        assertThat(table.vote(CAUSAL, ActionId.ABSTAIN, 1)).isEqualTo(VoteVerdict.COUNTED);
        assertThat(table.vote(LSTM, ActionId.ABSTAIN, 1)).isEqualTo(VoteVerdict.COUNTED);
        table.vote(RUNBOOK, R, 1);
        assertThat(table.decisions).isEmpty();
        assertThat(table.request().terms().round()).isEqualTo(2);
    }

    @Test
    void aLiarCannotVetoBySupportingAtZero() {
        table.vote(MODEL, R, 0);
        table.vote(RULES, R, 0.9);
        table.vote(CAUSAL, R, 0.8);
        table.vote(SEASONAL, R, 0.8);
        assertThat(table.decisions).hasSize(1);
        assertThat(table.decisions.get(0).outcome().support().confidence()).isEqualTo(0.8);
    }

    /** Exactly half of what may come to support it is sure: who is outstanding can tip it. */
    @Test
    void halfOfThePowerBeingSureIsNotCertainBeforeTheLastHasVoted() {
        table.vote(RULES, R, 0.9);
        table.vote(SEASONAL, R, 0.9);
        table.vote(LSTM, R, 0.9);
        table.vote(MODEL, R, 0.5);
        table.vote(CAUSAL, R, 0.5);
        assertThat(table.decisions).isEmpty();
        table.vote(RUNBOOK, R, 0.5);
        assertThat(table.decisions).isEmpty();
        assertThat(table.request().reason()).isEqualTo(RequestReason.LOW_CONFIDENCE);
    }

    @Test
    void lowConfidenceAsksAgainAndSixTenthsSufficeInTheLastRound() {
        for (int round = 1; round <= 3; round++) {
            assertThat(table.decisions).isEmpty();
            for (DefaultRoster member : DefaultRoster.values()) {
                table.vote(member.agent(), R, 0.65);
            }
        }
        assertThat(table.requests.get(1).reason()).isEqualTo(RequestReason.LOW_CONFIDENCE);
        assertThat(table.requests.get(1).before().get(0).powerPpm()).isGreaterThan(666_666);
        assertThat(table.decisions).hasSize(1);
        assertThat(table.decisions.get(0).outcome().round()).isEqualTo(3);
        assertThat(table.decisions.get(0).status()).isEqualTo(DecisionStatus.DECIDED);
    }

    @Test
    void twoTrustedSupportersDoNotDecideWhateverTheirPower() {
        Table doubting = under(Protocol.WEIGHTED, MODEL, CAUSAL);
        doubting.vote(RULES, R, 0.9);
        doubting.vote(MODEL, R, 0.9);
        doubting.vote(CAUSAL, R, 0.9);
        doubting.vote(RUNBOOK, R, 0.9);
        assertThat(doubting.decisions).isEmpty();
        doubting.vote(SEASONAL, S, 0.9);
        doubting.vote(LSTM, S, 0.9);
        assertThat(doubting.request().reason()).isEqualTo(RequestReason.FEW_TRUSTED);
        assertThat(doubting.request().before().get(0).powerPpm()).isGreaterThan(666_666);
        doubting.vote(RULES, R, 0.9);
        doubting.vote(MODEL, R, 0.9);
        doubting.vote(SEASONAL, R, 0.9);
        doubting.vote(RUNBOOK, R, 0.9);
        assertThat(doubting.decisions).isEmpty(); // three of them are trusted, 0.65 of the power
        doubting.vote(CAUSAL, R, 0.9);
        assertThat(doubting.decisions).hasSize(1);
    }

    @Test
    void whereHalfOfThePowerIsSureAndHalfIsNotTheLesserConfidenceStands() {
        table.vote(MODEL, R, 0.6);
        table.vote(SEASONAL, R, 0.6);
        table.vote(CAUSAL, R, 0.9);
        table.vote(LSTM, R, 0.9);
        table.vote(RULES, S, 0.9);
        table.vote(RUNBOOK, S, 0.9);
        assertThat(table.request().reason()).isEqualTo(RequestReason.LOW_CONFIDENCE);
        assertThat(table.request().before().get(0).confidence()).isEqualTo(0.6);
    }

    @Test
    void withoutAgreementTheBestSingleRecommendationGoesToAHumanAt120Seconds() {
        for (int round = 1; round <= 3; round++) {
            table.vote(RULES, R, 0.8);
            table.vote(MODEL, S, 0.99);
            table.vote(CAUSAL, R, 0.9);
            table.until(Agents.NOW + 40_000L * round - 1);
            assertThat(table.decisions).isEmpty();
            table.until(Agents.NOW + 40_000L * round);
        }
        assertThat(table.decisions).hasSize(1);
        assertThat(table.decisions.get(0).status()).isEqualTo(DecisionStatus.UNRESOLVED);
        assertThat(table.decisions.get(0).outcome().decidedAtMillis())
                .isEqualTo(Agents.NOW + 120_000);
        assertThat(table.decisions.get(0).recommendation().orElseThrow().agent()).isEqualTo(CAUSAL);
        assertThat(table.wakeUpAt()).isEmpty();
    }

    @Test
    void silenceOfAllEndsWithEscalation() {
        table.toTheEnd();
        assertThat(table.decisions).hasSize(1);
        assertThat(table.decisions.get(0).action()).isEqualTo(Action.ESCALATE);
        assertThat(table.decisions.get(0).recommendation()).isEmpty();
    }

    @Test
    void aVoteAfterTheTimeLimitOfItsRoleIsLate() {
        table.vote(MODEL, S, 0.9);
        table.vote(CAUSAL, R, 0.9);
        table.vote(RUNBOOK, S, 0.9);
        RoundPolicy slow =
                new RoundPolicy(0.7, 0.6, 3, 1, 120_000, Map.of(AgentRole.DETECTION, 60_000L));
        Table once = new Table(slow, Agents.weighted(Agents.defaultRoster()));
        assertThat(once.wakeUpAt()).contains(Agents.NOW + 60_000);
        once.until(Agents.NOW + 60_000);
        assertThat(once.vote(RULES, R, 0.9)).isEqualTo(VoteVerdict.LATE);
        assertThat(once.vote(MODEL, R, 0.9)).isEqualTo(VoteVerdict.COUNTED);
        assertThat(once.wakeUpAt()).contains(Agents.NOW + 120_000);
    }

    @Test
    void anotherVoteUnderTheSameRequestIsAReplayAndPunishesNobody() {
        table.vote(MODEL, R, 0.9);
        assertThat(table.vote(MODEL, S, 0.4)).isEqualTo(VoteVerdict.REPLAYED);
        assertThat(table.vote(MODEL, R, 0.9)).isEqualTo(VoteVerdict.DUPLICATE);
        assertThat(table.findings).hasSize(1);
        assertThat(table.findings.get(0).kind()).isEqualTo(FindingKind.REPLAY);
        assertThat(table.findings.get(0).kind().points()).isZero();
        assertThat(table.deliberation.ballot(MODEL).orElseThrow().action()).isEqualTo(R);
    }

    @Test
    void anotherVoteUnderAnotherRequestIsEquivocationWithBothVotesAsProof() {
        SignedRecommendation first = Agents.signed(Agents.answer(table.request(), MODEL, R, 0.9));
        SignedRecommendation second =
                Agents.signed(Agents.answer(table.request(), MODEL, S, 0.9).requestId("other"));
        table.cast(first);
        assertThat(table.cast(second)).isEqualTo(VoteVerdict.EQUIVOCATES);
        assertThat(table.cast(second)).isEqualTo(VoteVerdict.EQUIVOCATES);
        assertThat(table.findings).hasSize(1);
        assertThat(table.findings.get(0).kind()).isEqualTo(FindingKind.EQUIVOCATION);
        assertThat(table.findings.get(0).proof())
                .containsExactlyInAnyOrder(first.vote(), second.vote());
        assertThat(table.deliberation.ballot(MODEL).orElseThrow().cast()).isEqualTo(first);
    }

    @Test
    void impossibleVotesSpoilTheBallotAndAreFound() {
        assertThat(table.vote(RULES, R, Double.NaN)).isEqualTo(VoteVerdict.SPOILED);
        assertThat(table.vote(MODEL, R, 1.01)).isEqualTo(VoteVerdict.SPOILED);
        assertThat(table.vote(CAUSAL, ActionId.of(new byte[32]), -0.1))
                .isEqualTo(VoteVerdict.SPOILED);
        String id = "f".repeat(64);
        assertThat(table.vote(SEASONAL, ActionId.ofHex(id), 0.5)).isEqualTo(VoteVerdict.SPOILED);
        assertThat(
                        table.cast(
                                Agents.unsigned(
                                        Agents.answer(table.request(), LSTM, R, 0.5)
                                                .evidenceIds(List.of("alert-1", "invented")))))
                .isEqualTo(VoteVerdict.SPOILED);
        assertThat(
                        table.cast(
                                Agents.unsigned(
                                        Agents.answer(table.request(), RUNBOOK, R, 0.5)
                                                .family("model"))))
                .isEqualTo(VoteVerdict.SPOILED);
        assertThat(table.findings)
                .extracting(finding -> finding.kind())
                .containsExactly(
                        FindingKind.IMPOSSIBLE_CONFIDENCE,
                        FindingKind.IMPOSSIBLE_CONFIDENCE,
                        FindingKind.IMPOSSIBLE_CONFIDENCE,
                        FindingKind.NOT_A_CANDIDATE,
                        FindingKind.MISSING_EVIDENCE,
                        FindingKind.FALSE_IDENTITY);
        assertThat(table.findings).allSatisfy(f -> assertThat(f.proof()).hasSize(1));
    }

    @Test
    void strangersOldKeysAndOldRoundsCountForNothing() {
        SignedRecommendation stranger =
                Agents.unsigned(Agents.answer(table.request(), MODEL, R, 1).agent("stranger"));
        assertThat(table.cast(stranger)).isEqualTo(VoteVerdict.UNKNOWN_AGENT);
        assertThat(
                        table.cast(
                                Agents.unsigned(
                                        Agents.answer(table.request(), MODEL, R, 1).keyEpoch(2))))
                .isEqualTo(VoteVerdict.OLD_KEY);
        SignedRecommendation old = Agents.vote(table.request(), RULES, R, 1);
        table.until(Agents.NOW + 40_000);
        assertThat(table.request().terms().round()).isEqualTo(2);
        assertThat(table.cast(old)).isEqualTo(VoteVerdict.STALE);
        assertThat(table.findings)
                .extracting(finding -> finding.kind())
                .containsExactly(
                        FindingKind.UNKNOWN_AGENT, FindingKind.OLD_KEY, FindingKind.STALE_ROUND);
        assertThat(table.findings).allSatisfy(f -> assertThat(f.kind().points()).isZero());
        assertThat(table.deliberation.ballots()).isEmpty();
    }

    /** Neither is signed by anybody, so whoever can write to the topic could fill state. */
    @Test
    void inventedNamesAndRoundsAreToldOfOnceAndFillNoState() {
        for (int round = -500; round < 500; round++) {
            table.cast(
                    Agents.unsigned(
                            Agents.answer(table.request(), MODEL, R, 1)
                                    .agent("stranger" + round)
                                    .round(round)));
            table.cast(
                    Agents.unsigned(
                            Agents.answer(table.request(), MODEL, R, 1)
                                    .keyEpoch(1000 + round)
                                    .round(round)));
            table.cast(
                    Agents.unsigned(
                            Agents.answer(table.request(), RULES, R, 1).round(-1000 + round)));
        }
        // of the round that is open, and of all that are not
        assertThat(table.findings)
                .extracting(finding -> finding.kind())
                .containsExactlyInAnyOrder(
                        FindingKind.UNKNOWN_AGENT,
                        FindingKind.UNKNOWN_AGENT,
                        FindingKind.OLD_KEY,
                        FindingKind.OLD_KEY,
                        FindingKind.STALE_ROUND);
    }

    @Test
    void aVoteForTheNextRoundWaitsForIt() {
        Table ahead = new Table(Agents.weighted(Agents.defaultRoster()));
        ahead.until(Agents.NOW + 40_000);
        SignedRecommendation early = Agents.vote(ahead.request(), MODEL, R, 0.9);
        assertThat(table.cast(early)).isEqualTo(VoteVerdict.EARLY);
        assertThat(table.cast(early)).isEqualTo(VoteVerdict.DUPLICATE);
        table.until(Agents.NOW + 40_000);
        assertThat(table.deliberation.ballot(MODEL).orElseThrow().cast()).isEqualTo(early);
    }

    private void fourDecideForR() {
        table.vote(RULES, R, 0.9);
        table.vote(MODEL, R, 0.8);
        table.vote(CAUSAL, R, 0.95);
        table.vote(RUNBOOK, R, 0.9);
        assertThat(table.decisions).hasSize(1);
    }

    private SignedRecommendation under(
            String request, RoundRequest asked, String agent, ActionId action) {
        return Agents.unsigned(Agents.answer(asked, agent, action, 0.9).requestId(request));
    }

    @Test
    void whoContradictsItselfAfterTheDecisionIsFoundWhetherItsVoteCountedOrNot() {
        fourDecideForR();
        Decision decided = table.decisions.get(0);
        assertThat(table.cast(under("another", table.request(), MODEL, S)))
                .isEqualTo(VoteVerdict.EQUIVOCATES);
        SignedRecommendation first = Agents.vote(table.request(), LSTM, S, 0.9);
        SignedRecommendation second = under("another", table.request(), LSTM, R);
        assertThat(table.cast(first)).isEqualTo(VoteVerdict.AFTER_DECISION);
        assertThat(table.findings).hasSize(1);
        assertThat(table.cast(first)).isEqualTo(VoteVerdict.DUPLICATE);
        assertThat(table.cast(second)).isEqualTo(VoteVerdict.EQUIVOCATES);
        assertThat(table.findings)
                .extracting(Finding::kind, Finding::agent)
                .containsExactly(
                        tuple(FindingKind.EQUIVOCATION, MODEL),
                        tuple(FindingKind.EQUIVOCATION, LSTM));
        assertThat(table.findings.get(1).proof())
                .containsExactlyInAnyOrder(first.vote(), second.vote());
        assertThat(table.decisions).containsExactly(decided);
    }

    @Test
    void whatIsWrongInAVoteIsFoundThoughItComesTooLate() {
        fourDecideForR();
        assertThat(table.vote(LSTM, S, Double.NaN)).isEqualTo(VoteVerdict.AFTER_DECISION);
        assertThat(table.vote(SEASONAL, S, 0.9)).isEqualTo(VoteVerdict.AFTER_DECISION);
        assertThat(table.findings)
                .extracting(Finding::kind, Finding::agent)
                .containsExactly(tuple(FindingKind.IMPOSSIBLE_CONFIDENCE, LSTM));

        RoundPolicy slow =
                new RoundPolicy(0.7, 0.6, 3, 1, 120_000, Map.of(AgentRole.DETECTION, 60_000L));
        Table once = new Table(slow, Agents.weighted(Agents.defaultRoster()));
        once.until(Agents.NOW + 60_000);
        assertThat(once.vote(RULES, R, 2)).isEqualTo(VoteVerdict.LATE);
        assertThat(once.findings)
                .extracting(Finding::kind)
                .containsExactly(FindingKind.IMPOSSIBLE_CONFIDENCE);
        assertThat(once.cast(under("another", once.request(), RULES, S)))
                .isEqualTo(VoteVerdict.EQUIVOCATES);
        once.toTheEnd();
        assertThat(once.decisions.get(0).certificate().last().votes()).isEmpty();
    }

    @Test
    void whoContradictsItsVoteInARoundThatIsOverIsFound() {
        RoundRequest first = table.request();
        SignedRecommendation said = Agents.vote(first, MODEL, R, 0.9);
        table.cast(said);
        table.until(Agents.NOW + 40_000);
        assertThat(table.cast(said)).isEqualTo(VoteVerdict.STALE);
        assertThat(table.cast(Agents.vote(first, MODEL, S, 0.9))).isEqualTo(VoteVerdict.STALE);
        table.until(Agents.NOW + 80_000);
        assertThat(table.request().terms().round()).isEqualTo(3);
        SignedRecommendation other = under("another", first, MODEL, S);
        assertThat(table.cast(other)).isEqualTo(VoteVerdict.EQUIVOCATES);
        assertThat(table.findings)
                .extracting(Finding::kind)
                .containsExactly(FindingKind.STALE_ROUND, FindingKind.EQUIVOCATION);
        assertThat(table.findings.get(1).proof())
                .containsExactlyInAnyOrder(said.vote(), other.vote());
        assertThat(table.deliberation.ballots()).isEmpty();
    }

    @Test
    void whoIsOfTwoMindsAboutARoundBeforeItOpensIsFound() {
        Table ahead = new Table(Agents.weighted(Agents.defaultRoster()));
        ahead.until(Agents.NOW + 40_000);
        SignedRecommendation early = Agents.vote(ahead.request(), MODEL, R, 0.9);
        table.cast(early);
        assertThat(table.cast(under("another", ahead.request(), MODEL, S)))
                .isEqualTo(VoteVerdict.EQUIVOCATES);
        table.until(Agents.NOW + 40_000);
        assertThat(table.deliberation.ballot(MODEL).orElseThrow().cast()).isEqualTo(early);
    }

    @Test
    void votesUnderOtherTermsDoNotCount() {
        assertThat(
                        table.cast(
                                Agents.unsigned(
                                        Agents.answer(table.request(), MODEL, R, 1)
                                                .terms("0".repeat(64)))))
                .isEqualTo(VoteVerdict.OTHER_TERMS);
        assertThat(table.findings).isEmpty();
    }

    @Test
    void aRoundWithoutHopeStillHearsTheSlowSoThatTheOthersCanJoinThem() {
        table.vote(RULES, R, 0.9);
        table.vote(MODEL, S, 0.9);
        table.vote(SEASONAL, Action.NO_ACTION.id(), 0.9);
        table.vote(LSTM, R, 0.9);
        table.vote(RUNBOOK, R, 0.9);
        assertThat(table.requests).hasSize(1);
        table.now += 10_000;
        table.vote(CAUSAL, R, 0.9);
        assertThat(table.requests).hasSize(2);
        assertThat(table.request().reason()).isEqualTo(RequestReason.NO_MAJORITY);
        assertThat(table.request().before().get(0).action()).isEqualTo(R);
        assertThat(table.request().before().get(0).powerPpm()).isEqualTo(650_000);
    }

    @Test
    void aRoundWithoutHopeIsOverWhenTheTimeOfTheSlowIs() {
        table.vote(RULES, R, 0.9);
        table.vote(MODEL, S, 0.9);
        table.vote(SEASONAL, Action.NO_ACTION.id(), 0.9);
        table.until(Agents.NOW + 39_999);
        assertThat(table.requests).hasSize(1);
        table.until(Agents.NOW + 40_000);
        assertThat(table.requests).hasSize(2);
        assertThat(table.request().reason()).isEqualTo(RequestReason.NO_MAJORITY);
    }

    @Test
    void twoRoundsHaveToComeToTheSameAction() {
        Table twice = under(Protocol.TWO_ROUNDS);
        for (DefaultRoster member : DefaultRoster.values()) {
            twice.vote(member.agent(), R, 0.9);
            if (twice.requests.size() == 2) {
                break;
            }
        }
        assertThat(twice.decisions).isEmpty();
        assertThat(twice.request().reason()).isEqualTo(RequestReason.CONFIRMATION);
        for (DefaultRoster member : DefaultRoster.values()) {
            twice.vote(member.agent(), R, 0.9);
        }
        assertThat(twice.decisions).hasSize(1);
        assertThat(twice.decisions.get(0).status()).isEqualTo(DecisionStatus.DECIDED);
        assertThat(twice.decisions.get(0).certificate().rounds()).hasSize(2);
    }

    @Test
    void aDoubtedOutlierIsLeftOutUnderStrictRules() {
        for (Protocol protocol : List.of(Protocol.WEIGHTED, Protocol.STRICT)) {
            Table strict = under(protocol, LSTM);
            strict.vote(LSTM, R, 0.1);
            strict.vote(RULES, R, 0.9);
            strict.vote(MODEL, R, 0.9);
            strict.vote(CAUSAL, R, 0.9);
            assertThat(strict.decisions).hasSize(protocol == Protocol.WEIGHTED ? 1 : 0);
            strict.vote(SEASONAL, S, 0.9);
            strict.vote(RUNBOOK, S, 0.9);
            assertThat(strict.decisions).hasSize(protocol == Protocol.WEIGHTED ? 1 : 0);
            assertThat(strict.findings)
                    .extracting(finding -> finding.kind())
                    .contains(FindingKind.UNLIKE_OTHERS);
        }
    }

    /** It is of nobody's support now, and may be of the leader's again at the end. */
    @Test
    void whatIsLeftOutForNowCountsAgainstBeingCertain() {
        Table strict = under(Protocol.STRICT, MODEL);
        strict.vote(MODEL, R, 0.1);
        strict.vote(RULES, R, 0.9);
        strict.vote(SEASONAL, R, 0.9);
        strict.vote(LSTM, R, 0.9);
        strict.vote(CAUSAL, R, 0.69);
        assertThat(strict.decisions).isEmpty();
        strict.vote(RUNBOOK, R, 0.9);
        assertThat(strict.decisions).hasSize(1);
    }

    /** It was asked again after a failure: what it said then is lost, and not against it. */
    @Test
    void anotherVoteUnderOtherTermsOfTheSameRoundIsNoEquivocation() {
        RoundRequest first = table.request();
        table.vote(MODEL, R, 0.9);
        table.until(Agents.NOW + 40_000);
        Recommendation.Builder other =
                Agents.answer(first, MODEL, S, 0.9).terms("f".repeat(64)).requestId("before");
        assertThat(table.cast(Agents.unsigned(other))).isEqualTo(VoteVerdict.STALE);
        assertThat(table.findings)
                .extracting(finding -> finding.kind())
                .doesNotContain(FindingKind.EQUIVOCATION);
    }

    @Test
    void withFewerThanThreeTrustedAHumanDecides() {
        Table human = under(Protocol.WEIGHTED, RULES, MODEL, CAUSAL, LSTM);
        for (DefaultRoster member : DefaultRoster.values()) {
            human.vote(member.agent(), R, 0.9);
        }
        assertThat(human.decisions).hasSize(1);
        assertThat(human.decisions.get(0).status()).isEqualTo(DecisionStatus.HUMAN_ONLY);
        assertThat(human.decisions.get(0).recommendation()).isPresent();
    }

    @Test
    void withoutAnyVotingAgentThePriorityFallbackAnswersAtOnce() {
        List<Seat> seats = new ArrayList<>(DefaultRoster.seats(Agents::publicKey));
        seats.replaceAll(s -> s.with(SeatStanding.QUARANTINED, 0));
        Table gone = new Table(Agents.weighted(Agents.freeze(seats, Set.of())));
        assertThat(gone.decisions).hasSize(1);
        assertThat(gone.decisions.get(0).status()).isEqualTo(DecisionStatus.FALLBACK);
        assertThat(gone.decisions.get(0).action()).isEqualTo(Action.ESCALATE);
    }

    @Test
    void aRosterThatCannotBeCappedNeedsApproval() {
        List<Seat> three = DefaultRoster.seats(Agents::publicKey).subList(0, 3);
        Table small = new Table(Agents.weighted(Agents.freeze(three, Set.of())));
        small.vote(RULES, R, 0.9);
        small.vote(MODEL, R, 0.9);
        small.vote(CAUSAL, R, 0.9);
        assertThat(small.decisions.get(0).status()).isEqualTo(DecisionStatus.NEEDS_APPROVAL);
        assertThat(small.decisions.get(0).toleratedAgents()).isZero();
    }

    @Test
    void aRevokedKeyTakesItsVoteOutOfTheOpenRound() {
        table.vote(MODEL, R, 0.9);
        table.vote(RULES, R, 0.9);
        table.vote(CAUSAL, R, 0.9);
        table.revoke(MODEL);
        table.vote(RUNBOOK, R, 0.9);
        assertThat(table.decisions).isEmpty();
        table.vote(SEASONAL, R, 0.9);
        table.vote(LSTM, R, 0.9);
        assertThat(table.decisions).hasSize(1);
        assertThat(table.decisions.get(0).certificate().last().votes())
                .noneMatch(vote -> vote.agent().equals(MODEL));
    }
}
