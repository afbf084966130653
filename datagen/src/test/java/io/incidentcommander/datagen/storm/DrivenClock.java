// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.datagen.storm;

import java.util.concurrent.CompletableFuture;

/** A clock that stands still until it is moved. */
public final class DrivenClock implements StormClock {
    private static final long serialVersionUID = 1L;
    public static final long START = 1_767_225_600_000L;

    private long nanos = 77;
    private long lastWaitNanos = -1;

    public void advanceMillis(long millis) {
        nanos += millis * 1_000_000L;
    }

    /** How long the last caller wanted to wait. */
    public long lastWaitNanos() {
        return lastWaitNanos;
    }

    @Override
    public long epochMillis() {
        return START + (nanos - 77) / 1_000_000L;
    }

    @Override
    public long nanos() {
        return nanos;
    }

    @Override
    public CompletableFuture<Void> after(long wait) {
        lastWaitNanos = wait;
        return new CompletableFuture<>();
    }
}
