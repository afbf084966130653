// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.connectors.resilience;

import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** Runs something later, off the caller's thread. Thread safe. */
@FunctionalInterface
public interface Delayer {
    /**
     * @return what calls it off, if it has not begun
     */
    Runnable after(long nanos, Runnable action);

    /** On an executor that its owner shuts down. */
    static Delayer on(ScheduledExecutorService executor) {
        return (nanos, action) -> {
            var task = executor.schedule(action, nanos, TimeUnit.NANOSECONDS);
            return () -> task.cancel(false);
        };
    }
}
