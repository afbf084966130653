// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.udfs.consensus.agents;

import io.incidentcommander.model.consensus.ActionId;

/** How much power stood behind an action in the round before. */
@FunctionalInterface
public interface Support {
    /** Parts per million. */
    int ppm(ActionId action);
}
