// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.model.ingest;

import io.incidentcommander.model.codec.Codec;
import io.incidentcommander.model.codec.CodecTypeInfo;
import io.incidentcommander.model.codec.Wire;
import java.io.IOException;
import java.lang.reflect.Type;
import java.util.Arrays;
import java.util.Map;
import org.apache.flink.api.common.typeinfo.TypeInfo;
import org.apache.flink.api.common.typeinfo.TypeInfoFactory;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** A record that could not be used: where it came from, why, and how it began. */
@TypeInfo(DeadLetter.Info.class)
public final class DeadLetter {
    /** How much of the record is kept (bytes). */
    public static final int HEAD_BYTES = 4096;

    private final String source;
    private final String partition;
    private final long offset;
    private final String reason;
    private final int size;
    private final byte[] head;

    private DeadLetter(
            String source, String partition, long offset, String reason, int size, byte[] head) {
        this.source = source;
        this.partition = partition;
        this.offset = offset;
        this.reason = reason;
        this.size = size;
        this.head = head;
    }

    /** The reason says what was wrong and where, in one line, without the record's content. */
    public static DeadLetter of(RawRecord record, String reason) {
        return new DeadLetter(
                record.source(),
                record.partition(),
                record.offset(),
                reason,
                record.size(),
                Arrays.copyOf(record.bytes(), Math.min(HEAD_BYTES, record.bytes().length)));
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

    public String reason() {
        return reason;
    }

    /** Size of the whole record in bytes. */
    public int size() {
        return size;
    }

    /** The first {@value #HEAD_BYTES} bytes at most. */
    public byte[] head() {
        return head.clone();
    }

    /** Binary form, version 1. */
    public static final class DeadLetterCodec implements Codec<DeadLetter> {
        private static final long serialVersionUID = 1L;

        @Override
        public Class<DeadLetter> type() {
            return DeadLetter.class;
        }

        @Override
        public void write(DeadLetter value, DataOutputView out) throws IOException {
            out.writeByte(1);
            Wire.writeString(value.source, out);
            Wire.writeString(value.partition, out);
            out.writeLong(value.offset);
            Wire.writeString(value.reason, out);
            out.writeInt(value.size);
            Wire.writeBytes(value.head, out);
        }

        @Override
        public DeadLetter read(DataInputView in) throws IOException {
            Wire.readVersion(in, 1, DeadLetter.class);
            return new DeadLetter(
                    Wire.readString(in),
                    Wire.readString(in),
                    in.readLong(),
                    Wire.readString(in),
                    in.readInt(),
                    Wire.readBytes(in));
        }
    }

    /** For Flink's type extraction. */
    public static final class Info extends TypeInfoFactory<DeadLetter> {
        @Override
        public TypeInformation<DeadLetter> createTypeInfo(
                Type type, Map<String, TypeInformation<?>> parameters) {
            return CodecTypeInfo.of(new DeadLetterCodec());
        }
    }
}
