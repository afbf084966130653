// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.connectors.audit;

import io.incidentcommander.model.audit.ChainHead;
import io.incidentcommander.model.codec.Wire;
import java.io.IOException;
import java.util.Objects;
import org.apache.flink.core.io.SimpleVersionedSerializer;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;

/**
 * That the store held the chain of an incident up to this head when a checkpoint was taken. It says
 * nothing else, so that the same head anchored again is the same anchor. Immutable.
 */
public final class ChainAnchor {
    private final String incidentId;
    private final ChainHead head;

    ChainAnchor(String incidentId, ChainHead head) {
        this.incidentId = Objects.requireNonNull(incidentId, "incidentId");
        this.head = Objects.requireNonNull(head, "head");
    }

    public String incidentId() {
        return incidentId;
    }

    public ChainHead head() {
        return head;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof ChainAnchor
                && ((ChainAnchor) other).incidentId.equals(incidentId)
                && ((ChainAnchor) other).head.equals(head);
    }

    @Override
    public int hashCode() {
        return Objects.hash(incidentId, head);
    }

    @Override
    public String toString() {
        return incidentId + " at " + head;
    }

    /** In a sink's state while its checkpoint is not complete. */
    static final class Serializer implements SimpleVersionedSerializer<ChainAnchor> {
        private static final int VERSION = 1;

        @Override
        public int getVersion() {
            return VERSION;
        }

        @Override
        public byte[] serialize(ChainAnchor anchor) throws IOException {
            DataOutputSerializer out = new DataOutputSerializer(128);
            Wire.writeString(anchor.incidentId, out);
            out.writeLong(anchor.head.sequence());
            Wire.writeString(anchor.head.hash(), out);
            return out.getCopyOfBuffer();
        }

        @Override
        public ChainAnchor deserialize(int version, byte[] bytes) throws IOException {
            if (version != VERSION) {
                throw new IOException("Anchors of version " + version + "; this release reads 1");
            }
            DataInputDeserializer in = new DataInputDeserializer(bytes);
            return new ChainAnchor(
                    Wire.readString(in), new ChainHead(in.readLong(), Wire.readString(in)));
        }
    }
}
