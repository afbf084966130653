// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.udfs.consensus.agreement;

import java.util.Arrays;

/**
 * How likely each agent is one that always says the same, whatever it is asked: by Bayes' rule from
 * all its answers together, against what the others' answers foretell of them. How common such
 * agents are is learned from all, so that a few answers tell of one (types of agents, as the
 * communities in Venanzi, Guiver, Kazai, Kohli and Shokouhi, "Community-based Bayesian aggregation
 * models for crowdsourcing", 2014). What they say carries nothing. Immutable.
 */
final class Sameness {
    /** How often one that always says the same says something else. */
    private static final double SLIPS = 0.05;

    /** What is assumed of how common they are weighs so many agents. */
    private static final double ASSUMED_AGENTS = 20;

    private static final int ROUNDS = 5;

    private final int labels;
    private final int[] commonest;
    private final double[] probability;

    private Sameness(int labels, int[] commonest, double[] probability) {
        this.labels = labels;
        this.commonest = commonest;
        this.probability = probability;
    }

    /** Nobody is so. */
    static Sameness ofNone(AnswerSheet sheet) {
        int agents = sheet.agents().size();
        return new Sameness(
                Math.max(2, sheet.labels().size()), new int[agents], new double[agents]);
    }

    /**
     * @param logChances of each answer by the others to its question; 0 of one that is alone
     * @param share of agents assumed to be so before any answer, in (0,1)
     */
    static Sameness of(AnswerSheet sheet, double[] logChances, double share) {
        int agents = sheet.agents().size();
        Sameness found =
                new Sameness(
                        Math.max(2, sheet.labels().size()), commonest(sheet), new double[agents]);
        double[] odds = new double[agents];
        for (int q = 0; q < sheet.questions().size(); q++) {
            boolean alone = sheet.start(q + 1) - sheet.start(q) < 2;
            for (int e = sheet.start(q); !alone && e < sheet.start(q + 1); e++) {
                int agent = sheet.agentOf(e);
                odds[agent] += Math.log(found.chance(agent, sheet.labelOf(e))) - logChances[e];
            }
        }
        found.weigh(sheet, odds, share);
        return found;
    }

    private void weigh(AnswerSheet sheet, double[] odds, double share) {
        double assumed = ASSUMED_AGENTS * share / labels;
        double[] common = new double[labels];
        Arrays.fill(common, share / labels);
        for (int round = 0; round < ROUNDS; round++) {
            double others = 1 - Arrays.stream(common).sum();
            double[] sum = new double[labels];
            for (int a = 0; a < odds.length; a++) {
                if (sheet.answersBy(a) > 0) {
                    double ratio = Math.log(common[commonest[a]] / others) + odds[a];
                    probability[a] = 1 / (1 + Math.exp(-ratio));
                    sum[commonest[a]] += probability[a];
                }
            }
            for (int l = 0; l < labels; l++) {
                common[l] = (sum[l] + assumed) / (odds.length + ASSUMED_AGENTS);
            }
        }
    }

    /** By agent the label it gave most often, the first given among equals. */
    private static int[] commonest(AnswerSheet sheet) {
        int[] from = new int[sheet.agents().size() + 1];
        for (int a = 0; a < sheet.agents().size(); a++) {
            from[a + 1] = from[a] + sheet.answersBy(a);
        }
        int[] next = from.clone();
        int[] said = new int[sheet.answerCount()];
        for (int e = 0; e < said.length; e++) {
            said[next[sheet.agentOf(e)]++] = sheet.labelOf(e);
        }
        int[] times = new int[sheet.labels().size()];
        int[] commonest = new int[sheet.agents().size()];
        for (int a = 0; a < commonest.length; a++) {
            int most = 0;
            for (int i = from[a]; i < from[a + 1]; i++) {
                if (++times[said[i]] > most) {
                    most = times[said[i]];
                    commonest[a] = said[i];
                }
            }
            for (int i = from[a]; i < from[a + 1]; i++) {
                times[said[i]] = 0;
            }
        }
        return commonest;
    }

    /** That the agent always says the same. */
    double of(int agent) {
        return probability[agent];
    }

    /** That it says so, if it always says the same. */
    double chance(int agent, int label) {
        return label == commonest[agent] ? 1 - SLIPS : SLIPS / (labels - 1);
    }
}
