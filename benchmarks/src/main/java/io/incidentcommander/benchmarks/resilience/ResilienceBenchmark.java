// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.benchmarks.resilience;

import dev.failsafe.Bulkhead;
import dev.failsafe.CircuitBreaker;
import io.incidentcommander.benchmarks.Cost;
import io.incidentcommander.benchmarks.Reference;
import io.incidentcommander.connectors.resilience.BreakerPolicy;
import io.incidentcommander.connectors.resilience.CallMetrics;
import io.incidentcommander.connectors.resilience.CallPolicy;
import io.incidentcommander.connectors.resilience.Deadline;
import io.incidentcommander.connectors.resilience.Delayer;
import io.incidentcommander.connectors.resilience.NanoClock;
import io.incidentcommander.connectors.resilience.Priority;
import io.incidentcommander.connectors.resilience.ProtectedCalls;
import io.incidentcommander.connectors.resilience.RateLimit;
import io.incidentcommander.connectors.resilience.TokenBucket;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
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
 * What the protection of a call costs beside the call: each part, and all of it around a call that
 * is answered at once, with its two timers set and called off.
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(1)
@State(Scope.Thread)
public class ResilienceBenchmark {
    private static final long MUCH = 1_000_000_000;
    private static final CompletableFuture<String> ANSWER =
            CompletableFuture.completedFuture("answer");

    private final NanoClock clock = NanoClock.system();
    private CircuitBreaker<Object> breaker;
    private Bulkhead<Object> bulkhead;
    private TokenBucket bucket;
    private ScheduledThreadPoolExecutor delays;
    private ProtectedCalls calls;

    @Setup(Level.Trial)
    public void open() {
        RateLimit limit = RateLimit.of(MUCH, Duration.ofSeconds(1), MUCH);
        breaker = BreakerPolicy.STANDARD.breaker();
        bulkhead = Bulkhead.builder(10).build();
        bucket = new TokenBucket(limit, clock);
        delays = new ScheduledThreadPoolExecutor(1);
        delays.setRemoveOnCancelPolicy(true);
        calls =
                new ProtectedCalls(
                        CallPolicy.of("bench", limit, CallPolicy.MODEL_CAP),
                        List.of(),
                        clock,
                        Delayer.on(delays),
                        CallMetrics.none());
    }

    @TearDown(Level.Trial)
    public void close() {
        delays.shutdownNow();
    }

    @Benchmark
    public boolean breaker(Cost cost) {
        cost.records++;
        boolean permitted = breaker.tryAcquirePermit();
        breaker.recordSuccess();
        return permitted;
    }

    @Benchmark
    public long limiter(Cost cost) {
        cost.records++;
        return bucket.take(Priority.NORMAL);
    }

    @Benchmark
    public boolean bulkhead(Cost cost) {
        cost.records++;
        boolean permitted = bulkhead.tryAcquirePermit();
        bulkhead.releasePermit();
        return permitted;
    }

    @Benchmark
    @Reference
    public String wholeStack(Cost cost) {
        cost.records++;
        return calls.call(
                        () -> ANSWER,
                        Priority.NORMAL,
                        Deadline.in(Duration.ofSeconds(30), clock),
                        cost.records)
                .join();
    }
}
