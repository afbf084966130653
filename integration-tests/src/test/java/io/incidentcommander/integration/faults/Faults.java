// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.integration.faults;

import io.incidentcommander.integration.faults.Fault.Moment;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** The faults of a run, each of which strikes once. Thread safe. */
public final class Faults {
    private final List<Fault> waiting;
    private final List<Fault> struck = new ArrayList<>();
    private final Map<Moment, Long> moments = new EnumMap<>(Moment.class);
    private Runnable taskManagerLoss =
            () -> {
                throw new IllegalStateException("This run cannot lose a TaskManager");
            };

    Faults(List<Fault> faults) {
        waiting = new ArrayList<>(faults);
    }

    /** What takes a TaskManager away; called by a task, must not wait for it to end. */
    public synchronized void onTaskManagerLoss(Runnable loss) {
        taskManagerLoss = loss;
    }

    /** Those that have not struck yet. */
    public synchronized List<Fault> waiting() {
        return List.copyOf(waiting);
    }

    public synchronized List<Fault> struck() {
        return List.copyOf(struck);
    }

    /** The moment has come once more: returns, or fails by the fault that is due. */
    void at(Moment moment) {
        Fault due = due(moment);
        if (due == null) {
            return;
        }
        if (due.effect() == Fault.Effect.TASK_MANAGER_LOST) {
            loseTaskManager();
        }
        throw new InjectedFailure(due);
    }

    private synchronized Fault due(Moment moment) {
        long times = moments.merge(moment, 1L, Long::sum);
        for (Fault fault : waiting) {
            if (fault.moment() == moment && fault.at() <= times) {
                waiting.remove(fault);
                struck.add(fault);
                return fault;
            }
        }
        return null;
    }

    /** The task stays in its moment until the loss ends it. */
    private void loseTaskManager() {
        Runnable loss;
        synchronized (this) {
            loss = taskManagerLoss;
        }
        loss.run();
        try {
            new CountDownLatch(1).await(300, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** A failure that was asked for. */
    static final class InjectedFailure extends RuntimeException {
        private static final long serialVersionUID = 1L;

        InjectedFailure(Fault fault) {
            super(fault.toString());
        }
    }
}
