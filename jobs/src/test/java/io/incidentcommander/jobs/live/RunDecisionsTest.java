// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.jobs.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.incidentcommander.model.consensus.Action;
import io.incidentcommander.model.consensus.ActionId;
import io.incidentcommander.model.consensus.CandidateList;
import io.incidentcommander.model.consensus.Decision;
import io.incidentcommander.model.consensus.Finding;
import io.incidentcommander.model.consensus.FindingKind;
import io.incidentcommander.model.consensus.Protocol;
import io.incidentcommander.model.consensus.Question;
import io.incidentcommander.model.consensus.Recommendation;
import io.incidentcommander.model.consensus.Roster;
import io.incidentcommander.model.consensus.RoundRequest;
import io.incidentcommander.model.consensus.Seat;
import io.incidentcommander.model.consensus.SeatStanding;
import io.incidentcommander.model.consensus.SignedRecommendation;
import io.incidentcommander.model.consensus.VerifiedOutcome;
import io.incidentcommander.udfs.consensus.Circumstances;
import io.incidentcommander.udfs.consensus.DefaultRoster;
import io.incidentcommander.udfs.consensus.Deliberator;
import io.incidentcommander.udfs.consensus.Rosters;
import io.incidentcommander.udfs.consensus.RoundPolicy;
import io.incidentcommander.udfs.consensus.RoundSetup;
import io.incidentcommander.udfs.consensus.Step;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What a run says of its agents, by what came of its decisions. */
class RunDecisionsTest {
    private static final String TENANT = "acme";
    private static final long NOW = 1_700_000_000_000L;
    private static final Action RESTART = new Action("restart", "1", "checkout", Map.of());
    private static final Action SCALE = new Action("scale", "1", "checkout", Map.of());
    private static final DefaultRoster LIAR = DefaultRoster.DIAGNOSIS_MODEL;

    /** Its vote came when all was decided without it: nothing to judge. */
    private static final String LAST = DefaultRoster.RESOLUTION_RUNBOOK.agent();

    private static final Roster ROSTER =
            Rosters.freeze(
                    Rosters.DEFAULT_WEIGHTS,
                    DefaultRoster.seats(agent -> "00".repeat(32)),
                    Set.of());

    @Test
    void whoWasOutvotedByWhatTurnedOutRightHasLostReputationAtTheEnd() {
        RunDecisions run = run(4, 4);
        assertThat(run.reputations()).hasSize(6);
        // One right and one wrong are taken for granted; each later one leaves 0.92 of it.
        double seen = 1 + 0.92 + 0.92 * 0.92 + 0.92 * 0.92 * 0.92;
        run.reputations()
                .forEach(
                        (agent, reputation) -> {
                            boolean lied = agent.equals(LIAR.agent());
                            double expected = (lied ? 1 : 1 + seen) / (2 + seen);
                            assertThat(reputation)
                                    .as(agent)
                                    .isCloseTo(agent.equals(LAST) ? 0.5 : expected, within(1e-6));
                        });
        // The latest roster froze before any of it and says nothing of it.
        assertThat(run.made().get(3).decision().certificate().last().terms().roster().seats())
                .allMatch(seat -> seat.reputationPpm() == Seat.WHOLE_PPM);
    }

    @Test
    void whoWasNeverJudgedHasWhatAnUnknownAgentHas() {
        assertThat(run(2, 0).reputations().values()).hasSize(6).containsOnly(0.5);
        assertThat(RunDecisions.none().reputations()).isEmpty();
    }

    @Test
    void theSummarySaysAfterHowManyOutcomesItIs() {
        RunDecisions run = run(4, 3);
        String text = DecisionRecord.text(run, ROSTER, Optional.of(LIAR.agent()));
        double liars = run.reputations().get(LIAR.agent());
        assertThat(liars).isLessThan(0.3);
        assertThat(text)
                .contains("3 turned out right, 0 wrong")
                .contains("reputation after these 3 outcomes: ")
                .contains(String.format(Locale.getDefault(), "diagnosis/model %.2f", liars))
                .contains("caught (EQUIVOCATION)");
        ObjectNode json = new ObjectMapper().createObjectNode();
        DecisionRecord.describe(run, ROSTER, Optional.of(LIAR.agent()), json);
        JsonNode consensus = json.get("consensus");
        assertThat(consensus.get("reputation").get(LIAR.agent()).asDouble()).isEqualTo(liars);
        assertThat(consensus.get("compromised_outvoted").asInt()).isEqualTo(4);
    }

    /** It lied at once, was caught with the second lie, and the third round was without it. */
    @Test
    void theSummarySaysHowLongALiarGotAwayWithIt() {
        List<Finding> findings = new ArrayList<>();
        List<RunDecisions.Made> made = new ArrayList<>();
        made.add(made("i", ROSTER, NOW, new ArrayList<>())); // nobody heard the second vote
        made.add(made("j", ROSTER, NOW + 61_500, findings));
        RunDecisions caught = new RunDecisions(made, findings, List.of());
        assertThat(DecisionRecord.text(caught, ROSTER, Optional.of(LIAR.agent())))
                .contains(
                        "caught (EQUIVOCATION) 61 s after its first lie, NOT quarantined"
                                + System.lineSeparator());
        List<Seat> seats = new ArrayList<>(DefaultRoster.seats(agent -> "00".repeat(32)));
        seats.replaceAll(
                seat ->
                        seat.agent().equals(LIAR.agent())
                                ? seat.with(SeatStanding.QUARANTINED, 0)
                                : seat);
        Roster without = Rosters.freeze(Rosters.DEFAULT_WEIGHTS, seats, Set.of());
        made.add(made("k", without, NOW + 90_250, new ArrayList<>()));
        RunDecisions out = new RunDecisions(made, findings, List.of());
        assertThat(DecisionRecord.text(out, ROSTER, Optional.of(LIAR.agent())))
                .contains("quarantined 90 s after its first lie");
        ObjectNode json = new ObjectMapper().createObjectNode();
        DecisionRecord.describe(out, ROSTER, Optional.of(LIAR.agent()), json);
        JsonNode consensus = json.get("consensus");
        assertThat(consensus.get("compromised_caught_s").asDouble()).isEqualTo(61.5);
        assertThat(consensus.get("compromised_out_s").asDouble()).isEqualTo(90.25);
        DecisionRecord.describe(out, ROSTER, Optional.empty(), json);
        assertThat(json.get("consensus").get("compromised_out_s").isNull()).isTrue();
    }

    private static RunDecisions.Made made(
            String incident, Roster roster, long at, List<Finding> findings) {
        return new RunDecisions.Made(decide(incident, 1, RESTART, findings, roster, at), at);
    }

    @Test
    void anAttemptThatANewerOneOvertookWaitsForNobody() {
        List<Finding> findings = new ArrayList<>();
        RunDecisions run =
                new RunDecisions(
                        List.of(
                                new RunDecisions.Made(silence("i", 1), NOW),
                                new RunDecisions.Made(decide("i", 2, findings), NOW),
                                new RunDecisions.Made(silence("j", 1), NOW),
                                new RunDecisions.Made(decide("k", 1, findings), NOW),
                                new RunDecisions.Made(decide("k", 2, findings), NOW)),
                        findings,
                        List.of());
        assertThat(run.overtaken()).isEqualTo(1);
        assertThat(DecisionRecord.text(run, ROSTER, Optional.empty()))
                .contains("5: 3 decided, 1 for a human, 1 overtaken by a newer question;");
    }

    @Test
    void whatTheAgentsDecidedToHandOverIsSaidToBe() {
        List<Finding> findings = new ArrayList<>();
        RunDecisions run =
                new RunDecisions(
                        List.of(
                                new RunDecisions.Made(
                                        decide("i", 1, Action.ESCALATE, findings), NOW),
                                new RunDecisions.Made(decide("j", 1, findings), NOW)),
                        findings,
                        List.of());
        assertThat(DecisionRecord.text(run, ROSTER, Optional.empty()))
                .contains("2: 2 decided (1 of them to escalate), 0 for a human;");
    }

    /** Nobody votes. */
    private static Decision silence(String incident, int attempt) {
        Circumstances circumstances =
                Circumstances.fixed(new RoundSetup(ROSTER, Protocol.WEIGHTED));
        Deliberator deliberator = new Deliberator(RoundPolicy.DEFAULT);
        Step step = deliberator.open(question(incident, attempt), NOW, circumstances);
        while (step.decision().isEmpty()) {
            long next = deliberator.wakeUpAt(step.deliberation(), NOW).orElseThrow();
            step = deliberator.onTime(step.deliberation(), next, circumstances);
        }
        return step.decision().orElseThrow();
    }

    private static Question question(String incident, int attempt) {
        return new Question(
                TENANT, incident, attempt, CandidateList.of(List.of(RESTART, SCALE)), List.of());
    }

    /** The first some of so many decisions turned out right; all but the liar agreed to them. */
    private static RunDecisions run(int decisions, int verified) {
        List<RunDecisions.Made> made = new ArrayList<>();
        List<VerifiedOutcome> outcomes = new ArrayList<>();
        List<Finding> findings = new ArrayList<>();
        for (int i = 0; i < decisions; i++) {
            Decision decision = decide("i" + i, 1, findings);
            made.add(new RunDecisions.Made(decision, NOW));
            if (i < verified) {
                outcomes.add(VerifiedOutcome.right(TENANT, "i" + i, 1, RESTART.id(), NOW + i));
            }
        }
        assertThat(findings)
                .extracting(Finding::kind)
                .hasSize(decisions)
                .containsOnly(FindingKind.EQUIVOCATION);
        return new RunDecisions(made, findings, outcomes);
    }

    private static Decision decide(String incident, int attempt, List<Finding> findings) {
        return decide(incident, attempt, RESTART, findings);
    }

    private static Decision decide(
            String incident, int attempt, Action right, List<Finding> findings) {
        return decide(incident, attempt, right, findings, ROSTER, NOW);
    }

    private static Decision decide(
            String incident,
            int attempt,
            Action right,
            List<Finding> findings,
            Roster roster,
            long now) {
        Circumstances circumstances =
                Circumstances.fixed(new RoundSetup(roster, Protocol.WEIGHTED));
        Deliberator deliberator = new Deliberator(RoundPolicy.DEFAULT);
        Step step = deliberator.open(question(incident, attempt), now, circumstances);
        RoundRequest request = step.requests().get(0);
        List<SignedRecommendation> votes = new ArrayList<>();
        votes.add(vote(request, LIAR, SCALE.id(), request.requestId()));
        votes.add(vote(request, LIAR, right.id(), "another"));
        for (DefaultRoster member : DefaultRoster.values()) {
            if (member != LIAR) {
                votes.add(vote(request, member, right.id(), request.requestId()));
            }
        }
        Optional<Decision> decision = Optional.empty();
        for (SignedRecommendation vote : votes) {
            step = deliberator.vote(step.deliberation(), vote, now, circumstances);
            findings.addAll(step.findings());
            decision = step.decision().isPresent() ? step.decision() : decision;
        }
        return decision.orElseThrow();
    }

    /** Unsigned: who verifies signatures stands before the tally. */
    private static SignedRecommendation vote(
            RoundRequest request, DefaultRoster member, ActionId action, String requestId) {
        return new SignedRecommendation(
                Recommendation.builder()
                        .answering(request)
                        .from(request.terms().roster().seat(member.agent()).orElseThrow())
                        .action(action)
                        .confidence(0.9)
                        .requestId(requestId)
                        .issuedAtMillis(request.terms().requestedAtMillis())
                        .build(),
                new byte[64]);
    }
}
