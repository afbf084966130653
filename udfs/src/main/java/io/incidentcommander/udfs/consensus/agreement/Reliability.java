// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.udfs.consensus.agreement;

import io.incidentcommander.udfs.consensus.reputation.Reputation;
import java.util.Arrays;

/**
 * How agents answer given the truth, estimated from beliefs: per agent a reputation (how often it
 * gives the true label) and, where labels are few, a confusion matrix.
 *
 * <p>Three levels, each the prior of the next, so that an agent of three answers is judged by what
 * agents do in general and one of three thousand by its own: all agents' confusions, the agent's
 * {@link Knowledge}, the agent's own confusion matrix (Dawid and Skene, 1979; the levels are the
 * usual hierarchical smoothing with pseudo-counts).
 */
final class Reliability {
    /** Above this many table cells, agents have a reputation only. */
    private static final int MOST_CELLS = 6_000_000;

    private final int labels;
    private final boolean byLabel;
    private final double[] logPrior;
    private final double[] logGiven;
    private final Reputation[] reputations;
    private final Sameness sameness;

    private Reliability(
            int labels,
            boolean byLabel,
            double[] logPrior,
            double[] logGiven,
            Reputation[] reputations,
            Sameness sameness) {
        this.labels = labels;
        this.byLabel = byLabel;
        this.logPrior = logPrior;
        this.logGiven = logGiven;
        this.reputations = reputations;
        this.sameness = sameness;
    }

    /** Of the first beliefs: nobody is taken yet for one that always says the same. */
    static Reliability of(Beliefs beliefs, Smoothing smoothing) {
        Reliability first = of(beliefs, smoothing, Sameness.ofNone(beliefs.sheet()));
        return smoothing.same() > 0 ? of(beliefs, smoothing, first) : first;
    }

    /** Of beliefs that follow from what was known before. */
    static Reliability of(Beliefs beliefs, Smoothing smoothing, Reliability before) {
        if (smoothing.same() <= 0) {
            return of(beliefs, smoothing, before.sameness);
        }
        double[] chances = Foretelling.logChances(beliefs.sheet(), before);
        return of(beliefs, smoothing, Sameness.of(beliefs.sheet(), chances, smoothing.same()));
    }

    private static Reliability of(Beliefs beliefs, Smoothing smoothing, Sameness sameness) {
        AnswerSheet sheet = beliefs.sheet();
        int labels = sheet.labels().size();
        int agents = sheet.agents().size();
        boolean byLabel = (long) agents * labels * labels <= MOST_CELLS;
        double[] right = new double[agents];
        double[] prior = new double[labels];
        double[] counts = byLabel ? new double[agents * labels * labels] : new double[0];
        Arrays.fill(prior, smoothing.perLabel());
        for (int q = 0; q < sheet.questions().size(); q++) {
            for (int c = sheet.firstCandidate(q); c < sheet.firstCandidate(q + 1); c++) {
                prior[sheet.labelOfCandidate(c)] += beliefs.of(c);
            }
            for (int e = sheet.start(q); e < sheet.start(q + 1); e++) {
                int agent = sheet.agentOf(e);
                right[agent] += beliefs.of(sheet.candidateOf(e));
                if (byLabel) {
                    int row = agent * labels;
                    for (int c = sheet.firstCandidate(q); c < sheet.firstCandidate(q + 1); c++) {
                        counts[(row + sheet.labelOfCandidate(c)) * labels + sheet.labelOf(e)] +=
                                (1 - sameness.of(agent)) * beliefs.of(c);
                    }
                }
            }
        }
        Reputation[] reputations = new Reputation[agents];
        for (int a = 0; a < agents; a++) {
            reputations[a] =
                    Reputation.ofCounts(
                            right[a],
                            Math.max(0, sheet.answersBy(a) - right[a]),
                            smoothing.right(),
                            smoothing.wrong());
        }
        double all = Arrays.stream(prior).sum();
        double[] logPrior = Arrays.stream(prior).map(p -> Math.log(p / all)).toArray();
        double[] logGiven =
                byLabel
                        ? confusions(
                                counts, labels, smoothing, Knowledge.of(beliefs, counts, smoothing))
                        : rightOrWrong(reputations, labels);
        return new Reliability(labels, byLabel, logPrior, logGiven, reputations, sameness);
    }

    private static double[] confusions(
            double[] counts, int labels, Smoothing smoothing, Knowledge knowledge) {
        double[] result = new double[counts.length];
        for (int from = 0; from < counts.length; from += labels) {
            int agent = from / labels / labels;
            int truth = from / labels % labels;
            double rowSum = smoothing.row();
            for (int l = 0; l < labels; l++) {
                rowSum += counts[from + l];
            }
            for (int l = 0; l < labels; l++) {
                double expected = smoothing.row() * knowledge.chance(agent, truth, l);
                result[from + l] = Math.log(Math.max(1e-6, (counts[from + l] + expected) / rowSum));
            }
        }
        return result;
    }

    private static double[] rightOrWrong(Reputation[] reputations, int labels) {
        double[] result = new double[2 * reputations.length];
        for (int a = 0; a < reputations.length; a++) {
            double value = Math.min(1 - 1e-6, Math.max(1e-6, reputations[a].value()));
            result[2 * a] = Math.log(value);
            result[2 * a + 1] = Math.log((1 - value) / (labels - 1));
        }
        return result;
    }

    Reputation reputation(int agent) {
        return reputations[agent];
    }

    /** What an answer says of a truth, as far as the agent heeds the question at all. */
    double logGiven(int agent, int truth, int answer) {
        return (1 - sameness.of(agent)) * logGivenHeeding(agent, truth, answer);
    }

    /** The chance of an answer given the truth, of an agent that heeds the question. */
    double given(int agent, int truth, int answer) {
        return Math.exp(logGivenHeeding(agent, truth, answer));
    }

    private double logGivenHeeding(int agent, int truth, int answer) {
        if (byLabel) {
            return logGiven[(agent * labels + truth) * labels + answer];
        }
        return logGiven[2 * agent + (truth == answer ? 0 : 1)];
    }

    Sameness sameness() {
        return sameness;
    }

    /** What to believe of each question, by Bayes' rule, answers being independent given truth. */
    Beliefs beliefs(AnswerSheet sheet) {
        double[] probability = logScores(sheet);
        for (int q = 0; q < sheet.questions().size(); q++) {
            int from = sheet.firstCandidate(q);
            int to = sheet.firstCandidate(q + 1);
            double most = Double.NEGATIVE_INFINITY;
            for (int c = from; c < to; c++) {
                most = Math.max(most, probability[c]);
            }
            double all = 0;
            for (int c = from; c < to; c++) {
                probability[c] = Math.exp(probability[c] - most);
                all += probability[c];
            }
            for (int c = from; c < to; c++) {
                probability[c] /= all;
            }
        }
        return new Beliefs(sheet, probability);
    }

    /**
     * By answer: the likeliest label of its question had it not been given; NONE if it is alone.
     */
    int[] likeliestWithoutOwn(AnswerSheet sheet) {
        double[] scores = logScores(sheet);
        int[] likeliest = new int[sheet.answerCount()];
        for (int q = 0; q < sheet.questions().size(); q++) {
            for (int e = sheet.start(q); e < sheet.start(q + 1); e++) {
                likeliest[e] = Beliefs.NONE;
                double most = Double.NEGATIVE_INFINITY;
                boolean alone = sheet.start(q + 1) - sheet.start(q) == 1;
                for (int c = sheet.firstCandidate(q);
                        !alone && c < sheet.firstCandidate(q + 1);
                        c++) {
                    int truth = sheet.labelOfCandidate(c);
                    double score = scores[c] - logGiven(sheet.agentOf(e), truth, sheet.labelOf(e));
                    if (score > most + 1e-12) {
                        most = score;
                        likeliest[e] = truth;
                    }
                }
            }
        }
        return likeliest;
    }

    double[] logScores(AnswerSheet sheet) {
        double[] scores = new double[sheet.candidateCount()];
        for (int q = 0; q < sheet.questions().size(); q++) {
            for (int c = sheet.firstCandidate(q); c < sheet.firstCandidate(q + 1); c++) {
                int truth = sheet.labelOfCandidate(c);
                double sum = logPrior[truth];
                for (int e = sheet.start(q); e < sheet.start(q + 1); e++) {
                    sum += logGiven(sheet.agentOf(e), truth, sheet.labelOf(e));
                }
                scores[c] = sum;
            }
        }
        return scores;
    }
}
