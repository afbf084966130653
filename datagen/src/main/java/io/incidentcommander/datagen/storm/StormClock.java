// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.datagen.storm;

import java.io.Serializable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** The time by which a storm is paced; tests drive their own. Thread safe. */
public interface StormClock extends Serializable {
    /** Epoch milliseconds. */
    long epochMillis();

    /** Nanoseconds from an arbitrary origin, never going back. */
    long nanos();

    /** Completes once {@code nanos} have passed. */
    CompletableFuture<Void> after(long nanos);

    /** The machine's clock. */
    static StormClock system() {
        return new SystemStormClock();
    }

    /** The machine's clock. */
    final class SystemStormClock implements StormClock {
        private static final long serialVersionUID = 1L;

        private SystemStormClock() {}

        @Override
        public long epochMillis() {
            return System.currentTimeMillis();
        }

        @Override
        public long nanos() {
            return System.nanoTime();
        }

        @Override
        public CompletableFuture<Void> after(long nanos) {
            return new CompletableFuture<Void>()
                    .completeOnTimeout(null, nanos, TimeUnit.NANOSECONDS);
        }
    }
}
