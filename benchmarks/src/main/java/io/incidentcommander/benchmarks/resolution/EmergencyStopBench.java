// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.benchmarks.resolution;

import io.incidentcommander.jobs.resolution.TableLedger;
import io.incidentcommander.udfs.resolution.ActionStop;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.HdrHistogram.Histogram;

/**
 * From an emergency stop that is said to the last effect that still begins, while one follows the
 * other closely. Each stop is taken back before the next is said. The first is the first command
 * that the job hears.
 */
public final class EmergencyStopBench {
    public static final String NAME = "EmergencyStop";

    private static final int STOPS = 10;
    private static final int MORE_STOPS = 50;

    /** Of four effects each. */
    private static final long ORDER_NANOS = TimeUnit.MILLISECONDS.toNanos(200);

    /** How long effects are watched once a stop is said; after a second none may begin. */
    private static final long WATCH_NANOS = TimeUnit.SECONDS.toNanos(3);

    private static final long LIMIT_MILLIS = 1_000;
    private static final long LOOK_MILLIS = 2;
    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(60);

    /** So many begin before a stop is said. */
    private static final int FLOWING = 20;

    private final ActingJob job;
    private final TableLedger ledger;
    private long orderedNanos;
    private int effects;
    private long effectNanos;

    private EmergencyStopBench(ActingJob job, TableLedger ledger) {
        this.job = job;
        this.ledger = ledger;
    }

    /** The exit code: 1 if an effect began more than a second after a stop was said. */
    public static int run(boolean thorough) throws Exception {
        try (ActingJob job = ActingJob.start();
                TableLedger ledger = job.ledger()) {
            return new EmergencyStopBench(job, ledger).measure(thorough ? MORE_STOPS : STOPS);
        }
    }

    private int measure(int stops) throws Exception {
        Histogram written = new Histogram(TimeUnit.NANOSECONDS.toMillis(PATIENCE_NANOS), 3);
        Histogram last = new Histogram(written);
        orderedNanos = System.nanoTime();
        until("the ledger answers", () -> !isOn("none"));
        for (int n = 1; n <= stops; n++) {
            int before = job.effects();
            until("effects follow each other", () -> effects >= before + FLOWING);
            long said = System.nanoTime();
            job.say("stop-" + n, 1, "stop");
            String id = "stop-" + n;
            until(id + " stands in the ledger", () -> isOn(id));
            long stands = System.nanoTime();
            until("none is watched any more", () -> System.nanoTime() - said > WATCH_NANOS);
            written.recordValue(TimeUnit.NANOSECONDS.toMillis(stands - said));
            last.recordValue(TimeUnit.NANOSECONDS.toMillis(Math.max(0, effectNanos - said)));
            if (n == 1) {
                System.out.println(line("the first command", written, last));
            }
            job.say(id, 2, "resume");
        }
        System.out.println(line(stops + " stops", written, last));
        return last.getMaxValue() <= LIMIT_MILLIS ? 0 : 1;
    }

    private boolean isOn(String id) {
        return ledger.stop(ActionStop.ALL).filter(stop -> stop.id().equals(id)).isPresent();
    }

    /** Orders more and looks at effects until it is so. */
    private void until(String what, BooleanSupplier fact) throws Exception {
        long end = System.nanoTime() + PATIENCE_NANOS;
        while (!fact.getAsBoolean()) {
            long now = System.nanoTime();
            if (now > end) {
                throw new IOException("It never came that " + what);
            }
            if (now - orderedNanos > ORDER_NANOS) {
                orderedNanos = now;
                job.order();
            }
            int seen = job.effects();
            if (seen > effects) {
                effects = seen;
                effectNanos = System.nanoTime();
            }
            job.pause(LOOK_MILLIS);
        }
    }

    private static String line(String what, Histogram written, Histogram last) {
        return String.format(
                "%-17s stands in the ledger after p50 %d, max %d ms; the last effect began after"
                        + " p50 %d, max %d ms",
                what,
                written.getValueAtPercentile(50),
                written.getMaxValue(),
                last.getValueAtPercentile(50),
                last.getMaxValue());
    }
}
