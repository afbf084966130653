// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.udfs.consensus;

import io.incidentcommander.model.consensus.Action;
import io.incidentcommander.model.consensus.ActionSupport;
import io.incidentcommander.model.consensus.Protocol;
import io.incidentcommander.model.consensus.RoundTerms;
import io.incidentcommander.model.consensus.Seat;
import io.incidentcommander.model.consensus.SeatStanding;
import io.incidentcommander.model.consensus.Vote;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Counts the votes of a round: the same votes give the same result in whatever order they came.
 * Votes are those that count: of agents with a voting seat, one each, for a candidate or for none,
 * with a confidence in [0,1]. Not thread safe.
 */
final class RoundTally {
    /** What a round comes to. */
    enum Verdict {
        DECIDES,
        NO_MAJORITY,
        LOW_CONFIDENCE,
        FEW_TRUSTED
    }

    private static final class Supporter {
        private final Seat seat;
        private final double confidence;
        private final int order;

        private Supporter(Seat seat, double confidence, int order) {
            this.seat = seat;
            this.confidence = confidence;
            this.order = order;
        }
    }

    private final RoundTerms terms;
    private final int eligiblePpm;
    private final List<List<Supporter>> supporters = new ArrayList<>();

    /** Supporters whose votes the protocol leaves out. */
    private final List<List<Supporter>> leftOut = new ArrayList<>();

    private RoundTally(RoundTerms terms) {
        this.terms = terms;
        this.eligiblePpm = terms.roster().eligiblePpm();
        for (Action ignored : terms.candidates().actions()) {
            supporters.add(new ArrayList<>());
            leftOut.add(new ArrayList<>());
        }
    }

    static RoundTally of(RoundTerms terms, List<? extends Vote> votes) {
        RoundTally tally = new RoundTally(terms);
        boolean strict =
                terms.protocol() == Protocol.STRICT || terms.protocol() == Protocol.TWO_ROUNDS;
        for (int i = 0; i < votes.size(); i++) {
            Vote vote = votes.get(i);
            int candidate = terms.candidates().indexOf(vote.action());
            if (candidate >= 0) {
                Seat seat = terms.roster().seat(vote.agent()).orElseThrow();
                boolean out =
                        strict
                                && seat.standing() == SeatStanding.DOUBTED
                                && ConfidenceOutliers.unlikeOthers(vote, votes);
                List<List<Supporter>> where = out ? tally.leftOut : tally.supporters;
                where.get(candidate).add(new Supporter(seat, vote.confidence(), i));
            }
        }
        return tally;
    }

    /** How all candidates stand, in the order of the list. */
    List<ActionSupport> standings() {
        List<ActionSupport> standings = new ArrayList<>();
        for (int i = 0; i < supporters.size(); i++) {
            standings.add(support(i));
        }
        return standings;
    }

    /** The action with the most power behind it, the first of the list among equals. */
    ActionSupport leader() {
        return support(leading());
    }

    Verdict verdict() {
        int leading = leading();
        if (!isMajority(power(supporters.get(leading)))) {
            return Verdict.NO_MAJORITY;
        }
        if (trusted(supporters.get(leading)) < terms.trusted()) {
            return Verdict.FEW_TRUSTED;
        }
        return median(supporters.get(leading)) >= terms.confidence()
                ? Verdict.DECIDES
                : Verdict.LOW_CONFIDENCE;
    }

    /**
     * Whether the round decides for the leader whatever those do that have not voted, so that a
     * decision now is the same as one at the end. Votes that the protocol may yet leave out are not
     * relied on.
     */
    boolean isCertain(int outstandingPpm) {
        int leading = leading();
        boolean strict = terms.protocol() != Protocol.WEIGHTED;
        long sure = 0;
        long sureAndConfident = 0;
        long most = outstandingPpm + power(leftOut.get(leading));
        for (Supporter supporter : supporters.get(leading)) {
            most += supporter.seat.powerPpm();
            if (!strict || supporter.seat.standing() == SeatStanding.TRUSTED) {
                sure += supporter.seat.powerPpm();
                sureAndConfident +=
                        supporter.confidence >= terms.confidence() ? supporter.seat.powerPpm() : 0;
            }
        }
        return isMajority(sure)
                && 2 * sureAndConfident > most
                && trusted(supporters.get(leading)) >= terms.trusted();
    }

    /**
     * The place among the votes of the weightiest recommendation for an action: trusted agents
     * first, then by power, confidence and agent id; -1 if nobody recommends it.
     */
    int weightiestFor(ActionSupport action) {
        return weightiest(supporters.get(terms.candidates().indexOf(action.action())));
    }

    /** The same over all actions. */
    int weightiest() {
        List<Supporter> all = new ArrayList<>();
        supporters.forEach(all::addAll);
        return weightiest(all);
    }

    private static int weightiest(List<Supporter> among) {
        return among.stream()
                .max(
                        Comparator.comparingInt(
                                        (Supporter s) ->
                                                s.seat.standing() == SeatStanding.TRUSTED ? 1 : 0)
                                .thenComparingInt(s -> s.seat.powerPpm())
                                .thenComparingDouble(s -> s.confidence)
                                .thenComparing(s -> s.seat.agent(), Comparator.reverseOrder()))
                .map(s -> s.order)
                .orElse(-1);
    }

    /** Of the whole eligible power, not of the votes received. */
    private boolean isMajority(long powerPpm) {
        return 3 * powerPpm > 2L * eligiblePpm;
    }

    private int leading() {
        int leading = 0;
        for (int i = 1; i < supporters.size(); i++) {
            if (power(supporters.get(i)) > power(supporters.get(leading))) {
                leading = i;
            }
        }
        return leading;
    }

    private ActionSupport support(int candidate) {
        List<Supporter> behind = supporters.get(candidate);
        return new ActionSupport(
                terms.candidates().actions().get(candidate).id(),
                (int) power(behind),
                behind.isEmpty() ? 0 : median(behind));
    }

    private static long power(List<Supporter> supporters) {
        long power = 0;
        for (Supporter supporter : supporters) {
            power += supporter.seat.powerPpm();
        }
        return power;
    }

    private static int trusted(List<Supporter> supporters) {
        int trusted = 0;
        for (Supporter supporter : supporters) {
            trusted += supporter.seat.standing() == SeatStanding.TRUSTED ? 1 : 0;
        }
        return trusted;
    }

    /**
     * The lower weighted median: the least confidence such that half of the power has that or less.
     * While liars have less than half of the power it lies between two honest confidences.
     */
    private static double median(List<Supporter> supporters) {
        List<Supporter> sorted = new ArrayList<>(supporters);
        sorted.sort(Comparator.comparingDouble(supporter -> supporter.confidence));
        long all = power(sorted);
        long upTo = 0;
        for (Supporter supporter : sorted) {
            upTo += supporter.seat.powerPpm();
            if (2 * upTo >= all) {
                return supporter.confidence;
            }
        }
        return 0;
    }
}
