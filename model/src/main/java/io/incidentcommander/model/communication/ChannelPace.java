// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.model.communication;

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
 * Where a channel stands: its token bucket as one number, how many threads wait, and the timers
 * that are set. Times are processing time, epoch milliseconds. Immutable.
 */
@TypeInfo(ChannelPace.Info.class)
public final class ChannelPace {
    /** No timer is set. */
    public static final long NONE = Long.MAX_VALUE;

    private final long fullAt;
    private final int waiting;
    private final long wakeUpAt;
    private final long sweepAt;

    private ChannelPace(long fullAt, int waiting, long wakeUpAt, long sweepAt) {
        this.fullAt = fullAt;
        this.waiting = waiting;
        this.wakeUpAt = wakeUpAt;
        this.sweepAt = sweepAt;
    }

    /** Of a channel that was not used. */
    public static ChannelPace fresh() {
        return new ChannelPace(0, 0, NONE, NONE);
    }

    /** When the bucket would be full again. */
    public long fullAt() {
        return fullAt;
    }

    public int waiting() {
        return waiting;
    }

    /** {@link #NONE} if no timer is set. */
    public long wakeUpAt() {
        return wakeUpAt;
    }

    /** {@link #NONE} if no timer is set. */
    public long sweepAt() {
        return sweepAt;
    }

    public ChannelPace fullAt(long millis) {
        return new ChannelPace(millis, waiting, wakeUpAt, sweepAt);
    }

    /** So many more wait, or fewer. */
    public ChannelPace counted(int more) {
        return new ChannelPace(fullAt, waiting + more, wakeUpAt, sweepAt);
    }

    public ChannelPace wakeUpAt(long millis) {
        return new ChannelPace(fullAt, waiting, millis, sweepAt);
    }

    public ChannelPace sweepAt(long millis) {
        return new ChannelPace(fullAt, waiting, wakeUpAt, millis);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof ChannelPace
                && ((ChannelPace) other).fullAt == fullAt
                && ((ChannelPace) other).waiting == waiting
                && ((ChannelPace) other).wakeUpAt == wakeUpAt
                && ((ChannelPace) other).sweepAt == sweepAt;
    }

    @Override
    public int hashCode() {
        return Objects.hash(fullAt, waiting, wakeUpAt, sweepAt);
    }

    @Override
    public String toString() {
        return waiting + " waiting, full at " + fullAt;
    }

    /** Binary form, version 1. */
    public static final class ChannelPaceCodec implements Codec<ChannelPace> {
        private static final long serialVersionUID = 1L;

        @Override
        public Class<ChannelPace> type() {
            return ChannelPace.class;
        }

        @Override
        public void write(ChannelPace value, DataOutputView out) throws IOException {
            out.writeByte(1);
            out.writeLong(value.fullAt);
            out.writeInt(value.waiting);
            out.writeLong(value.wakeUpAt);
            out.writeLong(value.sweepAt);
        }

        @Override
        public ChannelPace read(DataInputView in) throws IOException {
            Wire.readVersion(in, 1, ChannelPace.class);
            return new ChannelPace(in.readLong(), in.readInt(), in.readLong(), in.readLong());
        }
    }

    /** For Flink's type extraction. */
    public static final class Info extends TypeInfoFactory<ChannelPace> {
        @Override
        public TypeInformation<ChannelPace> createTypeInfo(
                Type type, Map<String, TypeInformation<?>> parameters) {
            return CodecTypeInfo.of(new ChannelPaceCodec());
        }
    }
}
