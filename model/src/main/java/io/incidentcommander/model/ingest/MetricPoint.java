// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.model.ingest;

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

/** One point of a metric series: telemetry, not an alert. */
@TypeInfo(MetricPoint.Info.class)
public final class MetricPoint {
    private final AlertId id;
    private final String tenant;
    private final String service;
    private final String metric;
    private final long timeMillis;
    private final double value;
    private final String unit;
    private final Map<String, String> dimensions;

    /** {@code dimensions} sorted by key; {@code unit} may be empty. */
    public MetricPoint(
            AlertId id,
            String tenant,
            String service,
            String metric,
            long timeMillis,
            double value,
            String unit,
            Map<String, String> dimensions) {
        this.id = Objects.requireNonNull(id, "id");
        this.tenant = Objects.requireNonNull(tenant, "tenant");
        this.service = Objects.requireNonNull(service, "service");
        this.metric = Objects.requireNonNull(metric, "metric");
        this.timeMillis = timeMillis;
        this.value = value;
        this.unit = Objects.requireNonNull(unit, "unit");
        this.dimensions = Objects.requireNonNull(dimensions, "dimensions");
    }

    /** Source, partition, offset and index within the record. */
    public AlertId id() {
        return id;
    }

    public String tenant() {
        return tenant;
    }

    public String service() {
        return service;
    }

    public String metric() {
        return metric;
    }

    public long timeMillis() {
        return timeMillis;
    }

    public double value() {
        return value;
    }

    public String unit() {
        return unit;
    }

    public Map<String, String> dimensions() {
        return dimensions;
    }

    @Override
    public String toString() {
        return service + "/" + metric + dimensions + "=" + value + "@" + timeMillis;
    }

    /** Binary form, version 1. */
    public static final class MetricPointCodec implements Codec<MetricPoint> {
        private static final long serialVersionUID = 1L;

        @Override
        public Class<MetricPoint> type() {
            return MetricPoint.class;
        }

        @Override
        public void write(MetricPoint value, DataOutputView out) throws IOException {
            out.writeByte(1);
            AlertId.write(value.id, out);
            Wire.writeString(value.tenant, out);
            Wire.writeString(value.service, out);
            Wire.writeString(value.metric, out);
            out.writeLong(value.timeMillis);
            out.writeDouble(value.value);
            Wire.writeString(value.unit, out);
            Wire.writeMap(value.dimensions, out);
        }

        @Override
        public MetricPoint read(DataInputView in) throws IOException {
            Wire.readVersion(in, 1, MetricPoint.class);
            return new MetricPoint(
                    AlertId.read(in),
                    Wire.readString(in),
                    Wire.readString(in),
                    Wire.readString(in),
                    in.readLong(),
                    in.readDouble(),
                    Wire.readString(in),
                    Wire.readMap(in));
        }
    }

    /** For Flink's type extraction. */
    public static final class Info extends TypeInfoFactory<MetricPoint> {
        @Override
        public TypeInformation<MetricPoint> createTypeInfo(
                Type type, Map<String, TypeInformation<?>> parameters) {
            return CodecTypeInfo.of(new MetricPointCodec());
        }
    }
}
