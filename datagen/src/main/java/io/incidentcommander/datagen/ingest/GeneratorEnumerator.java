// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.datagen.ingest;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.apache.flink.api.connector.source.SplitEnumerator;
import org.apache.flink.api.connector.source.SplitEnumeratorContext;

/**
 * Deals the partitions of a storm out to the readers: partition i to reader i modulo the
 * parallelism. All splits exist from the start, so a reader is told at once that there are no more.
 */
final class GeneratorEnumerator implements SplitEnumerator<GeneratorSplit, GeneratorCheckpoint> {
    private final SplitEnumeratorContext<GeneratorSplit> context;
    private final List<GeneratorSplit> unassigned;

    GeneratorEnumerator(
            SplitEnumeratorContext<GeneratorSplit> context, Collection<GeneratorSplit> splits) {
        this.context = context;
        this.unassigned = new ArrayList<>(splits);
    }

    @Override
    public void start() {}

    @Override
    public void handleSplitRequest(int reader, String host) {
        // Splits are dealt out when the reader registers.
    }

    @Override
    public void addSplitsBack(List<GeneratorSplit> splits, int reader) {
        unassigned.addAll(splits);
    }

    @Override
    public void addReader(int reader) {
        List<GeneratorSplit> kept = new ArrayList<>();
        for (GeneratorSplit split : unassigned) {
            if (split.partition() % context.currentParallelism() == reader) {
                context.assignSplit(split, reader);
            } else {
                kept.add(split);
            }
        }
        unassigned.clear();
        unassigned.addAll(kept);
        context.signalNoMoreSplits(reader);
    }

    @Override
    public GeneratorCheckpoint snapshotState(long checkpointId) {
        return new GeneratorCheckpoint(unassigned);
    }

    @Override
    public void close() {}
}
