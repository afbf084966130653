// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.udfs.consensus.collusion;

import io.incidentcommander.udfs.consensus.agreement.AnswerSheet;

/**
 * Whether two camps answer after the same thing, measured without knowing the truth.
 *
 * <p>If both follow the truth, each with errors of its own, then the agreement between the camps is
 * the geometric mean of the agreements within them, chance taken out of all three: their
 * correlation corrected for attenuation (Spearman, "The proof and measurement of association
 * between two things", 1904) is 1. Honest agents pass, perfect or poor. A camp that follows a
 * leader of its own shows a lower one, the lower the more often the leader is wrong.
 */
final class Kinship {
    private static final int BLOCKS = 10;
    private static final int LEAST_QUESTIONS = 20;

    private final double correlation;
    private final double error;
    private final double agreementWithin;
    private final int questions;

    private Kinship(double correlation, double error, double agreementWithin, int questions) {
        this.correlation = correlation;
        this.error = error;
        this.agreementWithin = agreementWithin;
        this.questions = questions;
    }

    static Kinship of(AnswerSheet sheet, boolean[] camp) {
        double[] chance = marginals(sheet, camp);
        double squared = 0;
        for (double share : chance) {
            squared += share * share;
        }
        double[][] sums = new double[BLOCKS][4];
        int questions = 0;
        for (int q = 0; q < sheet.questions().size(); q++) {
            double[] ofQuestion = pairs(sheet, camp, q, chance, squared);
            if (ofQuestion.length > 0) {
                double[] block = sums[questions++ % BLOCKS];
                for (int i = 0; i < 4; i++) {
                    block[i] += ofQuestion[i];
                }
            }
        }
        if (questions < LEAST_QUESTIONS) {
            return new Kinship(1, 1, 0, questions);
        }
        return jackknife(sums, questions);
    }

    private static Kinship jackknife(double[][] sums, int questions) {
        double[] all = new double[4];
        for (double[] block : sums) {
            for (int i = 0; i < 4; i++) {
                all[i] += block[i];
            }
        }
        double whole = correlation(all);
        double variance = 0;
        for (double[] block : sums) {
            double[] without = new double[4];
            for (int i = 0; i < 4; i++) {
                without[i] = all[i] - block[i];
            }
            double difference = correlation(without) - whole;
            variance += difference * difference * (BLOCKS - 1) / BLOCKS;
        }
        return new Kinship(whole, Math.sqrt(variance), all[3] / questions, questions);
    }

    /** Of the sums (between, within the rest, within the camp); 1 where the rest has no mind. */
    private static double correlation(double[] sums) {
        if (sums[1] <= 0 || sums[2] <= 0) {
            return 1;
        }
        return Math.max(-1, Math.min(1, sums[0] / Math.sqrt(sums[1] * sums[2])));
    }

    private static double[] marginals(AnswerSheet sheet, boolean[] camp) {
        double[] share = new double[sheet.labels().size()];
        double all = 0;
        for (int e = 0; e < sheet.answerCount(); e++) {
            if (!camp[sheet.agentOf(e)]) {
                share[sheet.labelOf(e)]++;
                all++;
            }
        }
        for (int l = 0; l < share.length; l++) {
            share[l] /= Math.max(1, all);
        }
        return share;
    }

    /**
     * Of one question: mean over pairs of "same label, less what chance gives" between the camps,
     * within the rest, within the camp; and the plain agreement within the camp. Empty without two
     * agents on each side.
     */
    private static double[] pairs(
            AnswerSheet sheet, boolean[] camp, int q, double[] chance, double squared) {
        int first = sheet.firstCandidate(q);
        int candidates = sheet.firstCandidate(q + 1) - first;
        double[] in = new double[candidates];
        double[] out = new double[candidates];
        double inAll = 0;
        double outAll = 0;
        double inChance = 0;
        double outChance = 0;
        for (int e = sheet.start(q); e < sheet.start(q + 1); e++) {
            double expected = chance[sheet.labelOf(e)];
            if (camp[sheet.agentOf(e)]) {
                in[sheet.candidateOf(e) - first]++;
                inAll++;
                inChance += expected;
            } else {
                out[sheet.candidateOf(e) - first]++;
                outAll++;
                outChance += expected;
            }
        }
        if (inAll < 2 || outAll < 2) {
            return new double[0];
        }
        double same = 0;
        double sameIn = 0;
        double sameOut = 0;
        for (int c = 0; c < candidates; c++) {
            same += in[c] * out[c];
            sameIn += in[c] * (in[c] - 1);
            sameOut += out[c] * (out[c] - 1);
        }
        double within = sameIn / (inAll * (inAll - 1));
        return new double[] {
            same / (inAll * outAll) - inChance / inAll - outChance / outAll + squared,
            sameOut / (outAll * (outAll - 1)) - 2 * outChance / outAll + squared,
            within - 2 * inChance / inAll + squared,
            within
        };
    }

    /** In [-1,1]; 1 also where it cannot be told. */
    double correlation() {
        return correlation;
    }

    /** Standard error of the correlation, by the jackknife over ten blocks of questions. */
    double error() {
        return error;
    }

    /** Share of pairs in the camp that gave the same answer. */
    double agreementWithin() {
        return agreementWithin;
    }

    int questions() {
        return questions;
    }
}
