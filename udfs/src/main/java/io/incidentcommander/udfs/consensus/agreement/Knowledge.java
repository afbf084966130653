// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.udfs.consensus.agreement;

import java.util.Arrays;

/**
 * How often each agent knows the answer, and what it says when it does not: an agent gives the
 * truth with its knowledge, and else guesses, in part after a habit of its own, whatever the truth
 * (Hovy, Berg-Kirkpatrick, Vaswani and Hovy, "Learning whom to trust with MACE", 2013), in part as
 * all agents do that are wrong. Who always says the same is right as often as that label is the
 * truth, and knows nothing: without the habit its answers would be taken for what most questions
 * come to. Immutable.
 */
final class Knowledge {
    private static final int ROUNDS = 4;

    /** Share of the guesses that follow an agent's own habit. */
    private static final double BY_HABIT = 0.25;

    private final int labels;
    private final double[] knows;
    private final double[] habit;
    private final double[] errors;

    private Knowledge(int labels, double[] knows, double[] habit, double[] errors) {
        this.labels = labels;
        this.knows = knows;
        this.habit = habit;
        this.errors = errors;
    }

    /**
     * @param counts what was said, by agent, truth and label
     */
    static Knowledge of(Beliefs beliefs, double[] counts, Smoothing smoothing) {
        AnswerSheet sheet = beliefs.sheet();
        int labels = sheet.labels().size();
        double[] common = new double[labels];
        for (int e = 0; e < sheet.answerCount(); e++) {
            common[sheet.labelOf(e)] += 1.0 / sheet.answerCount();
        }
        double before = smoothing.right() + smoothing.wrong();
        double usual = knowledge(smoothing.right() / before, labels);
        double[] knows = new double[sheet.agents().size()];
        double[] habit = new double[knows.length * labels];
        Arrays.fill(knows, usual);
        for (int i = 0; i < habit.length; i++) {
            habit[i] = common[i % labels];
        }
        for (int round = 0; round < ROUNDS; round++) {
            revise(beliefs, common, before, usual, knows, habit);
        }
        return new Knowledge(labels, knows, habit, errors(counts, labels));
    }

    private static void revise(
            Beliefs beliefs,
            double[] common,
            double before,
            double usual,
            double[] knows,
            double[] habit) {
        AnswerSheet sheet = beliefs.sheet();
        int labels = common.length;
        double[] known = new double[knows.length];
        double[] guessed = new double[habit.length];
        for (int e = 0; e < sheet.answerCount(); e++) {
            int agent = sheet.agentOf(e);
            int cell = agent * labels + sheet.labelOf(e);
            double byKnowledge = knows[agent] / (knows[agent] + (1 - knows[agent]) * habit[cell]);
            double share = beliefs.of(sheet.candidateOf(e)) * byKnowledge;
            known[agent] += share;
            guessed[cell] += 1 - share;
        }
        for (int i = 0; i < habit.length; i++) {
            int agent = i / labels;
            double guesses = Math.max(0, sheet.answersBy(agent) - known[agent]) + labels;
            habit[i] = (guessed[i] + labels * common[i % labels]) / guesses;
        }
        for (int agent = 0; agent < knows.length; agent++) {
            knows[agent] = (known[agent] + before * usual) / (sheet.answersBy(agent) + before);
        }
    }

    /** By truth and label: how often a wrong answer of any agent is this one. */
    private static double[] errors(double[] counts, int labels) {
        double[] errors = new double[labels * labels];
        Arrays.fill(errors, 1);
        for (int i = 0; i < counts.length; i++) {
            errors[i % errors.length] += counts[i];
        }
        for (int truth = 0; truth < labels; truth++) {
            double wrong = 0;
            for (int l = 0; l < labels; l++) {
                wrong += l == truth ? 0 : errors[truth * labels + l];
            }
            for (int l = 0; l < labels; l++) {
                errors[truth * labels + l] /= Math.max(1, wrong);
            }
        }
        return errors;
    }

    /** Of an agent that is right so often, where a guess hits one of so many labels. */
    private static double knowledge(double right, int labels) {
        double byChance = 1.0 / Math.max(2, labels);
        return Math.max(0.05, (right - byChance) / (1 - byChance));
    }

    /** That the agent says so, given the truth; over all labels it adds up to 1. */
    double chance(int agent, int truth, int label) {
        double guesses = 1 - knows[agent];
        double byHabit = BY_HABIT * habit[agent * labels + label];
        if (truth == label) {
            return knows[agent] + guesses * (byHabit + (1 - BY_HABIT) / labels);
        }
        double asAllDo = (1 - BY_HABIT) * (1 - 1.0 / labels) * errors[truth * labels + label];
        return guesses * (byHabit + asAllDo);
    }
}
