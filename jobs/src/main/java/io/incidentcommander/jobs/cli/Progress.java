// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.jobs.cli;

import java.io.PrintWriter;
import java.time.Duration;
import java.util.Objects;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * Tells a waiting person how far a command has come. Silent for the first two seconds, then at most
 * one line every two seconds; a command that is done sooner says nothing at all.
 *
 * <p>Not thread safe. {@link #report} costs one clock reading; call it per record at will.
 */
public final class Progress {
    /** How long a command may be silent. */
    public static final Duration PATIENCE = Duration.ofSeconds(2);

    private final PrintWriter err;
    private final LongSupplier nanoClock;
    private final long startedNanos;
    private long nextNanos;

    private Progress(PrintWriter err, LongSupplier nanoClock) {
        this.err = Objects.requireNonNull(err, "err");
        this.nanoClock = Objects.requireNonNull(nanoClock, "nanoClock");
        this.startedNanos = nanoClock.getAsLong();
        this.nextNanos = startedNanos + PATIENCE.toNanos();
    }

    /** Begins now. */
    public static Progress on(PrintWriter err) {
        return on(err, System::nanoTime);
    }

    static Progress on(PrintWriter err, LongSupplier nanoClock) {
        return new Progress(err, nanoClock);
    }

    /** Prints the text if it is time to; otherwise the text is not even made. */
    public void report(Supplier<String> text) {
        long now = nanoClock.getAsLong();
        if (now - nextNanos < 0) {
            return;
        }
        nextNanos = now + PATIENCE.toNanos();
        err.println(text.get() + " (" + seconds(now) + " s)");
        err.flush();
    }

    private long seconds(long now) {
        return Duration.ofNanos(now - startedNanos).toSeconds();
    }
}
