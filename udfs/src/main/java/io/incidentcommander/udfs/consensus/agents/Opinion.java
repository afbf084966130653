// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.udfs.consensus.agents;

import io.incidentcommander.model.consensus.Action;

/** What an agent recommends, how surely, and why. Immutable. */
public final class Opinion {
    private final Action action;
    private final double confidence;
    private final String reasoning;

    Opinion(Action action, double confidence, String reasoning) {
        this.action = action;
        this.confidence = confidence;
        this.reasoning = reasoning;
    }

    public Action action() {
        return action;
    }

    /** In [0, 1]. */
    public double confidence() {
        return confidence;
    }

    public String reasoning() {
        return reasoning;
    }

    @Override
    public String toString() {
        return action + " at " + confidence + ": " + reasoning;
    }
}
