// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.udfs.consensus.collusion;

import io.incidentcommander.udfs.consensus.agreement.AgreementFit;
import io.incidentcommander.udfs.consensus.agreement.AnswerSheet;
import io.incidentcommander.udfs.consensus.agreement.MajorityVote;
import io.incidentcommander.udfs.consensus.agreement.Smoothing;

/**
 * Agents in two camps, each with a labelling of its own, and who follows which.
 *
 * <p>An agent is measured on the questions where the two labellings differ, its own vote taken out
 * of both: those it answers as the one side does against those it answers as the other does
 * (McNemar's test of two correlated proportions, 1947).
 */
final class Split {
    private static final double SURE = 2.5;
    private static final int ROUNDS = 10;
    private static final int FIT_ROUNDS = 8;

    private final AnswerSheet sheet;
    private final boolean[] camp;
    private final double[] leaning;

    private Split(AnswerSheet sheet, boolean[] camp, double[] leaning) {
        this.sheet = sheet;
        this.camp = camp;
        this.leaning = leaning;
    }

    /**
     * Moves agents between the camps until each is where it agrees; who is unsure is in neither.
     */
    static Split settledFrom(AnswerSheet sheet, boolean[] first) {
        boolean[] camp = first;
        double[] leaning = new double[camp.length];
        for (int round = 0; round < ROUNDS; round++) {
            leaning = leanings(sheet, camp);
            boolean[] next = new boolean[camp.length];
            int moved = 0;
            for (int a = 0; a < next.length; a++) {
                next[a] = leaning[a] > SURE;
                moved += next[a] == camp[a] ? 0 : 1;
            }
            camp = next;
            if (moved == 0 || size(camp) == 0) {
                break;
            }
        }
        return new Split(sheet, camp, leaning);
    }

    /** Standard deviations by which each agent leans to the camp, negative to the rest. */
    private static double[] leanings(AnswerSheet sheet, boolean[] camp) {
        boolean[] rest = new boolean[camp.length];
        for (int a = 0; a < rest.length; a++) {
            rest[a] = !camp[a];
        }
        AnswerSheet ofRest = sheet.of(rest);
        AgreementFit fit =
                AgreementFit.from(MajorityVote.of(ofRest), Smoothing.defaults(), FIT_ROUNDS);
        int[] restAnswers = fit.beliefs().answers();
        int[] withoutOwn = fit.likeliestWithoutOwn();
        int[] campVotes = votes(sheet, camp);
        int[] withCamp = new int[camp.length];
        int[] withRest = new int[camp.length];
        int inRest = 0;
        for (int q = 0; q < sheet.questions().size(); q++) {
            for (int e = sheet.start(q); e < sheet.start(q + 1); e++) {
                int agent = sheet.agentOf(e);
                int byCamp = likeliest(sheet, q, campVotes, camp[agent] ? e : -1);
                int byRest = camp[agent] ? restAnswers[q] : withoutOwn[inRest++];
                if (byCamp >= 0 && byRest >= 0 && byCamp != byRest) {
                    withCamp[agent] += sheet.labelOf(e) == byCamp ? 1 : 0;
                    withRest[agent] += sheet.labelOf(e) == byRest ? 1 : 0;
                }
            }
        }
        double[] leaning = new double[camp.length];
        for (int a = 0; a < leaning.length; a++) {
            int both = withCamp[a] + withRest[a];
            leaning[a] = both == 0 ? 0 : (withCamp[a] - withRest[a]) / Math.sqrt(both);
        }
        return leaning;
    }

    private static int[] votes(AnswerSheet sheet, boolean[] camp) {
        int[] votes = new int[sheet.candidateCount()];
        for (int e = 0; e < sheet.answerCount(); e++) {
            votes[sheet.candidateOf(e)] += camp[sheet.agentOf(e)] ? 1 : 0;
        }
        return votes;
    }

    /** The label with most votes, without the vote of one answer (or -1); -1 if none has any. */
    private static int likeliest(AnswerSheet sheet, int q, int[] votes, int without) {
        int best = -1;
        int most = 0;
        for (int c = sheet.firstCandidate(q); c < sheet.firstCandidate(q + 1); c++) {
            int has = votes[c] - (without >= 0 && sheet.candidateOf(without) == c ? 1 : 0);
            if (has > most) {
                most = has;
                best = sheet.labelOfCandidate(c);
            }
        }
        return best;
    }

    static int size(boolean[] camp) {
        int size = 0;
        for (boolean in : camp) {
            size += in ? 1 : 0;
        }
        return size;
    }

    boolean[] camp() {
        return camp;
    }

    AnswerSheet sheet() {
        return sheet;
    }

    /**
     * How many agents stand behind the camp, and behind the rest. One agent counts at most one,
     * however much it answers; who leans neither way counts for the side that such agents, taken
     * together, lean to.
     */
    double[] support() {
        double camps = 0;
        double rests = 0;
        int unsure = 0;
        double together = 0;
        for (int a = 0; a < leaning.length; a++) {
            if (sheet.answersBy(a) == 0) {
                continue;
            }
            if (leaning[a] > SURE) {
                camps++;
            } else if (leaning[a] < -SURE) {
                rests++;
            } else {
                unsure++;
                together += leaning[a];
            }
        }
        double toRest = unsure == 0 ? 0 : together / Math.sqrt(unsure);
        if (toRest <= 0) {
            rests += unsure;
        } else if (toRest > SURE) {
            camps += unsure;
        }
        return new double[] {camps, rests};
    }
}
