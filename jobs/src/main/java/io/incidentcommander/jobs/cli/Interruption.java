// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.jobs.cli;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Lets a command tidy up when the process is asked to end (Ctrl-C): its thread is interrupted, and
 * the process waits until the command has closed this, but not for ever.
 */
final class Interruption implements AutoCloseable {
    private static final long PATIENCE_SECONDS = 45;

    private final CountDownLatch closed = new CountDownLatch(1);
    private final Thread hook;

    private Interruption(Thread thread) {
        this.hook = new Thread(() -> end(thread), "interruption");
    }

    /** Of the calling thread, until closed. */
    static Interruption ofThisThread() {
        Interruption interruption = new Interruption(Thread.currentThread());
        Runtime.getRuntime().addShutdownHook(interruption.hook);
        return interruption;
    }

    @Override
    public void close() {
        closed.countDown();
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException ending) {
            // The process is ending already, which is what the hook is for.
        }
    }

    private void end(Thread thread) {
        thread.interrupt();
        try {
            closed.await(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
