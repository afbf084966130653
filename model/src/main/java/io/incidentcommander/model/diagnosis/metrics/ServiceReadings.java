// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.model.diagnosis.metrics;

import io.incidentcommander.model.codec.Codec;
import io.incidentcommander.model.codec.CodecTypeInfo;
import io.incidentcommander.model.codec.Wire;
import java.io.IOException;
import java.lang.reflect.Type;
import java.util.Collections;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.flink.api.common.typeinfo.TypeInfo;
import org.apache.flink.api.common.typeinfo.TypeInfoFactory;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/**
 * The metrics of one service in one period: sum and number of the points of each series, whichever
 * hosts they came from. Parts of one period add up. Bound: {@value #MOST_SERIES} series, those
 * first by name, so that the same are kept whatever the order in which points come. Immutable.
 */
@TypeInfo(ServiceReadings.Info.class)
public final class ServiceReadings {
    /** Series of one service. */
    public static final int MOST_SERIES = 16;

    /** Event time of one period; they begin at whole multiples of it. */
    public static final long PERIOD_MILLIS = 5_000;

    private final String tenant;
    private final String service;
    private final long period;
    private final SortedMap<String, Mean> series;

    /** Sum and number of points. */
    private static final class Mean {
        final double sum;
        final int points;

        Mean(double sum, int points) {
            this.sum = sum;
            this.points = points;
        }

        Mean plus(Mean other) {
            return new Mean(sum + other.sum, points + other.points);
        }
    }

    private ServiceReadings(
            String tenant, String service, long period, SortedMap<String, Mean> series) {
        this.tenant = Objects.requireNonNull(tenant, "tenant");
        this.service = Objects.requireNonNull(service, "service");
        this.period = period;
        this.series = series;
    }

    /** Of one point. */
    public static ServiceReadings of(
            String tenant, String service, long timeMillis, String series, double value) {
        TreeMap<String, Mean> one = new TreeMap<>();
        one.put(series, new Mean(value, 1));
        return new ServiceReadings(tenant, service, periodOf(timeMillis), one);
    }

    /**
     * Adds up points of one service and period, in any order.
     *
     * @param period as {@link #periodOf} tells it
     */
    public static Sums sums(String tenant, String service, long period) {
        return new Sums(tenant, service, period);
    }

    public static long periodOf(long timeMillis) {
        return Math.floorDiv(timeMillis, PERIOD_MILLIS);
    }

    /** Both together; of the same service and period. */
    public ServiceReadings plus(ServiceReadings other) {
        TreeMap<String, Mean> both = new TreeMap<>(series);
        other.series.forEach((name, mean) -> both.merge(name, mean, Mean::plus));
        while (both.size() > MOST_SERIES) {
            both.pollLastEntry();
        }
        return new ServiceReadings(tenant, service, period, both);
    }

    public String tenant() {
        return tenant;
    }

    public String service() {
        return service;
    }

    /** Number of the period since 1970. */
    public long period() {
        return period;
    }

    /** The last millisecond of the period. */
    public long lastMillis() {
        return (period + 1) * PERIOD_MILLIS - 1;
    }

    /** Mean values by name of the series. */
    public SortedMap<String, Double> values() {
        SortedMap<String, Double> values = new TreeMap<>();
        series.forEach((name, mean) -> values.put(name, mean.sum / mean.points));
        return Collections.unmodifiableSortedMap(values);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof ServiceReadings
                && ((ServiceReadings) other).tenant.equals(tenant)
                && ((ServiceReadings) other).service.equals(service)
                && ((ServiceReadings) other).period == period
                && ((ServiceReadings) other).values().equals(values());
    }

    @Override
    public int hashCode() {
        return Objects.hash(tenant, service, period);
    }

    @Override
    public String toString() {
        return service + " " + period + " " + values();
    }

    /** Sums of points. Not thread safe. Bound: that of readings, plus one series. */
    public static final class Sums {
        private final String tenant;
        private final String service;
        private final long period;
        private final TreeMap<String, Mean> series = new TreeMap<>();

        private Sums(String tenant, String service, long period) {
            this.tenant = tenant;
            this.service = service;
            this.period = period;
        }

        public void add(String name, double value) {
            series.merge(name, new Mean(value, 1), Mean::plus);
            if (series.size() > MOST_SERIES) {
                series.pollLastEntry();
            }
        }

        /** What was added so far. */
        public ServiceReadings readings() {
            return new ServiceReadings(tenant, service, period, new TreeMap<>(series));
        }
    }

    /** Binary form, version 1. */
    public static final class ServiceReadingsCodec implements Codec<ServiceReadings> {
        private static final long serialVersionUID = 1L;

        @Override
        public Class<ServiceReadings> type() {
            return ServiceReadings.class;
        }

        @Override
        public void write(ServiceReadings value, DataOutputView out) throws IOException {
            out.writeByte(1);
            Wire.writeString(value.tenant, out);
            Wire.writeString(value.service, out);
            out.writeLong(value.period);
            out.writeInt(value.series.size());
            for (Map.Entry<String, Mean> entry : value.series.entrySet()) {
                Wire.writeString(entry.getKey(), out);
                out.writeDouble(entry.getValue().sum);
                out.writeInt(entry.getValue().points);
            }
        }

        @Override
        public ServiceReadings read(DataInputView in) throws IOException {
            Wire.readVersion(in, 1, ServiceReadings.class);
            String tenant = Wire.readString(in);
            String service = Wire.readString(in);
            long period = in.readLong();
            TreeMap<String, Mean> series = new TreeMap<>();
            for (int left = in.readInt(); left > 0; left--) {
                String name = Wire.readString(in);
                series.put(name, new Mean(in.readDouble(), in.readInt()));
            }
            return new ServiceReadings(tenant, service, period, series);
        }
    }

    /** For Flink's type extraction. */
    public static final class Info extends TypeInfoFactory<ServiceReadings> {
        @Override
        public TypeInformation<ServiceReadings> createTypeInfo(
                Type type, Map<String, TypeInformation<?>> parameters) {
            return CodecTypeInfo.of(new ServiceReadingsCodec());
        }
    }
}
