// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.connectors.audit;

import io.incidentcommander.connectors.delivery.Waiting;
import io.incidentcommander.model.audit.IncidentEvent;
import io.incidentcommander.model.ingest.Severity;
import java.io.IOException;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;

/** Events that the store does not have yet, by the event's codec, which has versions of its own. */
final class WaitingEvents implements Waiting<IncidentEvent> {
    private static final long serialVersionUID = 1L;
    private static final int VERSION = 1;

    /** What an event is counted with beyond its canonical bytes. */
    private static final long OVERHEAD_BYTES = 1024;

    @Override
    public String lane(IncidentEvent event) {
        return event.incidentId();
    }

    @Override
    public long place(IncidentEvent event) {
        return event.sequence();
    }

    @Override
    public String id(IncidentEvent event) {
        return event.hash();
    }

    @Override
    public Severity severity(IncidentEvent event) {
        return event.incident().severity();
    }

    @Override
    public long bytes(IncidentEvent event) {
        return OVERHEAD_BYTES + event.canonical().length;
    }

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
