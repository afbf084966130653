// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.benchmarks.correlation;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/**
 * Processor time of the whole process, garbage collection and compilers included: for what runs in
 * several threads. The counters have the names that tables look for.
 */
@AuxCounters(AuxCounters.Type.EVENTS)
@State(Scope.Thread)
public class ProcessCost {
    private final OperatingSystemMXBean process =
            ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
    private long began;

    public long cpuNanos;
    public long records;

    @Setup(Level.Iteration)
    public void begin() {
        began = process.getProcessCpuTime();
        records = 0;
    }

    @TearDown(Level.Iteration)
    public void end() {
        cpuNanos = process.getProcessCpuTime() - began;
    }
}
