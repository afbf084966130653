// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.udfs.consensus.agreement;

import io.incidentcommander.udfs.consensus.reputation.Reputation;

/**
 * Beliefs and reputations that explain each other: expectation maximisation from given beliefs on
 * (Dawid and Skene, "Maximum likelihood estimation of observer error-rates", 1979). Immutable.
 */
public final class AgreementFit {
    private static final double SETTLED = 1e-4;

    private final Beliefs beliefs;
    private final Reliability reliability;

    private AgreementFit(Beliefs beliefs, Reliability reliability) {
        this.beliefs = beliefs;
        this.reliability = reliability;
    }

    /**
     * @param rounds at most so many, at least 1; fewer if beliefs settle
     */
    public static AgreementFit from(Beliefs start, Smoothing smoothing, int rounds) {
        return from(new AgreementFit(start, Reliability.of(start, smoothing)), smoothing, rounds);
    }

    private static AgreementFit from(AgreementFit start, Smoothing smoothing, int rounds) {
        Beliefs beliefs = start.beliefs;
        AnswerSheet sheet = beliefs.sheet();
        Reliability reliability = start.reliability;
        for (int round = 0; round < rounds; round++) {
            Beliefs next = reliability.beliefs(sheet);
            double moved = 0;
            for (int c = 0; c < sheet.candidateCount(); c++) {
                moved += Math.abs(next.of(c) - beliefs.of(c));
            }
            beliefs = next;
            reliability = Reliability.of(beliefs, smoothing, reliability);
            if (moved < SETTLED * sheet.questions().size()) {
                break;
            }
        }
        return new AgreementFit(beliefs, reliability);
    }

    /**
     * As {@link #from}, but of all rounds the one whose beliefs foretell answers best: revising
     * beliefs further can make them worse, and this is where it shows. More rounds never give
     * beliefs that foretell less.
     */
    public static AgreementFit foretelling(Beliefs start, Smoothing smoothing, int rounds) {
        AgreementFit best = from(start, smoothing, 1);
        double most = best.foretold();
        AgreementFit last = best;
        for (int round = 1; round < rounds; round++) {
            AgreementFit next = from(last, smoothing, 1);
            double foretold = next.foretold();
            if (foretold > most) {
                most = foretold;
                best = next;
            }
            if (next.moved(last) < SETTLED * start.sheet().questions().size()) {
                break;
            }
            last = next;
        }
        return best;
    }

    private double foretold() {
        return Foretelling.of(beliefs.sheet(), reliability);
    }

    private double moved(AgreementFit before) {
        double moved = 0;
        for (int c = 0; c < beliefs.sheet().candidateCount(); c++) {
            moved += Math.abs(beliefs.of(c) - before.beliefs.of(c));
        }
        return moved;
    }

    /** The classical batch estimate from the majority on: the baseline to compare with. */
    public static AgreementFit dawidSkene(AnswerSheet sheet) {
        return from(MajorityVote.of(sheet), Smoothing.almostNone(), 50);
    }

    public Beliefs beliefs() {
        return beliefs;
    }

    /**
     * By answer of the sheet that was fitted: the likeliest label of its question had the answer
     * not been given, or {@link Beliefs#NONE} if it is the only one.
     */
    public int[] likeliestWithoutOwn() {
        return reliability.likeliestWithoutOwn(beliefs.sheet());
    }

    public Reputation reputation(int agent) {
        return reliability.reputation(agent);
    }
}
