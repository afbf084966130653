// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.udfs.consensus.agreement;

/** For each question, how likely each of its candidates is the truth. Immutable. */
public final class Beliefs {
    /** The answer to a question nobody answered. */
    public static final int NONE = -1;

    private final AnswerSheet sheet;
    private final double[] probability;

    /** Takes the array as it is; it is not written afterwards. */
    Beliefs(AnswerSheet sheet, double[] probability) {
        this.sheet = sheet;
        this.probability = probability;
    }

    /** By the sheet's numbering of candidates. */
    public double of(int candidate) {
        return probability[candidate];
    }

    /** The likeliest label per question, or {@link #NONE}; of equals the one first given. */
    public int[] answers() {
        int[] answers = new int[sheet.questions().size()];
        for (int q = 0; q < answers.length; q++) {
            answers[q] = NONE;
            double most = -1;
            for (int c = sheet.firstCandidate(q); c < sheet.firstCandidate(q + 1); c++) {
                if (probability[c] > most + 1e-12) {
                    most = probability[c];
                    answers[q] = sheet.labelOfCandidate(c);
                }
            }
        }
        return answers;
    }

    AnswerSheet sheet() {
        return sheet;
    }
}
