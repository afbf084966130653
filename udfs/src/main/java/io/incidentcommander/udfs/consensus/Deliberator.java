// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.udfs.consensus;

import io.incidentcommander.model.consensus.Action;
import io.incidentcommander.model.consensus.ActionSupport;
import io.incidentcommander.model.consensus.Ballot;
import io.incidentcommander.model.consensus.CandidateList;
import io.incidentcommander.model.consensus.Certificate;
import io.incidentcommander.model.consensus.Decision;
import io.incidentcommander.model.consensus.Deliberation;
import io.incidentcommander.model.consensus.Finding;
import io.incidentcommander.model.consensus.FindingKind;
import io.incidentcommander.model.consensus.Outcome;
import io.incidentcommander.model.consensus.Protocol;
import io.incidentcommander.model.consensus.Question;
import io.incidentcommander.model.consensus.Recommendation;
import io.incidentcommander.model.consensus.RequestReason;
import io.incidentcommander.model.consensus.Roster;
import io.incidentcommander.model.consensus.RoundRecord;
import io.incidentcommander.model.consensus.RoundRequest;
import io.incidentcommander.model.consensus.RoundTerms;
import io.incidentcommander.model.consensus.Seat;
import io.incidentcommander.model.consensus.SignedProposal;
import io.incidentcommander.model.consensus.SignedRecommendation;
import io.incidentcommander.model.consensus.SignedVote;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Leads agents from a question to exactly one decision: opens rounds, takes votes (validate, put if
 * absent, recompute), asks again, and ends at the time limit at the latest. Pure: the same events
 * in the same order give the same steps. Holds no state; thread safe.
 *
 * <p>A round decides as soon as no outstanding vote could change its result, never sooner; so the
 * order in which votes arrive does not matter. One that can decide nothing any more still hears all
 * whose time is not over: what the slow ones say is what the others are asked about next, and three
 * rounds of the quick ones alone would be no deliberation. Event time alone moves it on: call
 * {@link #onTime} at {@link #wakeUpAt}.
 */
public final class Deliberator implements Serializable {
    private static final long serialVersionUID = 1L;

    private final RoundPolicy policy;

    public Deliberator(RoundPolicy policy) {
        this.policy = policy;
    }

    /**
     * Opens the first round.
     *
     * @param nowMillis event time; the decision comes within 120 s of it
     */
    public Step open(Question question, long nowMillis, Circumstances circumstances) {
        RoundTerms terms =
                terms(
                        RoundTerms.builder()
                                .tenant(question.tenant())
                                .incidentId(question.incidentId())
                                .attempt(question.attempt())
                                .candidates(question.candidates())
                                .openedAtMillis(nowMillis),
                        1,
                        nowMillis,
                        nowMillis,
                        circumstances.setup(nowMillis));
        Step step = new Step(Deliberation.opened(terms, question.evidence()));
        step.ask(request(step, RequestReason.OPENED, List.of()));
        settle(step, nowMillis, circumstances);
        return step;
    }

    /**
     * Opens a deliberation anew of which nothing can be read any more: one round, whose weightiest
     * trusted recommendation goes to a human, marked as a fallback.
     */
    public Step fallback(Question question, long nowMillis, Circumstances circumstances) {
        return open(
                question,
                nowMillis,
                new Circumstances() {
                    @Override
                    public RoundSetup setup(long atMillis) {
                        Roster roster = circumstances.setup(atMillis).roster();
                        return new RoundSetup(roster, Protocol.PRIORITY_FALLBACK);
                    }

                    @Override
                    public boolean isRevoked(String agent, int keyEpoch) {
                        return circumstances.isRevoked(agent, keyEpoch);
                    }

                    @Override
                    public boolean offers(Action action) {
                        return circumstances.offers(action);
                    }

                    @Override
                    public double[] earlierConfidences(String agent) {
                        return circumstances.earlierConfidences(agent);
                    }
                });
    }

    /** Takes a vote whose signature was verified. */
    public Step vote(
            Deliberation deliberation,
            SignedRecommendation vote,
            long nowMillis,
            Circumstances circumstances) {
        Step step = new Step(deliberation);
        dropRevoked(step, circumstances);
        step.judge(cast(step, vote, nowMillis, circumstances));
        settle(step, nowMillis, circumstances);
        return step;
    }

    /** Event time has passed: ends what is over by then. */
    public Step onTime(Deliberation deliberation, long nowMillis, Circumstances circumstances) {
        Step step = new Step(deliberation);
        dropRevoked(step, circumstances);
        settle(step, nowMillis, circumstances);
        return step;
    }

    /**
     * Takes an action for the list of the next round, if there is one, whose signature was
     * verified; one an agent and round, and only of agents that may vote.
     */
    public Step propose(
            Deliberation deliberation, SignedProposal proposal, Circumstances circumstances) {
        Step step = new Step(deliberation);
        ProposalVerdict verdict = Proposals.check(deliberation, proposal, circumstances);
        step.judge(verdict);
        if (verdict == ProposalVerdict.TAKEN) {
            step.become(deliberation.withProposal(proposal.agent(), proposal.action()));
        }
        return step;
    }

    /** When to call {@link #onTime} next; empty once it is over. Always after {@code now}. */
    public Optional<Long> wakeUpAt(Deliberation deliberation, long nowMillis) {
        if (deliberation.outcome().isPresent()) {
            return Optional.empty();
        }
        RoundTerms terms = deliberation.terms();
        long next = terms.closesAtMillis();
        for (Seat seat : terms.roster().seats()) {
            long limit = terms.requestedAtMillis() + policy.limitMillis(seat.role());
            if (limit > nowMillis && limit < next && isOutstanding(deliberation, seat, nowMillis)) {
                next = limit;
            }
        }
        return Optional.of(next);
    }

    private VoteVerdict cast(
            Step step, SignedRecommendation vote, long nowMillis, Circumstances circumstances) {
        VoteVerdict verdict = new VoteCheck(policy).check(step, vote, nowMillis, circumstances);
        switch (verdict) {
            case COUNTED:
                put(step, vote, Ballot.Status.COUNTED);
                break;
            case SPOILED:
                put(step, vote, Ballot.Status.SPOILED);
                break;
            case POWERLESS:
                put(step, vote, Ballot.Status.POWERLESS);
                break;
            case PROVISIONAL:
                put(step, vote, Ballot.Status.PROVISIONAL);
                break;
            case LATE:
            case AFTER_DECISION:
                keepLate(step, vote);
                break;
            case EARLY:
                step.become(step.deliberation().withEarly(vote));
                break;
            default:
                break; // changes nothing
        }
        return verdict;
    }

    /** A vote whose key was revoked since counts no more in the open round. */
    private static void dropRevoked(Step step, Circumstances circumstances) {
        if (step.deliberation().outcome().isPresent()) {
            return;
        }
        for (Ballot ballot : step.deliberation().ballots()) {
            int epoch = ballot.cast().recommendation().keyEpoch();
            if ((ballot.status() == Ballot.Status.COUNTED
                            || ballot.status() == Ballot.Status.PROVISIONAL)
                    && circumstances.isRevoked(ballot.agent(), epoch)) {
                step.become(step.deliberation().withoutPower(ballot.agent()));
            }
        }
    }

    /** What came too late to count takes no other ballot's place; partial results may differ. */
    private static void keepLate(Step step, SignedRecommendation vote) {
        if (step.deliberation().ballot(vote.agent()).isEmpty()
                && !vote.recommendation().isProvisional()) {
            put(step, vote, Ballot.Status.LATE);
        }
    }

    private static void put(Step step, SignedRecommendation vote, Ballot.Status status) {
        step.become(step.deliberation().withBallot(new Ballot(vote, status)));
    }

    /** Ends rounds, and the deliberation, as far as they are over. */
    private void settle(Step step, long nowMillis, Circumstances circumstances) {
        while (step.deliberation().outcome().isEmpty()) {
            countProvisional(step, nowMillis);
            Deliberation deliberation = step.deliberation();
            RoundTerms terms = deliberation.terms();
            RoundTally tally = RoundTally.of(terms, counted(deliberation));
            int outstanding = outstanding(deliberation, nowMillis);
            boolean over = outstanding == 0 || nowMillis >= terms.closesAtMillis();
            boolean human = terms.protocol().isForHumans();
            if (!over && (human || !tally.isCertain(outstanding))) {
                return;
            }
            close(step, tally, nowMillis, circumstances);
        }
    }

    /** Partial and cached results count from the time limit of the agent's role on. */
    private void countProvisional(Step step, long nowMillis) {
        RoundTerms terms = step.deliberation().terms();
        for (Ballot ballot : step.deliberation().ballots()) {
            if (ballot.status() == Ballot.Status.PROVISIONAL) {
                Seat seat = terms.roster().seat(ballot.agent()).orElseThrow();
                long limit = terms.requestedAtMillis() + policy.limitMillis(seat.role());
                if (nowMillis >= Math.min(limit, terms.closesAtMillis())) {
                    put(step, ballot.cast(), Ballot.Status.COUNTED);
                }
            }
        }
    }

    private void close(Step step, RoundTally tally, long nowMillis, Circumstances circumstances) {
        findOutliers(step, nowMillis, circumstances);
        Deliberation deliberation = step.deliberation();
        RoundTerms terms = deliberation.terms();
        boolean last =
                terms.round() >= policy.rounds()
                        || terms.protocol().isForHumans()
                        || terms.roster().votingAgents() == 0;
        boolean decides = tally.verdict() == RoundTally.Verdict.DECIDES;
        boolean confirmed =
                terms.protocol() != Protocol.TWO_ROUNDS
                        || Conclusion.confirms(tally.leader(), deliberation.toConfirm());
        if (last || decides && confirmed) {
            conclude(step, nowMillis);
        } else {
            Optional<RoundRecord> record =
                    decides ? Optional.of(record(deliberation)) : Optional.empty();
            reopen(step, tally, record, nowMillis, circumstances);
        }
    }

    private void reopen(
            Step step,
            RoundTally tally,
            Optional<RoundRecord> toConfirm,
            long nowMillis,
            Circumstances circumstances) {
        Deliberation before = step.deliberation();
        RoundTerms terms = before.terms();
        CandidateList candidates = terms.candidates().extendedBy(Proposals.ranked(before));
        RoundTerms next =
                terms(
                        RoundTerms.builder()
                                .tenant(terms.tenant())
                                .incidentId(terms.incidentId())
                                .attempt(terms.attempt())
                                .candidates(candidates)
                                .openedAtMillis(terms.openedAtMillis()),
                        terms.round() + 1,
                        terms.openedAtMillis(),
                        nowMillis,
                        circumstances.setup(nowMillis));
        step.become(before.inRound(next, toConfirm));
        step.ask(request(step, reason(tally), tally.standings()));
        for (SignedRecommendation vote : before.early()) {
            cast(step, vote, nowMillis, circumstances);
        }
    }

    private static RequestReason reason(RoundTally tally) {
        switch (tally.verdict()) {
            case DECIDES:
                return RequestReason.CONFIRMATION;
            case LOW_CONFIDENCE:
                return RequestReason.LOW_CONFIDENCE;
            case FEW_TRUSTED:
                return RequestReason.FEW_TRUSTED;
            default:
                return RequestReason.NO_MAJORITY;
        }
    }

    private RoundTerms terms(
            RoundTerms.Builder terms,
            int round,
            long openedAtMillis,
            long requestedAtMillis,
            RoundSetup setup) {
        boolean enough =
                setup.roster().trustedAgents() >= policy.trusted()
                        || setup.protocol() == Protocol.PRIORITY_FALLBACK;
        return terms.round(round)
                .roster(setup.roster())
                .protocol(enough ? setup.protocol() : Protocol.HUMAN_ONLY)
                .confidence(policy.confidence(round))
                .trusted(policy.trusted())
                .requestedAtMillis(requestedAtMillis)
                .closesAtMillis(policy.closesAt(openedAtMillis, round))
                .build();
    }

    private static RoundRequest request(
            Step step, RequestReason reason, List<ActionSupport> standings) {
        Deliberation deliberation = step.deliberation();
        return new RoundRequest(deliberation.terms(), reason, standings, deliberation.evidence());
    }

    private static void conclude(Step step, long nowMillis) {
        Deliberation deliberation = step.deliberation();
        RoundTerms terms = deliberation.terms();
        List<Ballot> votes = counted(deliberation);
        Conclusion conclusion = Conclusion.of(terms, votes, deliberation.toConfirm());
        Outcome outcome =
                new Outcome(conclusion.status(), conclusion.support(), terms.round(), nowMillis);
        List<RoundRecord> rounds = new ArrayList<>();
        if (terms.protocol() == Protocol.TWO_ROUNDS && conclusion.status().agreed()) {
            deliberation.toConfirm().ifPresent(rounds::add);
        }
        rounds.add(record(deliberation));
        Optional<Recommendation> best =
                conclusion.recommendation() < 0
                        ? Optional.empty()
                        : Optional.of(
                                votes.get(conclusion.recommendation()).cast().recommendation());
        step.decide(new Decision(new Certificate(rounds, outcome), best));
        step.become(deliberation.ended(outcome));
    }

    private static void findOutliers(Step step, long nowMillis, Circumstances circumstances) {
        List<Ballot> votes = counted(step.deliberation());
        for (Ballot vote : votes) {
            if (ConfidenceOutliers.unlikeOthers(vote, votes)) {
                findOutlier(step, FindingKind.UNLIKE_OTHERS, vote, nowMillis, "all others");
            }
            if (ConfidenceOutliers.unlikeItself(
                    vote, circumstances.earlierConfidences(vote.agent()))) {
                findOutlier(step, FindingKind.UNLIKE_ITSELF, vote, nowMillis, "its own before");
            }
        }
    }

    private static void findOutlier(
            Step step, FindingKind kind, Ballot vote, long nowMillis, String unlike) {
        String detail = "confidence " + vote.confidence() + " is far from " + unlike;
        step.find(Finding.of(kind, nowMillis, detail, vote.cast().vote()));
    }

    private static RoundRecord record(Deliberation deliberation) {
        List<SignedVote> votes = new ArrayList<>();
        for (Ballot ballot : counted(deliberation)) {
            votes.add(ballot.cast().vote());
        }
        return new RoundRecord(deliberation.terms(), votes);
    }

    private static List<Ballot> counted(Deliberation deliberation) {
        List<Ballot> counted = new ArrayList<>(deliberation.ballots().size());
        for (Ballot ballot : deliberation.ballots()) {
            if (ballot.status() == Ballot.Status.COUNTED) {
                counted.add(ballot);
            }
        }
        return counted;
    }

    private int outstanding(Deliberation deliberation, long nowMillis) {
        int outstanding = 0;
        for (Seat seat : deliberation.terms().roster().seats()) {
            if (isOutstanding(deliberation, seat, nowMillis)) {
                outstanding += seat.powerPpm();
            }
        }
        return outstanding;
    }

    private boolean isOutstanding(Deliberation deliberation, Seat seat, long nowMillis) {
        return seat.standing().votes()
                && nowMillis
                        < deliberation.terms().requestedAtMillis() + policy.limitMillis(seat.role())
                && deliberation
                        .ballot(seat.agent())
                        .filter(ballot -> ballot.status() != Ballot.Status.PROVISIONAL)
                        .isEmpty();
    }
}
