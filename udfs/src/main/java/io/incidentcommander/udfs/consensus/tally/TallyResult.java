// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.udfs.consensus.tally;

import io.incidentcommander.udfs.consensus.agreement.AnswerSheet;
import io.incidentcommander.udfs.consensus.agreement.Beliefs;
import io.incidentcommander.udfs.consensus.agreement.Smoothing;
import io.incidentcommander.udfs.consensus.collusion.CopyGroup;
import io.incidentcommander.udfs.consensus.collusion.CopySearch;
import io.incidentcommander.udfs.consensus.reputation.Reputation;
import java.util.List;

/** What a tally came to: answers, reputations and who was heard as one. Immutable. */
public final class TallyResult {
    private final AnswerSheet sheet;
    private final int[] answers;
    private final Reputation[] reputations;
    private final List<CopyGroup> groups;

    private TallyResult(
            AnswerSheet sheet, int[] answers, Reputation[] reputations, List<CopyGroup> groups) {
        this.sheet = sheet;
        this.answers = answers;
        this.reputations = reputations;
        this.groups = groups;
    }

    static TallyResult of(AnswerSheet sheet, CopySearch search, Beliefs beliefs) {
        return new TallyResult(
                sheet, beliefs.answers(), reputations(sheet, search, beliefs), search.groups());
    }

    /** Of every agent by its own answers, those heard as one included. */
    private static Reputation[] reputations(AnswerSheet sheet, CopySearch search, Beliefs beliefs) {
        AnswerSheet heard = search.heard();
        double[] right = new double[sheet.agents().size()];
        double[] byLabel = new double[sheet.labels().size()];
        for (int q = 0; q < sheet.questions().size(); q++) {
            for (int c = heard.firstCandidate(q); c < heard.firstCandidate(q + 1); c++) {
                byLabel[heard.labelOfCandidate(c)] = beliefs.of(c);
            }
            for (int e = sheet.start(q); e < sheet.start(q + 1); e++) {
                right[sheet.agentOf(e)] += byLabel[sheet.labelOf(e)];
            }
            for (int c = heard.firstCandidate(q); c < heard.firstCandidate(q + 1); c++) {
                byLabel[heard.labelOfCandidate(c)] = 0;
            }
        }
        Smoothing prior = Smoothing.defaults();
        Reputation[] reputations = new Reputation[right.length];
        for (int a = 0; a < right.length; a++) {
            double wrong = Math.max(0, sheet.answersBy(a) - right[a]);
            reputations[a] = Reputation.ofCounts(right[a], wrong, prior.right(), prior.wrong());
        }
        return reputations;
    }

    /** The answers it rests on; numbers below are its numbers. */
    public AnswerSheet sheet() {
        return sheet;
    }

    /** The label that was decided on. */
    public String answer(int question) {
        return sheet.labels().get(answers[question]);
    }

    /** How often the agent was on the side of the decided answer, with a prior of 2 to 1. */
    public Reputation reputation(int agent) {
        return reputations[agent];
    }

    /** Who was heard as one, and why. */
    public List<CopyGroup> groups() {
        return groups;
    }

    int[] answers() {
        return answers.clone();
    }
}
