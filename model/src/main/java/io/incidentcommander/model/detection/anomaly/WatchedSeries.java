// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.model.detection.anomaly;

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
 * A series as far as it was scored: what is usual for it, whether an anomaly stands, and what the
 * last one was like. Immutable.
 */
@TypeInfo(WatchedSeries.Info.class)
public final class WatchedSeries {
    private final BaselineMemory memory;
    private final long lastMillis;
    private final int streak;
    private final boolean anomalous;
    private final long changedMillis;
    private final double reach;
    private final double distance;

    private WatchedSeries(
            BaselineMemory memory,
            long lastMillis,
            int streak,
            boolean anomalous,
            long changedMillis,
            double reach,
            double distance) {
        this.memory = Objects.requireNonNull(memory, "memory");
        this.lastMillis = lastMillis;
        this.streak = streak;
        this.anomalous = anomalous;
        this.changedMillis = changedMillis;
        this.reach = reach;
        this.distance = distance;
    }

    /**
     * One of which no anomaly is known.
     *
     * @param lastMillis of the minute that was scored last, epoch milliseconds
     */
    public static WatchedSeries usual(BaselineMemory memory, long lastMillis) {
        return new WatchedSeries(memory, lastMillis, 0, false, 0, 0, 0);
    }

    /**
     * The same, from its last minute on with an anomaly.
     *
     * @param newReach how many deviations from what was expected were usual before it
     * @param newDistance how far from it the anomaly began, 0 or more
     */
    public WatchedSeries began(double newReach, double newDistance) {
        return new WatchedSeries(memory, lastMillis, 0, true, lastMillis, newReach, newDistance);
    }

    /** The same, from its last minute on without it. */
    public WatchedSeries ended() {
        return new WatchedSeries(memory, lastMillis, 0, false, lastMillis, reach, distance);
    }

    /** The same, a reading later. */
    public WatchedSeries at(BaselineMemory newMemory, long newLastMillis) {
        return new WatchedSeries(
                newMemory, newLastMillis, streak, anomalous, changedMillis, reach, distance);
    }

    public WatchedSeries withStreak(int newStreak) {
        return new WatchedSeries(
                memory, lastMillis, newStreak, anomalous, changedMillis, reach, distance);
    }

    public BaselineMemory memory() {
        return memory;
    }

    public long lastMillis() {
        return lastMillis;
    }

    /** Whether an alert about it stands. */
    public boolean isAnomalous() {
        return anomalous;
    }

    /** Of the minute since which that is so; 0 if it always was. */
    public long changedMillis() {
        return changedMillis;
    }

    /** Readings in a row that speak for a change of that. */
    public int streak() {
        return streak;
    }

    /** Of the last anomaly; 0 if there was none. */
    public double reach() {
        return reach;
    }

    /** Of the last anomaly; 0 if there was none. */
    public double distance() {
        return distance;
    }

    @Override
    public boolean equals(Object other) {
        if (!(other instanceof WatchedSeries)) {
            return false;
        }
        WatchedSeries that = (WatchedSeries) other;
        return lastMillis == that.lastMillis
                && streak == that.streak
                && anomalous == that.anomalous
                && changedMillis == that.changedMillis
                && Double.compare(reach, that.reach) == 0
                && Double.compare(distance, that.distance) == 0
                && memory.equals(that.memory);
    }

    @Override
    public int hashCode() {
        return Objects.hash(memory, lastMillis, streak, anomalous, changedMillis);
    }

    @Override
    public String toString() {
        return (anomalous ? "anomalous" : "usual") + " at " + lastMillis + ", else " + streak;
    }

    /** Binary form, version 1. */
    public static final class WatchedSeriesCodec implements Codec<WatchedSeries> {
        private static final long serialVersionUID = 1L;

        private final BaselineMemory.BaselineMemoryCodec memories =
                new BaselineMemory.BaselineMemoryCodec();

        @Override
        public Class<WatchedSeries> type() {
            return WatchedSeries.class;
        }

        @Override
        public void write(WatchedSeries value, DataOutputView out) throws IOException {
            out.writeByte(1);
            memories.write(value.memory, out);
            out.writeLong(value.lastMillis);
            out.writeInt(value.streak);
            out.writeBoolean(value.anomalous);
            out.writeLong(value.changedMillis);
            out.writeDouble(value.reach);
            out.writeDouble(value.distance);
        }

        @Override
        public WatchedSeries read(DataInputView in) throws IOException {
            Wire.readVersion(in, 1, WatchedSeries.class);
            return new WatchedSeries(
                    memories.read(in),
                    in.readLong(),
                    in.readInt(),
                    in.readBoolean(),
                    in.readLong(),
                    in.readDouble(),
                    in.readDouble());
        }
    }

    /** For Flink's type extraction. */
    public static final class Info extends TypeInfoFactory<WatchedSeries> {
        @Override
        public TypeInformation<WatchedSeries> createTypeInfo(
                Type type, Map<String, TypeInformation<?>> parameters) {
            return CodecTypeInfo.of(new WatchedSeriesCodec());
        }
    }
}
