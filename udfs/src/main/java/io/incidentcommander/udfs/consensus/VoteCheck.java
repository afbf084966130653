// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.udfs.consensus;

import io.incidentcommander.model.consensus.Ballot;
import io.incidentcommander.model.consensus.Deliberation;
import io.incidentcommander.model.consensus.Finding;
import io.incidentcommander.model.consensus.FindingKind;
import io.incidentcommander.model.consensus.Recommendation;
import io.incidentcommander.model.consensus.RoundTerms;
import io.incidentcommander.model.consensus.Seat;
import io.incidentcommander.model.consensus.SignedRecommendation;
import java.util.Optional;

/**
 * Judges one vote against the state of a deliberation. The signature has been verified before; what
 * is checked here is who votes, when, for what, and whether for the first time. Pure; findings go
 * into the step.
 */
final class VoteCheck {
    private final RoundPolicy policy;

    VoteCheck(RoundPolicy policy) {
        this.policy = policy;
    }

    VoteVerdict check(
            Step step, SignedRecommendation vote, long nowMillis, Circumstances circumstances) {
        Deliberation deliberation = step.deliberation();
        RoundTerms terms = deliberation.terms();
        Recommendation said = vote.recommendation();
        if (!said.tenant().equals(terms.tenant())
                || !said.incidentId().equals(terms.incidentId())) {
            return VoteVerdict.MISDIRECTED;
        }
        Optional<Seat> found = terms.roster().seat(said.agent());
        if (found.isEmpty()) {
            find(step, FindingKind.UNKNOWN_AGENT, vote, nowMillis, "no agent of the roster");
            return VoteVerdict.UNKNOWN_AGENT;
        }
        Seat seat = found.get();
        if (said.keyEpoch() != seat.keyEpoch()
                || circumstances.isRevoked(said.agent(), said.keyEpoch())) {
            find(step, FindingKind.OLD_KEY, vote, nowMillis, "key of epoch " + said.keyEpoch());
            return VoteVerdict.OLD_KEY;
        }
        VoteVerdict place = place(step, vote, nowMillis);
        boolean tooLate = place == VoteVerdict.LATE || place == VoteVerdict.AFTER_DECISION;
        if (place != VoteVerdict.COUNTED && !tooLate) {
            return place;
        }
        VoteVerdict content = content(step, seat, vote, nowMillis);
        if (tooLate) {
            return place; // a finding counts all the same
        }
        return content == VoteVerdict.COUNTED && said.isProvisional()
                ? VoteVerdict.PROVISIONAL
                : content;
    }

    /**
     * COUNTED if it is this agent's first vote in this round, in time; LATE and AFTER_DECISION if
     * it is the first and that alone keeps it from counting.
     */
    private VoteVerdict place(Step step, SignedRecommendation vote, long nowMillis) {
        Deliberation deliberation = step.deliberation();
        RoundTerms terms = deliberation.terms();
        Recommendation said = vote.recommendation();
        if (said.attempt() != terms.attempt()) {
            return said.attempt() < terms.attempt()
                    ? stale(step, vote, nowMillis)
                    : VoteVerdict.AHEAD;
        }
        if (said.round() < terms.round()) {
            return stale(step, vote, nowMillis);
        }
        if (said.round() > terms.round()) {
            return ahead(step, vote, nowMillis);
        }
        if (!said.terms().equals(terms.hash())) {
            return VoteVerdict.OTHER_TERMS;
        }
        Optional<Ballot> first = deliberation.ballot(said.agent());
        if (first.isPresent() && said.isProvisional()) {
            return VoteVerdict.DUPLICATE;
        }
        if (first.isPresent() && !isOpenTo(first.get())) {
            return second(step, first.get(), vote, nowMillis);
        }
        if (deliberation.outcome().isPresent()) {
            return VoteVerdict.AFTER_DECISION;
        }
        return nowMillis >= limit(terms, said) ? VoteVerdict.LATE : VoteVerdict.COUNTED;
    }

    /** Whether what the agent has said leaves room for its vote. */
    private static boolean isOpenTo(Ballot first) {
        return first.cast().recommendation().isProvisional()
                && first.status() != Ballot.Status.SPOILED;
    }

    private long limit(RoundTerms terms, Recommendation said) {
        long answer = terms.roster().seat(said.agent()).map(this::limitMillis).orElse(0L);
        return Math.min(terms.closesAtMillis(), terms.requestedAtMillis() + answer);
    }

    private long limitMillis(Seat seat) {
        return policy.limitMillis(seat.role());
    }

    /** Whoever signs two minds in one round is found even if that round is over. */
    private static VoteVerdict stale(Step step, SignedRecommendation vote, long nowMillis) {
        Recommendation said = vote.recommendation();
        Deliberation deliberation = step.deliberation();
        Optional<Ballot> first =
                said.attempt() == deliberation.terms().attempt()
                        ? deliberation.earlier(said.agent(), said.round())
                        : Optional.empty();
        if (first.isPresent() && contradicts(first.get().cast(), said)) {
            return equivocates(step, first.get().cast(), vote, nowMillis);
        }
        find(step, FindingKind.STALE_ROUND, vote, nowMillis, "that round is over");
        return VoteVerdict.STALE;
    }

    private static VoteVerdict ahead(Step step, SignedRecommendation vote, long nowMillis) {
        Deliberation deliberation = step.deliberation();
        Recommendation said = vote.recommendation();
        if (deliberation.outcome().isPresent() || said.round() > deliberation.terms().round() + 1) {
            return VoteVerdict.AHEAD;
        }
        for (SignedRecommendation known : deliberation.early()) {
            if (known.agent().equals(said.agent())) {
                return contradicts(known, said)
                        ? equivocates(step, known, vote, nowMillis)
                        : VoteVerdict.DUPLICATE;
            }
        }
        return VoteVerdict.EARLY;
    }

    private static VoteVerdict second(
            Step step, Ballot first, SignedRecommendation vote, long nowMillis) {
        Recommendation before = first.cast().recommendation();
        Recommendation now = vote.recommendation();
        if (contradicts(first.cast(), now)) {
            return equivocates(step, first.cast(), vote, nowMillis);
        }
        if (before.isProvisional() // it was spoiled, and with it the agent's vote
                || now.equals(before)
                || !now.requestId().equals(before.requestId())) {
            return VoteVerdict.DUPLICATE;
        }
        find(step, FindingKind.REPLAY, vote, nowMillis, "another vote for the same request");
        return VoteVerdict.REPLAYED;
    }

    /**
     * Whether one agent cannot have meant both. What differs under one request is said by an agent
     * that was asked again after a failure; what was only partial may differ too.
     */
    private static boolean contradicts(SignedRecommendation first, Recommendation now) {
        Recommendation before = first.recommendation();
        return !before.isProvisional()
                && !now.isProvisional()
                && now.terms().equals(before.terms())
                && !now.requestId().equals(before.requestId())
                && !(now.action().equals(before.action())
                        && Double.compare(now.confidence(), before.confidence()) == 0);
    }

    private static VoteVerdict equivocates(
            Step step, SignedRecommendation first, SignedRecommendation vote, long nowMillis) {
        step.find(
                Finding.of(
                        FindingKind.EQUIVOCATION,
                        nowMillis,
                        "two votes in one round under requests "
                                + first.recommendation().requestId()
                                + " and "
                                + vote.recommendation().requestId(),
                        vote.vote(),
                        first.vote()));
        return VoteVerdict.EQUIVOCATES;
    }

    private static VoteVerdict content(
            Step step, Seat seat, SignedRecommendation vote, long nowMillis) {
        Recommendation said = vote.recommendation();
        if (said.role() != seat.role() || !said.family().equals(seat.family())) {
            return spoiled(step, FindingKind.FALSE_IDENTITY, vote, nowMillis, "is " + seat);
        }
        if (!(said.confidence() >= 0 && said.confidence() <= 1)) {
            String detail = "confidence " + said.confidence();
            return spoiled(step, FindingKind.IMPOSSIBLE_CONFIDENCE, vote, nowMillis, detail);
        }
        boolean candidate = step.deliberation().terms().candidates().indexOf(said.action()) >= 0;
        if (!candidate && !said.action().isAbstention()) {
            String detail = "action " + said.action();
            return spoiled(step, FindingKind.NOT_A_CANDIDATE, vote, nowMillis, detail);
        }
        for (String id : said.evidenceIds()) {
            if (!step.deliberation().evidence().contains(id)) {
                String detail = "evidence " + id;
                return spoiled(step, FindingKind.MISSING_EVIDENCE, vote, nowMillis, detail);
            }
        }
        return seat.standing().votes() ? VoteVerdict.COUNTED : VoteVerdict.POWERLESS;
    }

    private static VoteVerdict spoiled(
            Step step, FindingKind kind, SignedRecommendation vote, long nowMillis, String detail) {
        find(step, kind, vote, nowMillis, detail);
        return VoteVerdict.SPOILED;
    }

    private static void find(
            Step step, FindingKind kind, SignedRecommendation vote, long nowMillis, String detail) {
        step.find(Finding.of(kind, nowMillis, detail, vote.vote()));
    }
}
