// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.model.audit;

import io.incidentcommander.model.codec.Codec;
import io.incidentcommander.model.codec.CodecTypeInfo;
import io.incidentcommander.model.codec.Sha256;
import io.incidentcommander.model.codec.Wire;
import java.io.IOException;
import java.lang.reflect.Type;
import java.util.Map;
import org.apache.flink.api.common.typeinfo.TypeInfo;
import org.apache.flink.api.common.typeinfo.TypeInfoFactory;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/**
 * Where the chain of one incident's events stands: the sequence and hash of its last event. All
 * that must be kept to append the next one. Immutable.
 */
@TypeInfo(ChainHead.Info.class)
public final class ChainHead {
    /** What the first event names as its predecessor's hash: 64 zeros. */
    public static final String GENESIS_HASH = Sha256.hex(new byte[Sha256.BYTES]);

    private static final ChainHead GENESIS = new ChainHead(0, GENESIS_HASH);

    private final long sequence;
    private final String hash;

    /**
     * @throws IllegalArgumentException if the sequence is negative or the hash is none
     */
    public ChainHead(long sequence, String hash) {
        if (sequence < 0) {
            throw new IllegalArgumentException("A sequence is not negative: " + sequence);
        }
        Sha256.parse(hash);
        this.sequence = sequence;
        this.hash = hash;
    }

    /** Before the first event. */
    public static ChainHead genesis() {
        return GENESIS;
    }

    /** Of the last event; 0 before the first. */
    public long sequence() {
        return sequence;
    }

    public String hash() {
        return hash;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof ChainHead
                && ((ChainHead) other).sequence == sequence
                && ((ChainHead) other).hash.equals(hash);
    }

    @Override
    public int hashCode() {
        return hash.hashCode();
    }

    @Override
    public String toString() {
        return sequence + ":" + hash;
    }

    /** Binary form, version 1. */
    public static final class ChainHeadCodec implements Codec<ChainHead> {
        private static final long serialVersionUID = 1L;

        @Override
        public Class<ChainHead> type() {
            return ChainHead.class;
        }

        @Override
        public void write(ChainHead value, DataOutputView out) throws IOException {
            out.writeByte(1);
            out.writeLong(value.sequence);
            Wire.writeString(value.hash, out);
        }

        @Override
        public ChainHead read(DataInputView in) throws IOException {
            Wire.readVersion(in, 1, ChainHead.class);
            return new ChainHead(in.readLong(), Wire.readString(in));
        }
    }

    /** For Flink's type extraction. */
    public static final class Info extends TypeInfoFactory<ChainHead> {
        @Override
        public TypeInformation<ChainHead> createTypeInfo(
                Type type, Map<String, TypeInformation<?>> parameters) {
            return CodecTypeInfo.of(new ChainHeadCodec());
        }
    }
}
