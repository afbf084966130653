// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.udfs.consensus.collusion;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/**
 * Finds agents that err together, in decisions whose outcome was verified. Votes for what was right
 * say nothing here, so honest agents may agree on the truth for ever.
 *
 * <p>Under the hypothesis of independence two agents err alike in about s times the sum over
 * decisions of r_i(d) r_j(d), where s is how often two wrong votes are the same one, and r_i(d) is
 * agent i's error rate, spread over decisions by how many of the agents outside the pair's company
 * erred: a decision that misled everybody explains that it misled these two. The company of an
 * agent is whom it erred with alike at least three times, and in half of its errors. The count is
 * compared with a Poisson tail, corrected for the number of pairs.
 */
public final class ErringTogether {
    private static final double CHANCE = 0.001;
    private static final int LEAST_TOGETHER = 3;

    private ErringTogether() {}

    /**
     * @param decisions the latest whose outcome is known, in any order; some 20 to 100
     * @return pairs, by agent ids; in any order of decisions the same
     */
    public static List<JointErrors> find(List<JudgedVotes> decisions) {
        TreeSet<String> names = new TreeSet<>();
        decisions.forEach(decision -> decision.agents().forEach(names::add));
        List<String> agents = new ArrayList<>(names);
        int[] errors = new int[agents.size()];
        for (int a = 0; a < errors.length; a++) {
            for (JudgedVotes decision : decisions) {
                errors[a] += decision.erred(agents.get(a)) ? 1 : 0;
            }
        }
        int[][] alike = alike(decisions, agents, errors);
        double same = sameWhenBothWrong(decisions, agents, alike, errors);
        double pairs = Math.max(1, agents.size() * (agents.size() - 1) / 2.0);
        List<JointErrors> found = new ArrayList<>();
        for (int i = 0; i < errors.length; i++) {
            for (int j = i + 1; j < errors.length; j++) {
                if (!together(alike, errors, i, j)) {
                    continue;
                }
                double expected = same * expected(decisions, agents, errors, alike, i, j);
                if (tail(expected, alike[i][j]) * pairs < CHANCE) {
                    found.add(
                            new JointErrors(
                                    agents.get(i),
                                    agents.get(j),
                                    alike[i][j],
                                    expected,
                                    both(decisions, agents.get(i), agents.get(j))));
                }
            }
        }
        return found;
    }

    private static int[][] alike(List<JudgedVotes> decisions, List<String> agents, int[] errors) {
        int[][] alike = new int[agents.size()][agents.size()];
        for (int i = 0; i < alike.length; i++) {
            for (int j = i + 1; j < alike.length; j++) {
                if (Math.min(errors[i], errors[j]) >= LEAST_TOGETHER) {
                    for (JudgedVotes decision : decisions) {
                        alike[i][j] += decision.erredAlike(agents.get(i), agents.get(j)) ? 1 : 0;
                    }
                    alike[j][i] = alike[i][j];
                }
            }
        }
        return alike;
    }

    /** How often two that keep no company and are both wrong are so alike, at most 1. */
    private static double sameWhenBothWrong(
            List<JudgedVotes> decisions, List<String> agents, int[][] alike, int[] errors) {
        double same = 1;
        double both = 2;
        for (int i = 0; i < errors.length; i++) {
            for (int j = i + 1; j < errors.length; j++) {
                for (JudgedVotes decision : decisions) {
                    if (!together(alike, errors, i, j)
                            && decision.erred(agents.get(i))
                            && decision.erred(agents.get(j))) {
                        both++;
                        same += decision.erredAlike(agents.get(i), agents.get(j)) ? 1 : 0;
                    }
                }
            }
        }
        return same / both;
    }

    private static boolean together(int[][] alike, int[] errors, int i, int j) {
        return alike[i][j] >= LEAST_TOGETHER && 2 * alike[i][j] >= Math.min(errors[i], errors[j]);
    }

    private static int both(List<JudgedVotes> decisions, String one, String other) {
        int both = 0;
        for (JudgedVotes decision : decisions) {
            both += decision.voted(one) && decision.voted(other) ? 1 : 0;
        }
        return both;
    }

    private static double expected(
            List<JudgedVotes> decisions,
            List<String> agents,
            int[] errors,
            int[][] alike,
            int i,
            int j) {
        double[] misled = new double[decisions.size()];
        double sum = 0;
        for (int d = 0; d < misled.length; d++) {
            double others = 1; // one in two erred, before anybody is looked at
            double wrong = 0.5;
            for (int k = 0; k < agents.size(); k++) {
                boolean company =
                        k == i
                                || k == j
                                || together(alike, errors, i, k)
                                || together(alike, errors, j, k);
                if (!company && decisions.get(d).voted(agents.get(k))) {
                    others++;
                    wrong += decisions.get(d).erred(agents.get(k)) ? 1 : 0;
                }
            }
            misled[d] = wrong / others;
            sum += misled[d];
        }
        double expected = 0;
        for (double share : misled) {
            expected += Math.min(1, errors[i] * share / sum) * Math.min(1, errors[j] * share / sum);
        }
        return expected;
    }

    /** Probability that a Poisson variable of this mean is at least so large. */
    private static double tail(double mean, int least) {
        double term = Math.exp(-mean);
        double below = 0;
        for (int k = 0; k < least; k++) {
            below += term;
            term *= mean / (k + 1);
        }
        return Math.max(0, 1 - below);
    }
}
