// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.udfs.consensus.collusion;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/** Who erred when, and how often any two erred alike. Immutable. */
final class ErrorTable {
    static final int LEAST_TOGETHER = 3;

    private final List<JudgedVotes> decisions;
    private final List<String> agents;
    private final int[] errors;
    private final int[][] alike;

    ErrorTable(List<JudgedVotes> decisions) {
        TreeSet<String> names = new TreeSet<>();
        decisions.forEach(decision -> decision.agents().forEach(names::add));
        this.decisions = decisions;
        agents = new ArrayList<>(names);
        errors = new int[agents.size()];
        alike = new int[agents.size()][agents.size()];
        for (int a = 0; a < errors.length; a++) {
            for (JudgedVotes decision : decisions) {
                errors[a] += decision.erred(agents.get(a)) ? 1 : 0;
            }
        }
        for (int i = 0; i < alike.length; i++) {
            for (int j = i + 1; j < alike.length; j++) {
                alike[i][j] = countAlike(i, j);
                alike[j][i] = alike[i][j];
            }
        }
    }

    private int countAlike(int i, int j) {
        int count = 0;
        if (Math.min(errors[i], errors[j]) >= LEAST_TOGETHER) {
            for (JudgedVotes decision : decisions) {
                count += decision.erredAlike(agents.get(i), agents.get(j)) ? 1 : 0;
            }
        }
        return count;
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
                for (JudgedVotes decision : decisions) {
                    if (!together(i, j)
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
}
