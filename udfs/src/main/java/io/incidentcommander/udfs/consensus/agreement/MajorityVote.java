// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.udfs.consensus.agreement;

/** One answer, one vote: the share of the votes a candidate has. */
public final class MajorityVote {
    private MajorityVote() {}

    public static Beliefs of(AnswerSheet sheet) {
        double[] share = new double[sheet.candidateCount()];
        for (int q = 0; q < sheet.questions().size(); q++) {
            double one = 1.0 / Math.max(1, sheet.start(q + 1) - sheet.start(q));
            for (int e = sheet.start(q); e < sheet.start(q + 1); e++) {
                share[sheet.candidateOf(e)] += one;
            }
        }
        return new Beliefs(sheet, share);
    }
}
