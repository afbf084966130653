// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.benchmarks.correlation;

import io.incidentcommander.benchmarks.Cost;
import io.incidentcommander.benchmarks.Reference;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What it costs to decide on an alert, by how many entries are live, against the same with 100. A
 * tenant of 5,000 services.
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(2)
public class CorrelationBenchmark {
    @Benchmark
    @Reference
    public int live100(Of100 tenant, Cost cost) {
        cost.records++;
        return tenant.storm.next();
    }

    @Benchmark
    public int live1000(Of1000 tenant, Cost cost) {
        cost.records++;
        return tenant.storm.next();
    }

    @Benchmark
    public int live10000(Of10000 tenant, Cost cost) {
        cost.records++;
        return tenant.storm.next();
    }

    /** 100 live entries. */
    @State(Scope.Thread)
    public static class Of100 {
        private CorrelationStorm storm;

        @Setup
        public void blow() {
            storm = CorrelationStorm.of(100);
        }
    }

    /** 1,000 live entries. */
    @State(Scope.Thread)
    public static class Of1000 {
        private CorrelationStorm storm;

        @Setup
        public void blow() {
            storm = CorrelationStorm.of(1_000);
        }
    }

    /** 10,000 live entries. */
    @State(Scope.Thread)
    public static class Of10000 {
        private CorrelationStorm storm;

        @Setup
        public void blow() {
            storm = CorrelationStorm.of(10_000);
        }
    }
}
