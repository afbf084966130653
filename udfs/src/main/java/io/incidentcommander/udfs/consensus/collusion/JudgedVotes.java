// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.udfs.consensus.collusion;

import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/** Who voted for what in one decision, and what turned out to be right. Immutable. */
public final class JudgedVotes {
    private final String decisionId;
    private final String right;
    private final Map<String, String> actionByAgent;

    /**
     * @param right the action that was right
     * @param actionByAgent without those that abstained
     */
    public JudgedVotes(String decisionId, String right, Map<String, String> actionByAgent) {
        this.decisionId = Objects.requireNonNull(decisionId, "decisionId");
        this.right = Objects.requireNonNull(right, "right");
        this.actionByAgent = new TreeMap<>(actionByAgent);
    }

    public String decisionId() {
        return decisionId;
    }

    public String right() {
        return right;
    }

    /** What the agent voted for; it has to have voted. */
    public String actionOf(String agent) {
        return Objects.requireNonNull(actionByAgent.get(agent), agent);
    }

    boolean voted(String agent) {
        return actionByAgent.containsKey(agent);
    }

    boolean erred(String agent) {
        return voted(agent) && !actionByAgent.get(agent).equals(right);
    }

    boolean erredAlike(String one, String other) {
        return erred(one) && Objects.equals(actionByAgent.get(one), actionByAgent.get(other));
    }

    /** Whether any two voted for the same wrong action. */
    boolean anyErredAlike() {
        long errors = actionByAgent.values().stream().filter(a -> !a.equals(right)).count();
        long kinds =
                actionByAgent.values().stream().filter(a -> !a.equals(right)).distinct().count();
        return errors > kinds;
    }

    /** The largest share of the votes for one wrong action, in [0,1]. */
    double mostAlikeInError() {
        Map<String, Integer> votes = new TreeMap<>();
        actionByAgent.values().stream()
                .filter(action -> !action.equals(right))
                .forEach(action -> votes.merge(action, 1, Integer::sum));
        int most = votes.values().stream().mapToInt(i -> i).max().orElse(0);
        return most == 0 ? 0 : most / (double) actionByAgent.size();
    }

    Iterable<String> agents() {
        return actionByAgent.keySet();
    }
}
