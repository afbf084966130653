// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.model.diagnosis.metrics;

import io.incidentcommander.model.codec.Codec;
import io.incidentcommander.model.codec.CodecTypeInfo;
import io.incidentcommander.model.codec.Wire;
import java.io.IOException;
import java.lang.reflect.Type;
import java.util.Arrays;
import java.util.Collections;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.flink.api.common.typeinfo.TypeInfo;
import org.apache.flink.api.common.typeinfo.TypeInfoFactory;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/**
 * The newest values of the series of one service, by period. Bounds: {@value #MOST_PERIODS}
 * periods, and {@link ServiceReadings#MOST_SERIES} series, those first by name; a series of which
 * no value is left is forgotten. Values are kept in single precision: at most 24 KB in all.
 * Immutable.
 */
@TypeInfo(MetricRing.Info.class)
public final class MetricRing {
    /** Half an hour. */
    public static final int MOST_PERIODS = 360;

    private static final MetricRing EMPTY = new MetricRing(0, 0, new TreeMap<>());

    private final long first;
    private final int periods;
    private final SortedMap<String, float[]> series;

    private MetricRing(long first, int periods, SortedMap<String, float[]> series) {
        this.first = first;
        this.periods = periods;
        this.series = series;
    }

    public static MetricRing empty() {
        return EMPTY;
    }

    /** With the readings of a period; one that is older than all that is kept changes nothing. */
    public MetricRing plus(ServiceReadings readings) {
        long period = readings.period();
        long newest = periods == 0 ? period : Math.max(newest(), period);
        long begin =
                Math.max(
                        periods == 0 ? period : Math.min(first, period), newest - MOST_PERIODS + 1);
        if (period < begin) {
            return this;
        }
        int length = (int) (newest - begin + 1);
        TreeMap<String, float[]> kept = new TreeMap<>();
        series.forEach((name, values) -> kept.put(name, shifted(values, begin, length)));
        readings.values()
                .forEach(
                        (name, value) ->
                                kept.computeIfAbsent(name, n -> nothing(length))[
                                                (int) (period - begin)] =
                                        value.floatValue());
        kept.values().removeIf(MetricRing::isNothing);
        while (kept.size() > ServiceReadings.MOST_SERIES) {
            kept.pollLastEntry();
        }
        return new MetricRing(begin, length, kept);
    }

    /** The oldest period there is room for; 0 if there is none. */
    public long first() {
        return first;
    }

    /** The newest period; before {@link #first()} if there is none. */
    public long newest() {
        return first + periods - 1;
    }

    public Set<String> series() {
        return Collections.unmodifiableSet(series.keySet());
    }

    /** The value of a series in a period; NaN if it is missing. */
    public double value(String name, long period) {
        float[] values = series.get(name);
        return values == null || period < first || period > newest()
                ? Double.NaN
                : values[(int) (period - first)];
    }

    private float[] shifted(float[] values, long begin, int length) {
        float[] shifted = nothing(length);
        for (int i = 0; i < values.length; i++) {
            long at = first + i - begin;
            if (at >= 0 && at < length) {
                shifted[(int) at] = values[i];
            }
        }
        return shifted;
    }

    private static float[] nothing(int length) {
        float[] values = new float[length];
        Arrays.fill(values, Float.NaN);
        return values;
    }

    private static boolean isNothing(float[] values) {
        for (float value : values) {
            if (!Float.isNaN(value)) {
                return false;
            }
        }
        return true;
    }

    @Override
    public boolean equals(Object other) {
        if (!(other instanceof MetricRing)) {
            return false;
        }
        MetricRing that = (MetricRing) other;
        boolean same =
                first == that.first
                        && periods == that.periods
                        && series.keySet().equals(that.series.keySet());
        return same
                && series.entrySet().stream()
                        .allMatch(e -> Arrays.equals(e.getValue(), that.series.get(e.getKey())));
    }

    @Override
    public int hashCode() {
        return Long.hashCode(first) * 31 + periods;
    }

    @Override
    public String toString() {
        return "periods " + first + " to " + newest() + " of " + series.keySet();
    }

    /** Binary form, version 1. */
    public static final class MetricRingCodec implements Codec<MetricRing> {
        private static final long serialVersionUID = 1L;

        @Override
        public Class<MetricRing> type() {
            return MetricRing.class;
        }

        @Override
        public void write(MetricRing value, DataOutputView out) throws IOException {
            out.writeByte(1);
            out.writeLong(value.first);
            out.writeInt(value.periods);
            out.writeInt(value.series.size());
            for (Map.Entry<String, float[]> entry : value.series.entrySet()) {
                Wire.writeString(entry.getKey(), out);
                for (float one : entry.getValue()) {
                    out.writeFloat(one);
                }
            }
        }

        @Override
        public MetricRing read(DataInputView in) throws IOException {
            Wire.readVersion(in, 1, MetricRing.class);
            long first = in.readLong();
            int periods = in.readInt();
            TreeMap<String, float[]> series = new TreeMap<>();
            for (int left = in.readInt(); left > 0; left--) {
                String name = Wire.readString(in);
                float[] values = new float[periods];
                for (int i = 0; i < periods; i++) {
                    values[i] = in.readFloat();
                }
                series.put(name, values);
            }
            return new MetricRing(first, periods, series);
        }
    }

    /** For Flink's type extraction. */
    public static final class Info extends TypeInfoFactory<MetricRing> {
        @Override
        public TypeInformation<MetricRing> createTypeInfo(
                Type type, Map<String, TypeInformation<?>> parameters) {
            return CodecTypeInfo.of(new MetricRingCodec());
        }
    }
}
