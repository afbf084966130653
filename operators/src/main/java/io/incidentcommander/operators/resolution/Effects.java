// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.operators.resolution;

import io.incidentcommander.model.resolution.ActionOrder;
import io.incidentcommander.udfs.resolution.ActionPlan;
import io.incidentcommander.udfs.resolution.AtMostOnce.Known;
import io.incidentcommander.udfs.resolution.PlanStep;
import io.incidentcommander.udfs.resolution.Playbook;
import java.io.Serializable;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/**
 * The one port through which steps touch the world. Calls block, for seconds at most, and answer
 * failures as {@link Known} instead of throwing. Thread safe.
 */
public interface Effects extends AutoCloseable {
    /** One word: live, dry-run or replay. */
    String mode();

    /** Empty: steps are made. Else what is said instead of making those of this plan. */
    Optional<String> insteadOf(ActionPlan plan);

    /** Whether it was allowed and begun at a time that is told again: then nobody is asked. */
    default boolean wasBegun(ActionPlan plan) {
        return false;
    }

    /** For one action: whatever is granted, is granted for exactly that. */
    Hands forAction(Playbook playbook, ActionOrder order);

    @Override
    void close();

    /** What one action is done with. */
    interface Hands extends AutoCloseable {
        /**
         * Whether what the step needs is granted: asked for before, so that sending is one call.
         *
         * @param stopped asked before anything but credentials is asked for
         */
        boolean isReady(PlanStep step, BooleanSupplier stopped);

        /** Sends the step with its token. */
        Known start(PlanStep step);

        /** Asks what became of the step's token. */
        Known lookUp(PlanStep step);

        /** Gives up what was granted. */
        @Override
        void close();
    }

    /** Opens them where they are used; clients are never part of the job. */
    @FunctionalInterface
    interface Opener extends Serializable {
        Effects open();
    }
}
