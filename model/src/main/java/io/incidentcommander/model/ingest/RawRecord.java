// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.model.ingest;

import io.incidentcommander.model.codec.Codec;
import io.incidentcommander.model.codec.CodecTypeInfo;
import io.incidentcommander.model.codec.Wire;
import java.io.IOException;
import java.lang.reflect.Type;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.apache.flink.api.common.typeinfo.TypeInfo;
import org.apache.flink.api.common.typeinfo.TypeInfoFactory;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/**
 * One delivery as a transport handed it over: bytes, where they came from, when they arrived.
 *
 * <p>A transport also says "I polled and there is nothing left" by a {@link Kind#HEARTBEAT}: all
 * that was available up to its arrival time has been emitted before it. That, and not silence, is
 * what lets time advance over an idle source.
 */
@TypeInfo(RawRecord.Info.class)
public final class RawRecord {
    /** Arrival is not known: a file or replay without recorded arrival. */
    public static final long NO_ARRIVAL = Long.MIN_VALUE;

    private static final byte[] NOTHING = new byte[0];

    /** What a raw record is. Ordinals are stored: append, never reorder. */
    public enum Kind {
        DATA,
        HEARTBEAT,
        /** Not data: the transport could read no further here; the bytes say why. */
        UNREADABLE,
        /** Not data: the transport is going to read this partition, so time waits for it. */
        ASSIGNED
    }

    private final Kind kind;
    private final String source;
    private final String partition;
    private final long offset;
    private final long arrivalMillis;
    private final int size;
    private final byte[] bytes;

    private RawRecord(
            Kind kind,
            String source,
            String partition,
            long offset,
            long arrivalMillis,
            int size,
            byte[] bytes) {
        this.kind = kind;
        this.source = source;
        this.partition = partition;
        this.offset = offset;
        this.arrivalMillis = arrivalMillis;
        this.size = size;
        this.bytes = bytes;
    }

    /** A whole delivery. The array is not copied and must not be changed afterwards. */
    public static RawRecord of(
            String source, String partition, long offset, long arrivalMillis, byte[] bytes) {
        return new RawRecord(
                Kind.DATA, source, partition, offset, arrivalMillis, bytes.length, bytes);
    }

    /**
     * A delivery that was too large to be kept whole: {@code head} is its beginning, {@code size}
     * what it measured (bytes).
     */
    public static RawRecord truncated(
            String source,
            String partition,
            long offset,
            long arrivalMillis,
            int size,
            byte[] head) {
        return new RawRecord(Kind.DATA, source, partition, offset, arrivalMillis, size, head);
    }

    /** All that the source had up to {@code nowMillis} (epoch ms) has been emitted. */
    public static RawRecord heartbeat(String source, long nowMillis) {
        return new RawRecord(Kind.HEARTBEAT, source, "", -1, nowMillis, 0, NOTHING);
    }

    /** All that this partition of the source had up to {@code nowMillis} has been emitted. */
    public static RawRecord heartbeat(String source, String partition, long nowMillis) {
        return new RawRecord(Kind.HEARTBEAT, source, partition, -1, nowMillis, 0, NOTHING);
    }

    /** The partition is going to be read: time waits for its first record, or a heartbeat. */
    public static RawRecord assigned(String source, String partition) {
        return new RawRecord(Kind.ASSIGNED, source, partition, -1, NO_ARRIVAL, 0, NOTHING);
    }

    /**
     * Nothing further can be read from the partition, as at a corrupt compressed file: a dead
     * letter by itself. {@code reason} is one line, says what was wrong, and is carried as UTF-8
     * bytes.
     */
    public static RawRecord unreadable(
            String source, String partition, long offset, String reason) {
        byte[] text = reason.getBytes(StandardCharsets.UTF_8);
        return new RawRecord(
                Kind.UNREADABLE, source, partition, offset, NO_ARRIVAL, text.length, text);
    }

    /** The same delivery with another arrival (epoch ms). */
    public RawRecord arrivedAt(long millis) {
        return new RawRecord(kind, source, partition, offset, millis, size, bytes);
    }

    public Kind kind() {
        return kind;
    }

    /** The configured id of the source, a small set. */
    public String source() {
        return source;
    }

    /**
     * Kafka topic and partition, shard, or path; unique within the source. Empty for a heartbeat of
     * the whole source.
     */
    public String partition() {
        return partition;
    }

    /** Kafka offset, or the zero-based ordinal of the record or line in its file. */
    public long offset() {
        return offset;
    }

    /** Epoch milliseconds, or {@link #NO_ARRIVAL}. */
    public long arrivalMillis() {
        return arrivalMillis;
    }

    public boolean hasArrival() {
        return arrivalMillis != NO_ARRIVAL;
    }

    /** Size in bytes as delivered; more than {@code bytes().length} if truncated. */
    public int size() {
        return size;
    }

    /** The bytes themselves, not a copy. */
    public byte[] bytes() {
        return bytes;
    }

    @Override
    public String toString() {
        return kind + " " + source + ":" + partition + ":" + offset + " (" + size + " bytes)";
    }

    /** Binary form, version 1. */
    public static final class RawRecordCodec implements Codec<RawRecord> {
        private static final long serialVersionUID = 1L;
        private static final Kind[] KINDS = Kind.values();

        @Override
        public Class<RawRecord> type() {
            return RawRecord.class;
        }

        @Override
        public void write(RawRecord value, DataOutputView out) throws IOException {
            out.writeByte(1);
            out.writeByte(value.kind.ordinal());
            Wire.writeString(value.source, out);
            Wire.writeString(value.partition, out);
            out.writeLong(value.offset);
            out.writeLong(value.arrivalMillis);
            out.writeInt(value.size);
            Wire.writeBytes(value.bytes, out);
        }

        @Override
        public RawRecord read(DataInputView in) throws IOException {
            Wire.readVersion(in, 1, RawRecord.class);
            return new RawRecord(
                    KINDS[in.readByte()],
                    Wire.readString(in),
                    Wire.readString(in),
                    in.readLong(),
                    in.readLong(),
                    in.readInt(),
                    Wire.readBytes(in));
        }
    }

    /** For Flink's type extraction. */
    public static final class Info extends TypeInfoFactory<RawRecord> {
        @Override
        public TypeInformation<RawRecord> createTypeInfo(
                Type type, Map<String, TypeInformation<?>> parameters) {
            return CodecTypeInfo.of(new RawRecordCodec());
        }
    }
}
