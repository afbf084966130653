// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.datagen.ingest;

import java.util.Objects;
import org.apache.flink.api.connector.source.SourceSplit;

/** One partition of a storm and how far it has been emitted. Immutable. */
public final class GeneratorSplit implements SourceSplit {
    private final int partition;
    private final int partitions;
    private final long startMillis;
    private final long next;

    GeneratorSplit(int partition, int partitions, long startMillis, long next) {
        this.partition = partition;
        this.partitions = partitions;
        this.startMillis = startMillis;
        this.next = next;
    }

    @Override
    public String splitId() {
        return "generator-" + partition;
    }

    int partition() {
        return partition;
    }

    /** Fixed at the start of the storm, whatever the parallelism becomes. */
    int partitions() {
        return partitions;
    }

    /** Epoch milliseconds at which the storm started. */
    long startMillis() {
        return startMillis;
    }

    /** Sequence number, within the partition, of the next record to emit. */
    long next() {
        return next;
    }

    @Override
    public boolean equals(Object other) {
        if (!(other instanceof GeneratorSplit)) {
            return false;
        }
        GeneratorSplit that = (GeneratorSplit) other;
        return partition == that.partition
                && partitions == that.partitions
                && startMillis == that.startMillis
                && next == that.next;
    }

    @Override
    public int hashCode() {
        return Objects.hash(partition, partitions, startMillis, next);
    }

    @Override
    public String toString() {
        return splitId() + " of " + partitions + " at " + next;
    }
}
