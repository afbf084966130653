// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.benchmarks;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/**
 * Processor time of the measuring thread, which other work on the machine hardly changes, unlike
 * the time on the clock. A benchmark counts its {@link #records} one by one.
 */
@AuxCounters(AuxCounters.Type.EVENTS)
@State(Scope.Thread)
public class Cost {
    /** Names of the counters in results. */
    static final String CPU_NANOS = "cpuNanos";

    static final String RECORDS = "records";

    private final ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    private long began;

    public long cpuNanos;
    public long records;
    public long bytes;

    @Setup(Level.Iteration)
    public void begin() {
        began = threads.getCurrentThreadCpuTime();
    }

    @TearDown(Level.Iteration)
    public void end() {
        cpuNanos = threads.getCurrentThreadCpuTime() - began;
    }
}
