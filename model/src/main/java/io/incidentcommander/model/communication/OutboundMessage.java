// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.model.communication;

import io.incidentcommander.model.codec.Codec;
import io.incidentcommander.model.codec.CodecTypeInfo;
import io.incidentcommander.model.codec.Sha256;
import io.incidentcommander.model.codec.Wire;
import io.incidentcommander.model.ingest.EchoMarks;
import io.incidentcommander.model.ingest.Severity;
import java.io.IOException;
import java.lang.reflect.Type;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.apache.flink.api.common.typeinfo.TypeInfo;
import org.apache.flink.api.common.typeinfo.TypeInfoFactory;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/**
 * A message on its way through the outbox. Delivered at least once; the id, and the sequences, are
 * the same for every delivery, so that a sink recognises a repetition and a stale one. Immutable.
 */
@TypeInfo(OutboundMessage.Info.class)
public final class OutboundMessage {
    /** PagerDuty's limit of a deduplication key. */
    private static final int MOST_KEY = 255;

    private final ChannelKind kind;
    private final String address;
    private final Map<String, Long> sequences;
    private final MessageAction action;
    private final Severity severity;
    private final MessageText text;
    private final long plannedAtMillis;
    private final String id;

    /**
     * @param sequences of each incident it tells of, by {@link IncidentBrief#key}; one, but for a
     *     digest
     * @param severity the highest of them
     * @param plannedAtMillis processing time, epoch milliseconds; not part of the id
     */
    public OutboundMessage(
            ChannelKind kind,
            String address,
            Map<String, Long> sequences,
            MessageAction action,
            Severity severity,
            MessageText text,
            long plannedAtMillis) {
        this.kind = Objects.requireNonNull(kind, "kind");
        this.address = Objects.requireNonNull(address, "address");
        this.sequences = Collections.unmodifiableMap(new TreeMap<>(sequences));
        this.action = Objects.requireNonNull(action, "action");
        this.severity = Objects.requireNonNull(severity, "severity");
        this.text = Objects.requireNonNull(text, "text");
        this.plannedAtMillis = plannedAtMillis;
        if (sequences.isEmpty()) {
            throw new IllegalArgumentException("A message tells of an incident");
        }
        String content = kind.word() + "\n" + address + "\n" + this.sequences;
        this.id = Sha256.hex(Sha256.of(content.getBytes(StandardCharsets.UTF_8)));
    }

    /** SHA-256 of channel, address, incidents and sequences. */
    public String id() {
        return id;
    }

    public ChannelKind kind() {
        return kind;
    }

    /** See {@link Contact#address}. */
    public String address() {
        return address;
    }

    /** By incident, sorted, unmodifiable. */
    public Map<String, Long> sequences() {
        return sequences;
    }

    public MessageAction action() {
        return action;
    }

    public Severity severity() {
        return severity;
    }

    public MessageText text() {
        return text;
    }

    /** Processing time, epoch milliseconds. */
    public long plannedAtMillis() {
        return plannedAtMillis;
    }

    /** The only incident, or the first of a digest. */
    public String incident() {
        return sequences.keySet().iterator().next();
    }

    /** What PagerDuty knows the incident by; marked as ours, so that its echo is recognised. */
    public String deduplicationKey() {
        String key = EchoMarks.KEY_PREFIX + incident();
        return key.length() <= MOST_KEY
                ? key
                : EchoMarks.KEY_PREFIX
                        + Sha256.hex(Sha256.of(incident().getBytes(StandardCharsets.UTF_8)));
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof OutboundMessage
                && ((OutboundMessage) other).id.equals(id)
                && ((OutboundMessage) other).action == action
                && ((OutboundMessage) other).severity == severity
                && ((OutboundMessage) other).text.equals(text)
                && ((OutboundMessage) other).plannedAtMillis == plannedAtMillis;
    }

    @Override
    public int hashCode() {
        return id.hashCode();
    }

    @Override
    public String toString() {
        return kind.word() + ":" + address + " " + action.word() + " " + sequences;
    }

    /** Binary form, version 1. */
    public static final class OutboundMessageCodec implements Codec<OutboundMessage> {
        private static final long serialVersionUID = 1L;

        @Override
        public Class<OutboundMessage> type() {
            return OutboundMessage.class;
        }

        @Override
        public void write(OutboundMessage value, DataOutputView out) throws IOException {
            out.writeByte(1);
            out.writeByte(value.kind.ordinal());
            Wire.writeString(value.address, out);
            out.writeInt(value.sequences.size());
            for (Map.Entry<String, Long> told : value.sequences.entrySet()) {
                Wire.writeString(told.getKey(), out);
                out.writeLong(told.getValue());
            }
            out.writeByte(value.action.ordinal());
            out.writeByte(value.severity.ordinal());
            value.text.write(out);
            out.writeLong(value.plannedAtMillis);
        }

        @Override
        public OutboundMessage read(DataInputView in) throws IOException {
            Wire.readVersion(in, 1, OutboundMessage.class);
            ChannelKind kind = ChannelKind.values()[in.readByte()];
            String address = Wire.readString(in);
            Map<String, Long> sequences = new TreeMap<>();
            for (int left = in.readInt(); left > 0; left--) {
                sequences.put(Wire.readString(in), in.readLong());
            }
            return new OutboundMessage(
                    kind,
                    address,
                    sequences,
                    MessageAction.values()[in.readByte()],
                    Severity.values()[in.readByte()],
                    MessageText.read(in),
                    in.readLong());
        }
    }

    /** For Flink's type extraction. */
    public static final class Info extends TypeInfoFactory<OutboundMessage> {
        @Override
        public TypeInformation<OutboundMessage> createTypeInfo(
                Type type, Map<String, TypeInformation<?>> parameters) {
            return CodecTypeInfo.of(new OutboundMessageCodec());
        }
    }
}
