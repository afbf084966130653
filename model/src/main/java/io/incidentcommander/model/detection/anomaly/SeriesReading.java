// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.model.detection.anomaly;

import io.incidentcommander.model.codec.Codec;
import io.incidentcommander.model.codec.CodecTypeInfo;
import io.incidentcommander.model.codec.Wire;
import io.incidentcommander.model.ingest.AlertId;
import io.incidentcommander.model.ingest.MetricPoint;
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
 * What a series said in a minute: the last of its points, by time and then by id, so that it does
 * not matter in which order they came. Immutable.
 */
@TypeInfo(SeriesReading.Info.class)
public final class SeriesReading {
    private final AlertId point;
    private final long timeMillis;
    private final double value;

    private SeriesReading(AlertId point, long timeMillis, double value) {
        this.point = Objects.requireNonNull(point, "point");
        this.timeMillis = timeMillis;
        this.value = value;
    }

    public static SeriesReading of(MetricPoint point) {
        return new SeriesReading(point.id(), point.timeMillis(), point.value());
    }

    /** The later one of both. */
    public SeriesReading or(SeriesReading other) {
        int byTime = Long.compare(timeMillis, other.timeMillis);
        return (byTime != 0 ? byTime : point.compareTo(other.point)) >= 0 ? this : other;
    }

    /** Where the value stood. */
    public AlertId point() {
        return point;
    }

    public long timeMillis() {
        return timeMillis;
    }

    public double value() {
        return value;
    }

    @Override
    public boolean equals(Object other) {
        if (!(other instanceof SeriesReading)) {
            return false;
        }
        SeriesReading that = (SeriesReading) other;
        return timeMillis == that.timeMillis
                && Double.compare(value, that.value) == 0
                && point.equals(that.point);
    }

    @Override
    public int hashCode() {
        return Objects.hash(point, timeMillis);
    }

    @Override
    public String toString() {
        return value + "@" + timeMillis + " by " + point;
    }

    /** Binary form, version 1. */
    public static final class SeriesReadingCodec implements Codec<SeriesReading> {
        private static final long serialVersionUID = 1L;

        @Override
        public Class<SeriesReading> type() {
            return SeriesReading.class;
        }

        @Override
        public void write(SeriesReading value, DataOutputView out) throws IOException {
            out.writeByte(1);
            AlertId.write(value.point, out);
            out.writeLong(value.timeMillis);
            out.writeDouble(value.value);
        }

        @Override
        public SeriesReading read(DataInputView in) throws IOException {
            Wire.readVersion(in, 1, SeriesReading.class);
            return new SeriesReading(AlertId.read(in), in.readLong(), in.readDouble());
        }
    }

    /** For Flink's type extraction. */
    public static final class Info extends TypeInfoFactory<SeriesReading> {
        @Override
        public TypeInformation<SeriesReading> createTypeInfo(
                Type type, Map<String, TypeInformation<?>> parameters) {
            return CodecTypeInfo.of(new SeriesReadingCodec());
        }
    }
}
