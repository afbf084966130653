// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.udfs.communication.plan;

import io.incidentcommander.model.communication.ThreadPlan;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;

/**
 * What the planner remembers of one channel. The planner decides, the book keeps; the operator's is
 * over checkpointed state.
 */
public interface PlanBook {
    /** By {@link io.incidentcommander.model.communication.Notice#thread}. */
    Optional<ThreadPlan> thread(String thread);

    void put(String thread, ThreadPlan plan);

    void remove(String thread);

    /** All of them, a copy. */
    List<String> threads();

    /** Threads in which something waits. */
    SortedMap<String, ThreadPlan> waiting();

    /** How many threads wait. */
    int waitingCount();

    /** The number of {@link Pace}; 0 at first. */
    long fullAt();

    void fullAt(long millis);
}
