// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.connectors.resilience;

import java.time.Duration;
import java.util.Comparator;
import java.util.PriorityQueue;

/** A clock and its timers, moved by the test. Runs what is due on the test's own thread. */
public final class ManualTime implements NanoClock, Delayer {
    private final PriorityQueue<Timer> timers =
            new PriorityQueue<>(
                    Comparator.comparingLong((Timer t) -> t.at).thenComparingLong(t -> t.order));
    private long now = 1_000;
    private long order;

    @Override
    public long nanos() {
        return now;
    }

    @Override
    public Runnable after(long nanos, Runnable action) {
        Timer timer = new Timer(now + nanos, order++, action);
        timers.add(timer);
        return () -> timers.remove(timer);
    }

    /** Moves time, running each timer at its own moment. */
    public void advance(Duration by) {
        long until = now + by.toNanos();
        while (!timers.isEmpty() && timers.peek().at <= until) {
            Timer timer = timers.remove();
            now = Math.max(now, timer.at);
            timer.action.run();
        }
        now = until;
    }

    public int pending() {
        return timers.size();
    }

    private static final class Timer {
        private final long at;
        private final long order;
        private final Runnable action;

        Timer(long at, long order, Runnable action) {
            this.at = at;
            this.order = order;
            this.action = action;
        }
    }
}
