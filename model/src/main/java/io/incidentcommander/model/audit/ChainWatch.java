// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.model.audit;

import io.incidentcommander.model.codec.Codec;
import io.incidentcommander.model.codec.CodecTypeInfo;
import io.incidentcommander.model.codec.Wire;
import java.io.IOException;
import java.lang.reflect.Type;
import java.util.Map;
import java.util.Objects;
import org.apache.flink.api.common.typeinfo.TypeInfo;
import org.apache.flink.api.common.typeinfo.TypeInfoFactory;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/**
 * The chain of an incident that is looked at now and then: how far the job wrote it, when that was,
 * and how often it was looked at since. Immutable; times are event time in epoch milliseconds.
 */
@TypeInfo(ChainWatch.Info.class)
public final class ChainWatch {
    private final String tenant;
    private final String incidentId;
    private final ChainHead head;
    private final long writtenAtMillis;
    private final int looks;
    private final long lookedAtMillis;

    public ChainWatch(
            String tenant,
            String incidentId,
            ChainHead head,
            long writtenAtMillis,
            int looks,
            long lookedAtMillis) {
        this.tenant = Objects.requireNonNull(tenant, "tenant");
        this.incidentId = Objects.requireNonNull(incidentId, "incidentId");
        this.head = Objects.requireNonNull(head, "head");
        this.writtenAtMillis = writtenAtMillis;
        this.looks = looks;
        this.lookedAtMillis = lookedAtMillis;
    }

    public String tenant() {
        return tenant;
    }

    public String incidentId() {
        return incidentId;
    }

    /** Of the last event that the job wrote. */
    public ChainHead head() {
        return head;
    }

    /** Event time of that event. */
    public long writtenAtMillis() {
        return writtenAtMillis;
    }

    /** Since that event. */
    public int looks() {
        return looks;
    }

    /** When it was looked at last; the time of that event, if it was not. */
    public long lookedAtMillis() {
        return lookedAtMillis;
    }

    /** This, looked at once more. */
    public ChainWatch lookedAt(long timeMillis) {
        return new ChainWatch(tenant, incidentId, head, writtenAtMillis, looks + 1, timeMillis);
    }

    @Override
    public boolean equals(Object other) {
        if (!(other instanceof ChainWatch)) {
            return false;
        }
        ChainWatch that = (ChainWatch) other;
        return tenant.equals(that.tenant)
                && incidentId.equals(that.incidentId)
                && head.equals(that.head)
                && writtenAtMillis == that.writtenAtMillis
                && looks == that.looks
                && lookedAtMillis == that.lookedAtMillis;
    }

    @Override
    public int hashCode() {
        return Objects.hash(tenant, incidentId, head, writtenAtMillis, looks);
    }

    @Override
    public String toString() {
        return incidentId + " at " + head + ", looks " + looks;
    }

    /** Binary form, version 1. */
    public static final class ChainWatchCodec implements Codec<ChainWatch> {
        private static final long serialVersionUID = 1L;

        @Override
        public Class<ChainWatch> type() {
            return ChainWatch.class;
        }

        @Override
        public void write(ChainWatch value, DataOutputView out) throws IOException {
            out.writeByte(1);
            Wire.writeString(value.tenant, out);
            Wire.writeString(value.incidentId, out);
            out.writeLong(value.head.sequence());
            Wire.writeString(value.head.hash(), out);
            out.writeLong(value.writtenAtMillis);
            out.writeInt(value.looks);
            out.writeLong(value.lookedAtMillis);
        }

        @Override
        public ChainWatch read(DataInputView in) throws IOException {
            Wire.readVersion(in, 1, ChainWatch.class);
            return new ChainWatch(
                    Wire.readString(in),
                    Wire.readString(in),
                    new ChainHead(in.readLong(), Wire.readString(in)),
                    in.readLong(),
                    in.readInt(),
                    in.readLong());
        }
    }

    /** For Flink's type extraction. */
    public static final class Info extends TypeInfoFactory<ChainWatch> {
        @Override
        public TypeInformation<ChainWatch> createTypeInfo(
                Type type, Map<String, TypeInformation<?>> parameters) {
            return CodecTypeInfo.of(new ChainWatchCodec());
        }
    }
}
