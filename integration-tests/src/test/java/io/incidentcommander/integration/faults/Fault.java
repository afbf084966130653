// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.integration.faults;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * One thing that goes wrong once.
 *
 * @param at how often the moment must have come, over all subtasks and restarts
 */
public record Fault(Moment moment, long at, Effect effect) {
    /** When it goes wrong. */
    public enum Moment {
        /** At a record. */
        RECORD,
        /** Right before a checkpoint barrier leaves. */
        BEFORE_CHECKPOINT,
        /** While state is taken. */
        DURING_CHECKPOINT,
        /** When a checkpoint is complete, and some of the tasks may not know yet. */
        AFTER_CHECKPOINT
    }

    /** What happens. */
    public enum Effect {
        TASK_FAILS,
        TASK_MANAGER_LOST
    }

    public static Fault taskFails(Moment moment, long at) {
        return new Fault(moment, at, Effect.TASK_FAILS);
    }

    public static Fault taskManagerLost(Moment moment, long at) {
        return new Fault(moment, at, Effect.TASK_MANAGER_LOST);
    }

    /** Task failures at moments drawn by the seed; those at records within {@code records}. */
    public static Fault[] random(long seed, int count, long records) {
        Random random = new Random(seed);
        List<Fault> faults = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            Moment moment = Moment.values()[random.nextInt(Moment.values().length)];
            long at = moment == Moment.RECORD ? random.nextLong(records) : random.nextLong(1, 12);
            faults.add(taskFails(moment, at));
        }
        return faults.toArray(Fault[]::new);
    }
}
