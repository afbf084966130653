// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.benchmarks.consensus;

import io.incidentcommander.benchmarks.Cost;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * The tally of one tenant through its operator on RocksDB, by the vote: with the questions, the
 * decisions, their outcomes, timers, and everything written to state once in 1,200 votes.
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 3, time = 3)
@Fork(
        value = 1,
        jvmArgsAppend = {
            "--add-opens=java.base/java.util=ALL-UNNAMED",
            "--add-opens=java.base/java.lang=ALL-UNNAMED"
        })
@State(Scope.Thread)
public class ConsensusOperatorBenchmark {
    private TallyLoad load;

    @Setup(Level.Trial)
    public void open() throws Exception {
        load = new TallyLoad();
    }

    @TearDown(Level.Trial)
    public void close() throws Exception {
        load.close();
    }

    /** {@value TallyLoad#OPEN} deliberations at a time; making their votes is part of it. */
    @Benchmark
    public int votes(Cost cost) throws Exception {
        load.prepareQuestions();
        load.ask();
        load.prepareVotes();
        int votes = load.vote();
        load.judge();
        load.store();
        int decided = load.decisions();
        if (decided != TallyLoad.OPEN) {
            throw new IllegalStateException("decided " + decided);
        }
        cost.records += votes;
        return votes;
    }
}
