// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.operators.ingest;

import java.util.Objects;

/** A partition of a source. */
final class PartitionId {
    private final String source;
    private final String partition;

    PartitionId(String source, String partition) {
        this.source = source;
        this.partition = partition;
    }

    String source() {
        return source;
    }

    String partition() {
        return partition;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof PartitionId
                && ((PartitionId) other).source.equals(source)
                && ((PartitionId) other).partition.equals(partition);
    }

    @Override
    public int hashCode() {
        return Objects.hash(source, partition);
    }
}
