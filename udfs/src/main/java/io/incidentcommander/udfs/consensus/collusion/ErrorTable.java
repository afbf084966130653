// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.udfs.consensus.collusion;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/** Who erred when, and how often any two erred alike. Immutable. */
final class ErrorTable {
    static final int LEAST_TOGETHER = 3;
    private static final int NOTHING = -1;
    private static final int RIGHT = 0;

    private final List<JudgedVotes> decisions;
    private final List<String> agents;

    /** By decision and agent: numbers above {@link #RIGHT} are wrong actions of that decision. */
    private final int[][] said;

    private final int[] errors;
    private final int[][] alike;

    ErrorTable(List<JudgedVotes> decisions) {
        TreeSet<String> names = new TreeSet<>();
        decisions.forEach(decision -> decision.agents().forEach(names::add));
        this.decisions = decisions;
        agents = new ArrayList<>(names);
        said = new int[decisions.size()][];
        errors = new int[agents.size()];
        alike = new int[agents.size()][agents.size()];
        for (int d = 0; d < said.length; d++) {
            said[d] = numbered(decisions.get(d));
            for (int a = 0; a < errors.length; a++) {
                errors[a] += erred(d, a) ? 1 : 0;
            }
        }
        for (int i = 0; i < alike.length; i++) {
            for (int j = i + 1; j < alike.length; j++) {
                alike[i][j] = countAlike(i, j);
                alike[j][i] = alike[i][j];
            }
        }
    }

    private int[] numbered(JudgedVotes decision) {
        Map<String, Integer> numbers = new HashMap<>();
        numbers.put(decision.right(), RIGHT);
        int[] actions = new int[agents.size()];
        for (int a = 0; a < actions.length; a++) {
            String agent = agents.get(a);
            actions[a] = NOTHING;
            if (decision.voted(agent)) {
                actions[a] =
                        numbers.computeIfAbsent(decision.actionOf(agent), unseen -> numbers.size());
            }
        }
        return actions;
    }

    private int countAlike(int i, int j) {
        int count = 0;
        if (Math.min(errors[i], errors[j]) >= LEAST_TOGETHER) {
            for (int d = 0; d < said.length; d++) {
                count += erredAlike(d, i, j) ? 1 : 0;
            }
        }
        return count;
    }

    boolean voted(int decision, int agent) {
        return said[decision][agent] != NOTHING;
    }

    boolean erred(int decision, int agent) {
        return said[decision][agent] > RIGHT;
    }

    boolean erredAlike(int decision, int one, int other) {
        return erred(decision, one) && said[decision][one] == said[decision][other];
    }

    List<JudgedVotes> decisions() {
        return decisions;
    }

    /** By id. */
    List<String> agents() {
        return agents;
    }

    int errors(int agent) {
        return errors[agent];
    }

    /** Decisions in which both voted for the same wrong action; 0 if there are less than three. */
    int alike(int i, int j) {
        return alike[i][j];
    }

    /** Whether one keeps the other's company: errs alike three times, and in half of its errors. */
    boolean together(int i, int j) {
        return alike[i][j] >= LEAST_TOGETHER && 2 * alike[i][j] >= Math.min(errors[i], errors[j]);
    }

    /** How often two that keep no company and are both wrong are so alike, in (0,1). */
    double sameWhenBothWrong() {
        double same = 1;
        double both = 2;
        for (int i = 0; i < errors.length; i++) {
            for (int j = i + 1; j < errors.length; j++) {
                for (int d = 0; d < said.length && !together(i, j); d++) {
                    if (erred(d, i) && erred(d, j)) {
                        both++;
                        same += erredAlike(d, i, j) ? 1 : 0;
                    }
                }
            }
        }
        return same / both;
    }
}
