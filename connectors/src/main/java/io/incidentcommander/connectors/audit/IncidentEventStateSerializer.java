// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.connectors.audit;

import io.incidentcommander.model.audit.IncidentEvent;
import java.io.IOException;
import org.apache.flink.core.io.SimpleVersionedSerializer;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;

/** Unwritten events in a sink's state, by the event's codec, which has versions of its own. */
final class IncidentEventStateSerializer implements SimpleVersionedSerializer<IncidentEvent> {
    private static final int VERSION = 1;

    @Override
    public int getVersion() {
        return VERSION;
    }

    @Override
    public byte[] serialize(IncidentEvent event) throws IOException {
        DataOutputSerializer out = new DataOutputSerializer(512);
        new IncidentEvent.IncidentEventCodec().write(event, out);
        return out.getCopyOfBuffer();
    }

    @Override
    public IncidentEvent deserialize(int version, byte[] bytes) throws IOException {
        if (version != VERSION) {
            throw new IOException("State of version " + version + "; this release reads 1");
        }
        return new IncidentEvent.IncidentEventCodec().read(new DataInputDeserializer(bytes));
    }
}
