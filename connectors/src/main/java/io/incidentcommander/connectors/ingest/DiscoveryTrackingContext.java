// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.connectors.ingest;

import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.BiConsumer;
import org.apache.flink.api.connector.source.ReaderInfo;
import org.apache.flink.api.connector.source.SourceEvent;
import org.apache.flink.api.connector.source.SourceSplit;
import org.apache.flink.api.connector.source.SplitEnumeratorContext;
import org.apache.flink.api.connector.source.SplitsAssignment;
import org.apache.flink.metrics.groups.SplitEnumeratorMetricGroup;

/**
 * Passes everything on, and counts the asynchronous calls by which an enumerator discovers: it is
 * through when each one has been handled, a periodic one once without error.
 *
 * <p>All in the coordinator's thread, like the enumerator.
 */
final class DiscoveryTrackingContext<SplitT extends SourceSplit>
        implements SplitEnumeratorContext<SplitT> {
    private final SplitEnumeratorContext<SplitT> context;
    private final Runnable whenHandled;
    private int outstanding;

    DiscoveryTrackingContext(SplitEnumeratorContext<SplitT> context, Runnable whenHandled) {
        this.context = context;
        this.whenHandled = whenHandled;
    }

    boolean isThrough() {
        return outstanding == 0;
    }

    @Override
    public <T> void callAsync(Callable<T> call, BiConsumer<T, Throwable> handler) {
        outstanding++;
        context.callAsync(
                call,
                (T result, Throwable error) -> {
                    handler.accept(result, error);
                    handled();
                });
    }

    @Override
    public <T> void callAsync(
            Callable<T> call, BiConsumer<T, Throwable> handler, long delay, long period) {
        outstanding++;
        boolean[] handledBefore = {false};
        context.callAsync(
                call,
                (T result, Throwable error) -> {
                    handler.accept(result, error);
                    if (error == null && !handledBefore[0]) {
                        handledBefore[0] = true;
                        handled();
                    }
                },
                delay,
                period);
    }

    private void handled() {
        outstanding--;
        whenHandled.run();
    }

    @Override
    public SplitEnumeratorMetricGroup metricGroup() {
        return context.metricGroup();
    }

    @Override
    public void sendEventToSourceReader(int subtask, SourceEvent event) {
        context.sendEventToSourceReader(subtask, event);
    }

    @Override
    public void sendEventToSourceReader(int subtask, int attempt, SourceEvent event) {
        context.sendEventToSourceReader(subtask, attempt, event);
    }

    @Override
    public int currentParallelism() {
        return context.currentParallelism();
    }

    @Override
    public Map<Integer, ReaderInfo> registeredReaders() {
        return context.registeredReaders();
    }

    @Override
    public Map<Integer, Map<Integer, ReaderInfo>> registeredReadersOfAttempts() {
        return context.registeredReadersOfAttempts();
    }

    @Override
    public void assignSplits(SplitsAssignment<SplitT> assignment) {
        context.assignSplits(assignment);
    }

    @Override
    public void assignSplit(SplitT split, int subtask) {
        context.assignSplit(split, subtask);
    }

    @Override
    public void signalNoMoreSplits(int subtask) {
        context.signalNoMoreSplits(subtask);
    }

    @Override
    public void runInCoordinatorThread(Runnable action) {
        context.runInCoordinatorThread(action);
    }

    @Override
    public void setIsProcessingBacklog(boolean backlog) {
        context.setIsProcessingBacklog(backlog);
    }
}
