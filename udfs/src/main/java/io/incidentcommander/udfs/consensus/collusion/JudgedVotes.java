// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.udfs.consensus.collusion;

import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/** Who voted for what in one decision, and what turned out to be right. Immutable. */
public final class JudgedVotes {
    private final String right;
    private final Map<String, String> actionByAgent;

    /**
     * @param right the action that was right
     * @param actionByAgent without those that abstained
     */
    public JudgedVotes(String right, Map<String, String> actionByAgent) {
        this.right = Objects.requireNonNull(right, "right");
        this.actionByAgent = new TreeMap<>(actionByAgent);
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

    Iterable<String> agents() {
        return actionByAgent.keySet();
    }
}
