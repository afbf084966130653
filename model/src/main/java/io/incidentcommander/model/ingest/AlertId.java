// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.model.ingest;

import io.incidentcommander.model.codec.Wire;
import java.io.IOException;
import java.util.Objects;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/**
 * Which alert this is: source id, partition or path, offset, and index within the record. The same
 * bytes read again give the same id, which is what makes duplicates after a restart recognisable.
 *
 * <p>An alert that the job itself raises, about a point of a metric, is of the source {@link
 * #RAISED}, at the place of that point: so its id leads to the record that made it.
 *
 * <p>Text form {@code source:partition:offset:index}. The natural order is by source, partition,
 * offset, index: input order within a partition.
 */
public final class AlertId implements Comparable<AlertId> {
    /** The source id of alerts that no source sent: anomalies of metrics. */
    public static final String RAISED = "anomaly";

    private final String source;
    private final String partition;
    private final long offset;
    private final int index;

    public AlertId(String source, String partition, long offset, int index) {
        this.source = Objects.requireNonNull(source, "source");
        this.partition = Objects.requireNonNull(partition, "partition");
        this.offset = offset;
        this.index = index;
    }

    /** The id of the {@code index}-th alert of a record. */
    public static AlertId of(RawRecord record, int index) {
        return new AlertId(record.source(), record.partition(), record.offset(), index);
    }

    /** The id of the alert that is raised about this point. */
    public AlertId raised() {
        String place = source.equals(partition) ? partition : source + "/" + partition;
        return new AlertId(RAISED, place, offset, index);
    }

    /** Whether no source sent it. */
    public boolean isRaised() {
        return source.equals(RAISED);
    }

    public String source() {
        return source;
    }

    public String partition() {
        return partition;
    }

    public long offset() {
        return offset;
    }

    public int index() {
        return index;
    }

    @Override
    public int compareTo(AlertId other) {
        int bySource = source.compareTo(other.source);
        int byPlace = bySource != 0 ? bySource : partition.compareTo(other.partition);
        if (byPlace != 0) {
            return byPlace;
        }
        int byOffset = Long.compare(offset, other.offset);
        return byOffset != 0 ? byOffset : Integer.compare(index, other.index);
    }

    @Override
    public boolean equals(Object other) {
        if (!(other instanceof AlertId)) {
            return false;
        }
        AlertId that = (AlertId) other;
        return offset == that.offset
                && index == that.index
                && partition.equals(that.partition)
                && source.equals(that.source);
    }

    @Override
    public int hashCode() {
        int hash = 31 * (31 + source.hashCode()) + partition.hashCode();
        return 31 * (31 * hash + Long.hashCode(offset)) + index;
    }

    @Override
    public String toString() {
        return source + ":" + partition + ":" + offset + ":" + index;
    }

    /** Part of other types' binary forms; versioned by them. */
    public static void write(AlertId id, DataOutputView out) throws IOException {
        Wire.writeString(id.source, out);
        Wire.writeString(id.partition, out);
        out.writeLong(id.offset);
        out.writeInt(id.index);
    }

    public static AlertId read(DataInputView in) throws IOException {
        return new AlertId(Wire.readString(in), Wire.readString(in), in.readLong(), in.readInt());
    }
}
