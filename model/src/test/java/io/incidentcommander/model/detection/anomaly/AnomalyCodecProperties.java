// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.model.detection.anomaly;

import static org.assertj.core.api.Assertions.assertThat;

import io.incidentcommander.model.codec.CodecTypeInfo;
import io.incidentcommander.model.ingest.AlertId;
import io.incidentcommander.model.ingest.MetricPoint;
import java.io.IOException;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.apache.flink.api.common.serialization.SerializerConfigImpl;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;

/** What is kept of a series comes back equal, by the type Flink extracts. */
class AnomalyCodecProperties {
    @Property(tries = 100)
    void readings(@ForAll String place, @ForAll long number, @ForAll double value)
            throws IOException {
        assertSurvives(
                SeriesReading.of(point(new AlertId("s", place, number, 3), number, value)),
                SeriesReading.class);
    }

    @Property(tries = 100)
    void watchedSeries(
            @ForAll @Size(max = BaselineMemory.MOST_NUMBERS) double[] numbers,
            @ForAll @Size(max = BaselineMemory.MOST_CELLS) float[] cells,
            @ForAll long lastMillis,
            @ForAll double reach,
            @ForAll int streak)
            throws IOException {
        BaselineMemory.Writer memory = new BaselineMemory.Writer();
        for (double number : numbers) {
            memory.number(number);
        }
        WatchedSeries usual =
                WatchedSeries.usual(memory.table(cells).written(), lastMillis).withStreak(streak);
        assertSurvives(usual, WatchedSeries.class);
        assertSurvives(usual.began(reach, 1).withStreak(streak), WatchedSeries.class);
        assertSurvives(usual.began(reach, 1).ended(), WatchedSeries.class);
    }

    @Property(tries = 100)
    void theLaterReadingIsTheSameInWhicheverOrder(
            @ForAll long one, @ForAll long other, @ForAll boolean sameTime) {
        SeriesReading first = SeriesReading.of(point(new AlertId("s", "p", one, 0), one, 1));
        SeriesReading second =
                SeriesReading.of(point(new AlertId("s", "p", other, 0), sameTime ? one : other, 2));

        if (!first.point().equals(second.point())) {
            assertThat(first.or(second)).isEqualTo(second.or(first));
        }
        assertThat(first.or(second).timeMillis())
                .isEqualTo(Math.max(first.timeMillis(), second.timeMillis()));
    }

    private static MetricPoint point(AlertId id, long timeMillis, double value) {
        return new MetricPoint(id, "t", "s", "m", timeMillis, value, "", Map.of());
    }

    private static <T> void assertSurvives(T value, Class<T> type) throws IOException {
        TypeInformation<T> info = TypeInformation.of(type);
        assertThat(info).isInstanceOf(CodecTypeInfo.class);
        TypeSerializer<T> serializer = info.createSerializer(new SerializerConfigImpl());
        DataOutputSerializer out = new DataOutputSerializer(64);
        serializer.serialize(value, out);
        DataInputDeserializer in = new DataInputDeserializer(out.getCopyOfBuffer());
        assertThat(serializer.deserialize(in)).isEqualTo(value);
        assertThat(in.available()).isZero();
    }
}
