// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.model.audit;

import io.incidentcommander.model.codec.Codec;
import io.incidentcommander.model.codec.CodecTypeInfo;
import io.incidentcommander.model.codec.Sha256;
import io.incidentcommander.model.codec.Wire;
import io.incidentcommander.model.ingest.AlertId;
import io.incidentcommander.model.lifecycle.Incident;
import java.io.IOException;
import java.lang.reflect.Type;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.flink.api.common.typeinfo.TypeInfo;
import org.apache.flink.api.common.typeinfo.TypeInfoFactory;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/**
 * One change of one incident, and a link of the incident's hash chain: {@code hash} is SHA-256 over
 * the canonical encoding of everything else, which holds the hash of the predecessor. Immutable.
 *
 * <p>The sequence, id and tenant are those of the incident after the change. {@link #canonical} and
 * {@link #stored} together are the form in which events leave for a store; docs/event-store.md
 * gives the encoding byte for byte.
 */
@TypeInfo(IncidentEvent.Info.class)
public final class IncidentEvent {
    /** Alert ids kept with an event, at most. */
    public static final int MAX_CAUSING_ALERTS = 50;

    private static final String UNKNOWN = "";

    private final Incident incident;
    private final IncidentEventKind kind;
    private final long eventTimeMillis;
    private final String agent;
    private final String cause;
    private final List<AlertId> causingAlerts;
    private final String previousHash;
    private final String hash;

    /** Empty: not known yet. */
    private final String contentHash;

    /** As read back: the hash is whatever the store holds. */
    IncidentEvent(
            Incident incident,
            IncidentEventKind kind,
            long eventTimeMillis,
            String agent,
            String cause,
            List<AlertId> causingAlerts,
            String previousHash,
            String hash) {
        this(
                incident,
                kind,
                eventTimeMillis,
                agent,
                cause,
                causingAlerts,
                previousHash,
                hash,
                UNKNOWN);
    }

    private IncidentEvent(
            Incident incident,
            IncidentEventKind kind,
            long eventTimeMillis,
            String agent,
            String cause,
            List<AlertId> causingAlerts,
            String previousHash,
            String hash,
            String contentHash) {
        this.contentHash = contentHash;
        this.incident = Objects.requireNonNull(incident, "incident");
        this.kind = Objects.requireNonNull(kind, "kind");
        this.eventTimeMillis = eventTimeMillis;
        this.agent = Objects.requireNonNull(agent, "agent");
        this.cause = Objects.requireNonNull(cause, "cause");
        this.causingAlerts = List.copyOf(causingAlerts);
        this.previousHash = previousHash;
        this.hash = hash;
        Sha256.parse(previousHash);
        Sha256.parse(hash);
        if (this.causingAlerts.size() > MAX_CAUSING_ALERTS) {
            throw new IllegalArgumentException(
                    "An event keeps "
                            + MAX_CAUSING_ALERTS
                            + " alert ids at most, not "
                            + causingAlerts.size());
        }
    }

    /**
     * The event that {@code incident} came to stand as it does, hashed.
     *
     * @param incident after the change; its sequence is the event's
     * @param eventTimeMillis when it changed, event time, epoch milliseconds
     * @param agent the id of the agent, or the word of the stage, that changed it
     * @param cause one line for humans
     * @param causingAlerts {@value #MAX_CAUSING_ALERTS} at most
     * @param previousHash of the event before, or {@link ChainHead#GENESIS_HASH}
     */
    public static IncidentEvent of(
            Incident incident,
            IncidentEventKind kind,
            long eventTimeMillis,
            String agent,
            String cause,
            List<AlertId> causingAlerts,
            String previousHash) {
        IncidentEvent unhashed =
                new IncidentEvent(
                        incident,
                        kind,
                        eventTimeMillis,
                        agent,
                        cause,
                        causingAlerts,
                        previousHash,
                        ChainHead.GENESIS_HASH);
        return unhashed.hashed(Sha256.hex(Sha256.of(unhashed.canonical())));
    }

    /** With the hash that it has, and should have. */
    private IncidentEvent hashed(String right) {
        return new IncidentEvent(
                incident,
                kind,
                eventTimeMillis,
                agent,
                cause,
                causingAlerts,
                previousHash,
                right,
                right);
    }

    /**
     * An event as a store holds it. The hash is taken over unchecked: compare it with {@link
     * #contentHash}.
     *
     * @param canonical as {@link #canonical} gave it
     * @throws IOException if the bytes are no event of a known version
     */
    public static IncidentEvent stored(byte[] canonical, String hash) throws IOException {
        return CanonicalEvent.read(canonical, hash);
    }

    /**
     * As {@link #stored}, for whoever checks it: hashed while the bytes are at hand. Bytes that are
     * not written as this release writes them count as changed, even if they say the same.
     */
    public static IncidentEvent storedToCheck(byte[] canonical, String hash) throws IOException {
        IncidentEvent read = stored(canonical, hash);
        return new IncidentEvent(
                read.incident,
                read.kind,
                read.eventTimeMillis,
                read.agent,
                read.cause,
                read.causingAlerts,
                read.previousHash,
                read.hash,
                Sha256.hex(Sha256.of(canonical)));
    }

    /** The bytes that are hashed; everything but the hash itself. */
    public byte[] canonical() {
        return CanonicalEvent.write(this);
    }

    /** The hash of what the event says now; differs from {@link #hash} if someone changed it. */
    public String contentHash() {
        return contentHash.isEmpty() ? Sha256.hex(Sha256.of(canonical())) : contentHash;
    }

    /** The incident after the change. */
    public Incident incident() {
        return incident;
    }

    public String incidentId() {
        return incident.incidentId();
    }

    public String tenant() {
        return incident.tenant();
    }

    /** 1 for the first event of the incident, without gaps. */
    public long sequence() {
        return incident.sequence();
    }

    /** SHA-256 over {@code incidentId|sequence} in hexadecimal: the same for every redelivery. */
    public String eventId() {
        String identity = incidentId() + "|" + sequence();
        return Sha256.hex(Sha256.of(identity.getBytes(StandardCharsets.UTF_8)));
    }

    public IncidentEventKind kind() {
        return kind;
    }

    public long eventTimeMillis() {
        return eventTimeMillis;
    }

    /** The id of the agent, or the word of the stage, that changed the incident. */
    public String agent() {
        return agent;
    }

    /** One line for humans. */
    public String cause() {
        return cause;
    }

    /** The first {@value #MAX_CAUSING_ALERTS} alerts that brought the change about. */
    public List<AlertId> causingAlerts() {
        return causingAlerts;
    }

    /** Hash of the predecessor; {@link ChainHead#GENESIS_HASH} for the first event. */
    public String previousHash() {
        return previousHash;
    }

    /** 64 hexadecimal digits. */
    public String hash() {
        return hash;
    }

    /** What the next event builds on. */
    public ChainHead head() {
        return new ChainHead(sequence(), hash);
    }

    @Override
    public boolean equals(Object other) {
        if (!(other instanceof IncidentEvent)) {
            return false;
        }
        IncidentEvent that = (IncidentEvent) other;
        return hash.equals(that.hash)
                && previousHash.equals(that.previousHash)
                && incident.equals(that.incident)
                && kind == that.kind
                && eventTimeMillis == that.eventTimeMillis
                && agent.equals(that.agent)
                && cause.equals(that.cause)
                && causingAlerts.equals(that.causingAlerts);
    }

    @Override
    public int hashCode() {
        return hash.hashCode();
    }

    @Override
    public String toString() {
        return incidentId() + "#" + sequence() + " " + kind.word() + ": " + cause;
    }

    /** Binary form, version 1: the canonical encoding, which has a version of its own, and hash. */
    public static final class IncidentEventCodec implements Codec<IncidentEvent> {
        private static final long serialVersionUID = 1L;

        @Override
        public Class<IncidentEvent> type() {
            return IncidentEvent.class;
        }

        @Override
        public void write(IncidentEvent value, DataOutputView out) throws IOException {
            out.writeByte(1);
            Wire.writeBytes(value.canonical(), out);
            Wire.writeString(value.hash, out);
        }

        @Override
        public IncidentEvent read(DataInputView in) throws IOException {
            Wire.readVersion(in, 1, IncidentEvent.class);
            return stored(Wire.readBytes(in), Wire.readString(in));
        }
    }

    /** For Flink's type extraction. */
    public static final class Info extends TypeInfoFactory<IncidentEvent> {
        @Override
        public TypeInformation<IncidentEvent> createTypeInfo(
                Type type, Map<String, TypeInformation<?>> parameters) {
            return CodecTypeInfo.of(new IncidentEventCodec());
        }
    }
}
