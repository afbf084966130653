// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.connectors.ingest;

import java.io.IOException;
import java.util.List;
import org.apache.flink.api.connector.source.SourceEvent;
import org.apache.flink.api.connector.source.SourceSplit;
import org.apache.flink.api.connector.source.SplitEnumerator;
import org.apache.flink.api.connector.source.SplitEnumeratorContext;

/**
 * Another enumerator, which also tells each reader when its splits are settled: when the first
 * discovery is through, after the splits it found were handed out.
 *
 * <p>Without it a reader that waits for its first splits looks like one that has none, and its
 * heartbeat would run ahead of the backlog it is about to be given.
 */
final class SettlingEnumerator<SplitT extends SourceSplit, EnumT>
        implements SplitEnumerator<SplitT, EnumT> {
    private final SplitEnumeratorContext<SplitT> context;
    private final DiscoveryTrackingContext<SplitT> discovery;
    private SplitEnumerator<SplitT, EnumT> enumerator;
    private boolean started;
    private boolean settled;

    private SettlingEnumerator(SplitEnumeratorContext<SplitT> context) {
        this.context = context;
        this.discovery = new DiscoveryTrackingContext<>(context, this::settleIfThrough);
    }

    /** Makes the inner enumerator with the context given to it. */
    interface Inner<SplitT extends SourceSplit, EnumT> {
        SplitEnumerator<SplitT, EnumT> create(SplitEnumeratorContext<SplitT> context)
                throws Exception;
    }

    static <SplitT extends SourceSplit, EnumT> SettlingEnumerator<SplitT, EnumT> of(
            SplitEnumeratorContext<SplitT> context, Inner<SplitT, EnumT> inner) throws Exception {
        SettlingEnumerator<SplitT, EnumT> settling = new SettlingEnumerator<>(context);
        settling.enumerator = inner.create(settling.discovery);
        return settling;
    }

    @Override
    public void start() {
        enumerator.start();
        started = true;
        settleIfThrough();
    }

    @Override
    public void handleSplitRequest(int subtask, String host) {
        enumerator.handleSplitRequest(subtask, host);
    }

    @Override
    public void addSplitsBack(List<SplitT> splits, int subtask) {
        enumerator.addSplitsBack(splits, subtask);
    }

    @Override
    public void addReader(int subtask) {
        enumerator.addReader(subtask);
        if (settled) {
            tell(subtask);
        }
    }

    @Override
    public void handleSourceEvent(int subtask, SourceEvent event) {
        enumerator.handleSourceEvent(subtask, event);
    }

    @Override
    public EnumT snapshotState(long checkpointId) throws Exception {
        return enumerator.snapshotState(checkpointId);
    }

    @Override
    public void notifyCheckpointComplete(long checkpointId) throws Exception {
        enumerator.notifyCheckpointComplete(checkpointId);
    }

    @Override
    public void notifyCheckpointAborted(long checkpointId) throws Exception {
        enumerator.notifyCheckpointAborted(checkpointId);
    }

    @Override
    public void close() throws IOException {
        enumerator.close();
    }

    private void settleIfThrough() {
        if (started && !settled && discovery.isThrough()) {
            settled = true;
            context.registeredReaders().keySet().forEach(this::tell);
        }
    }

    private void tell(int subtask) {
        context.sendEventToSourceReader(subtask, new SplitsSettled());
    }
}
