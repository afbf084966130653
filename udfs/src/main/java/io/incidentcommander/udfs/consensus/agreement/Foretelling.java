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
        double[] scores = reliability.logScores(sheet);
        double sum = 0;
        for (int q = 0; q < sheet.questions().size(); q++) {
            boolean alone = sheet.start(q + 1) - sheet.start(q) < 2;
            for (int e = sheet.start(q); !alone && e < sheet.start(q + 1); e++) {
                sum += logChance(sheet, reliability, scores, q, e);
            }
        }
        return sum / Math.max(1, sheet.answerCount());
    }

    /** Of an answer by the likelihoods of its question's candidates, its own taken out. */
    private static double logChance(
            AnswerSheet sheet, Reliability reliability, double[] scores, int q, int answer) {
        int from = sheet.firstCandidate(q);
        int to = sheet.firstCandidate(q + 1);
        double[] own = new double[to - from];
        double most = Double.NEGATIVE_INFINITY;
        for (int c = from; c < to; c++) {
            own[c - from] =
                    reliability.logGiven(
                            sheet.agentOf(answer),
                            sheet.labelOfCandidate(c),
                            sheet.labelOf(answer));
            most = Math.max(most, scores[c] - own[c - from]);
        }
        double with = 0;
        double without = 0;
        for (int c = from; c < to; c++) {
            with += Math.exp(scores[c] - most);
            without += Math.exp(scores[c] - own[c - from] - most);
        }
        return Math.log(with / without);
    }
}
