// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.jobs.topology;

import io.incidentcommander.operators.diagnosis.ModelRoad;
import io.incidentcommander.udfs.consensus.agents.ModelSeat;

/**
 * Somebody who asks models and votes what they say: in whose name, and the way to them. Each has
 * operators of its own, so that what one waits for holds up no other. Immutable.
 */
final class ModelVoter {
    private final ModelSeat seat;
    private final ModelRoad.Opener road;

    ModelVoter(ModelSeat seat, ModelRoad.Opener road) {
        this.seat = seat;
        this.road = road;
    }

    ModelSeat seat() {
        return seat;
    }

    ModelRoad.Opener road() {
        return road;
    }

    /** Name or uid of an operator that each of them has: the first's is as it was before others. */
    static String own(String name, ModelSeat of) {
        return of.equals(ModelSeat.FIRST) ? name : name + "-" + of.name();
    }
}
