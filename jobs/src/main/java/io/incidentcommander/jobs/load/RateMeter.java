// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.jobs.load;

import com.sun.management.OperatingSystemMXBean;
import io.incidentcommander.jobs.local.LocalMetrics;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.apache.flink.core.execution.JobClient;

/**
 * Counts what the source of a running job emits, and what it costs, from the end of the warm-up on.
 * Beside the rate, which suffers from whatever else the machine does, the processor time of the
 * whole process for each record, which hardly does.
 */
final class RateMeter {
    private static final long SAMPLE_MILLIS = 250;
    private static final long TELL_NANOS = 2_000_000_000L;

    private final String what;
    private final String source;
    private final WarmUp warmUp;
    private final String counter;
    private final Consumer<String> progress;
    private final OperatingSystemMXBean process =
            (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    private long heapBytes;
    private long checkpointMillis;
    private Duration warmUpTime = Duration.ZERO;
    private Reading first;
    private Reading last;

    /**
     * @param what the job, for the progress
     * @param source name of its source operator
     * @param warmUp how long it runs before anything counts
     */
    RateMeter(String what, String source, WarmUp warmUp, Consumer<String> progress) {
        this(what, source, "numRecordsOut", warmUp, progress);
    }

    /**
     * @param counter which of the source's counters counts records
     */
    RateMeter(
            String what, String source, String counter, WarmUp warmUp, Consumer<String> progress) {
        this.what = what;
        this.source = source;
        this.counter = counter;
        this.warmUp = warmUp;
        this.progress = progress;
    }

    /**
     * Watches until the time, with the warm-up before it, is over, or the job ends.
     *
     * @param onWarm called once, when the warm-up is over
     */
    void watch(JobClient job, Duration duration, Runnable onWarm) throws Exception {
        Reading start = read();
        Reading told = start;
        while (!pause(job) && (first == null || first.until(read()).compareTo(duration) < 0)) {
            Reading now = read();
            if (first == null && warmUp.isOver(start.until(now))) {
                first = now;
                onWarm.run();
            }
            if (last == null || now.count > last.count) {
                last = now;
            }
            sample();
            if (now.nanos - told.nanos > TELL_NANOS) {
                progress.accept(
                        String.format(
                                "%s%s: %,d records, %,.0f/s",
                                what,
                                first == null ? warmUp.left(start.until(now)) : "",
                                now.count,
                                first == null ? now.perSecondSince(told) : perSecond()));
                told = now;
            }
        }
        warmUpTime = first == null ? Duration.ZERO : start.until(first);
    }

    private Reading read() {
        return new Reading(emitted(), System.nanoTime(), process.getProcessCpuTime());
    }

    /** Waits for the end of the job, whichever it is. */
    void awaitEnd(JobClient job) throws InterruptedException {
        try {
            job.getJobExecutionResult().get();
        } catch (ExecutionException ended) {
            progress.accept(what + ": ended by request");
        }
    }

    double perSecond() {
        return hasSpan() ? last.perSecondSince(first) : 0;
    }

    /** Processor time of the process for each record, microseconds. */
    double cpuMicrosEach() {
        return hasSpan() ? (last.cpuNanos - first.cpuNanos) / 1e3 / (last.count - first.count) : 0;
    }

    /** How long it ran before anything counted. */
    Duration warmUp() {
        return warmUpTime;
    }

    /** The most that was used of the old generation of the heap. */
    long heapMb() {
        return heapBytes >> 20;
    }

    /** The longest checkpoint seen. */
    long checkpointMillis() {
        return checkpointMillis;
    }

    private boolean hasSpan() {
        return first != null && last.count > first.count;
    }

    private long emitted() {
        return LocalMetrics.sumOfOperator("Source: " + source, counter);
    }

    /** Waits a little; says whether the job has ended. */
    static boolean pause(JobClient job) throws Exception {
        try {
            job.getJobExecutionResult().get(SAMPLE_MILLIS, TimeUnit.MILLISECONDS);
            return true;
        } catch (TimeoutException running) {
            return false;
        }
    }

    private void sample() {
        for (MemoryPoolMXBean pool : ManagementFactory.getMemoryPoolMXBeans()) {
            if (pool.getType() == MemoryType.HEAP && pool.getName().contains("Old")) {
                heapBytes = Math.max(heapBytes, pool.getUsage().getUsed());
            }
        }
        checkpointMillis =
                Math.max(checkpointMillis, LocalMetrics.maxOfGauges("lastCheckpointDuration", 0));
    }

    /** Counts at one moment. */
    private static final class Reading {
        private final long count;
        private final long nanos;
        private final long cpuNanos;

        Reading(long count, long nanos, long cpuNanos) {
            this.count = count;
            this.nanos = nanos;
            this.cpuNanos = cpuNanos;
        }

        Duration until(Reading later) {
            return Duration.ofNanos(later.nanos - nanos);
        }

        double perSecondSince(Reading earlier) {
            return (count - earlier.count) / ((nanos - earlier.nanos) / 1e9);
        }
    }
}
