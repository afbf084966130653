// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.connectors.audit;

import io.incidentcommander.connectors.delivery.DeliverySink;
import io.incidentcommander.connectors.delivery.Refusals;
import io.incidentcommander.connectors.delivery.Waiting;
import io.incidentcommander.model.ingest.Severity;
import io.incidentcommander.model.lifecycle.Incident;
import java.io.IOException;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;

/**
 * Keeps the current state of every incident in an OpenSearch index, one document per incident,
 * effectively once: a write carries the incident's sequence as its external version, so that
 * repetitions and late, older states change nothing. Of several states only the newest waits.
 */
public final class OpenSearchIncidentSink {
    private OpenSearchIncidentSink() {}

    /**
     * @param name of no other sink of the job
     * @param alias an alias with one write index, mapped as {@link IncidentIndex} creates it
     */
    public static DeliverySink<Incident, Incident> in(
            String name,
            String alias,
            OpenSearchTransportProvider transports,
            Refusals<Incident> refusals) {
        return new DeliverySink<>(
                name,
                (incident, time, place) -> incident,
                new WaitingIncidents(),
                () -> new IncidentCourier(transports.create(), alias),
                refusals);
    }

    /** Incidents that are not indexed yet, by their codec, which has versions of its own. */
    static final class WaitingIncidents implements Waiting<Incident> {
        private static final long serialVersionUID = 1L;
        private static final int VERSION = 1;
        private static final long BYTES = 2_048;

        @Override
        public String lane(Incident incident) {
            return incident.incidentId();
        }

        @Override
        public long place(Incident incident) {
            return incident.sequence();
        }

        @Override
        public String id(Incident incident) {
            return incident.incidentId().replace('-', '.') + "." + incident.sequence();
        }

        @Override
        public Severity severity(Incident incident) {
            return incident.severity();
        }

        /** As much as many have; they are not written for being counted. */
        @Override
        public long bytes(Incident incident) {
            return BYTES;
        }

        @Override
        public boolean isNewestEnough() {
            return true;
        }

        @Override
        public int getVersion() {
            return VERSION;
        }

        @Override
        public byte[] serialize(Incident incident) throws IOException {
            DataOutputSerializer out = new DataOutputSerializer(512);
            new Incident.IncidentCodec().write(incident, out);
            return out.getCopyOfBuffer();
        }

        @Override
        public Incident deserialize(int version, byte[] bytes) throws IOException {
            if (version != VERSION) {
                throw new IOException("State of version " + version + "; this release reads 1");
            }
            return new Incident.IncidentCodec().read(new DataInputDeserializer(bytes));
        }
    }
}
