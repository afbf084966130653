// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.udfs.consensus.agreement;

/**
 * How well answers foretell one another: the mean logarithm of the chance of each answer by the
 * others to its question (the leave-one-out predictive density: Geisser and Eddy, "A predictive
 * approach to model selection", 1979). Beliefs that have lost sight of the truth foretell no more
 * than habits, however well they explain what they were made from; so readings of one sheet under
 * the same assumptions can be compared though nobody knows the truth. Pure.
 */
final class Foretelling {
    private Foretelling() {}

    /** At most 0, the more the better; an answer that is alone counts as certain. */
    static double of(AnswerSheet sheet, Reliability reliability) {
        double[] chances = logChances(sheet, reliability);
        double sum = 0;
        for (int e = 0; e < chances.length; e++) {
            double same = reliability.sameness().of(sheet.agentOf(e));
            double bySameness = reliability.sameness().chance(sheet.agentOf(e), sheet.labelOf(e));
            sum += Math.log((1 - same) * Math.exp(chances[e]) + same * bySameness);
        }
        return sum / Math.max(1, sheet.answerCount());
    }

    /** By answer, of an agent that heeds the question; 0 of an answer that is alone. */
    static double[] logChances(AnswerSheet sheet, Reliability reliability) {
        double[] scores = reliability.logScores(sheet);
        double[] chances = new double[sheet.answerCount()];
        for (int q = 0; q < sheet.questions().size(); q++) {
            boolean alone = sheet.start(q + 1) - sheet.start(q) < 2;
            for (int e = sheet.start(q); !alone && e < sheet.start(q + 1); e++) {
                chances[e] = logChance(sheet, reliability, scores, q, e);
            }
        }
        return chances;
    }

    /** Of an answer by the likelihoods of its question's candidates, its own taken out. */
    private static double logChance(
            AnswerSheet sheet, Reliability reliability, double[] scores, int q, int answer) {
        int agent = sheet.agentOf(answer);
        int label = sheet.labelOf(answer);
        int from = sheet.firstCandidate(q);
        int to = sheet.firstCandidate(q + 1);
        double[] others = new double[to - from];
        double most = Double.NEGATIVE_INFINITY;
        for (int c = from; c < to; c++) {
            int truth = sheet.labelOfCandidate(c);
            others[c - from] = scores[c] - reliability.logGiven(agent, truth, label);
            most = Math.max(most, others[c - from]);
        }
        double with = 0;
        double without = 0;
        for (int c = from; c < to; c++) {
            double weight = Math.exp(others[c - from] - most);
            with += weight * reliability.given(agent, sheet.labelOfCandidate(c), label);
            without += weight;
        }
        return Math.log(with / without);
    }
}
