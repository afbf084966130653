// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.operators.diagnosis.memory;

import io.incidentcommander.model.diagnosis.memory.IncidentMemory;
import io.incidentcommander.model.diagnosis.memory.IncidentPattern;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.metrics.ThreadSafeSimpleCounter;
import org.apache.flink.streaming.api.functions.async.ResultFuture;
import org.apache.flink.streaming.api.functions.async.RichAsyncFunction;
import org.apache.flink.util.IOUtils;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps patterns in the memory and emits those that are stored. A memory that is gone is tried
 * again, ever less often, until the operator's time-out; patterns that wait are part of its state.
 * What is given up then, or was too much to wait at once, is counted and said in the log: nobody
 * upstream ever waits for the memory.
 */
public final class KeepPatternFunction extends RichAsyncFunction<IncidentPattern, IncidentPattern> {
    private static final long serialVersionUID = 1L;
    private static final long FIRST_WAIT_MILLIS = 1_000;
    private static final long LONGEST_WAIT_MILLIS = 30_000;
    private static final Logger LOG = LoggerFactory.getLogger(KeepPatternFunction.class);

    private final MemoryOpener opener;
    private final int most;

    private transient IncidentMemory memory;
    private transient ScheduledExecutorService delays;
    private transient Set<ResultFuture<IncidentPattern>> waiting;
    private transient Counter kept;
    private transient Counter retried;
    private transient Counter lost;

    /**
     * @param most patterns that wait at once, fewer than the operator holds
     */
    public KeepPatternFunction(MemoryOpener opener, int most) {
        this.opener = opener;
        this.most = most;
    }

    @Override
    public void open(OpenContext context) throws Exception {
        MetricGroup metrics = getRuntimeContext().getMetricGroup().addGroup("memory");
        kept = metrics.counter("patterns_kept", new ThreadSafeSimpleCounter());
        retried = metrics.counter("patterns_retried", new ThreadSafeSimpleCounter());
        lost = metrics.counter("patterns_lost", new ThreadSafeSimpleCounter());
        waiting = ConcurrentHashMap.newKeySet();
        metrics.gauge("patterns_waiting", waiting::size);
        memory = opener.open(metrics);
        delays =
                Executors.newSingleThreadScheduledExecutor(
                        runnable -> {
                            Thread thread = new Thread(runnable, "memory-delays");
                            thread.setDaemon(true);
                            return thread;
                        });
    }

    @Override
    public void asyncInvoke(IncidentPattern pattern, ResultFuture<IncidentPattern> result) {
        if (waiting.size() >= most) {
            giveUp(pattern, "too many wait: " + most, result);
            return;
        }
        waiting.add(result);
        attempt(pattern, FIRST_WAIT_MILLIS, result);
    }

    @Override
    public void timeout(IncidentPattern pattern, ResultFuture<IncidentPattern> result) {
        if (waiting.remove(result)) {
            giveUp(pattern, "the memory did not take it in time", result);
        }
    }

    @Override
    public void close() {
        if (delays != null) {
            delays.shutdownNow();
        }
        IOUtils.closeQuietly(memory);
    }

    private void attempt(
            IncidentPattern pattern, long waitMillis, ResultFuture<IncidentPattern> result) {
        learned(pattern)
                .whenComplete(
                        (stored, failure) -> {
                            if (failure != null) {
                                again(pattern, waitMillis, result);
                            } else if (waiting.remove(result)) {
                                kept.inc();
                                result.complete(Collections.singleton(pattern));
                            }
                        });
    }

    /** A client that throws instead of returning a failed stage has failed as well. */
    private CompletionStage<Void> learned(IncidentPattern pattern) {
        try {
            return memory.learn(pattern);
        } catch (RuntimeException failure) {
            return CompletableFuture.failedFuture(failure);
        }
    }

    private void again(
            IncidentPattern pattern, long waitMillis, ResultFuture<IncidentPattern> result) {
        if (!waiting.contains(result) || delays.isShutdown()) {
            return; // Nobody waits for it any more, or it is tried again after the restore.
        }
        retried.inc();
        delays.schedule(
                () -> attempt(pattern, Math.min(LONGEST_WAIT_MILLIS, 2 * waitMillis), result),
                waitMillis,
                TimeUnit.MILLISECONDS);
    }

    private void giveUp(IncidentPattern pattern, String why, ResultFuture<IncidentPattern> result) {
        lost.inc();
        LOG.warn("Pattern {} is not learned: {}", pattern, why);
        result.complete(List.of());
    }
}
