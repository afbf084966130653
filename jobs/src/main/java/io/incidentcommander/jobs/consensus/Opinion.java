// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.jobs.consensus;

import io.incidentcommander.model.consensus.ActionId;

/** What an agent says in a round: an action and how sure it is. Immutable. */
final class Opinion {
    private final ActionId action;
    private final double confidence;

    Opinion(ActionId action, double confidence) {
        this.action = action;
        this.confidence = confidence;
    }

    ActionId action() {
        return action;
    }

    double confidence() {
        return confidence;
    }
}
