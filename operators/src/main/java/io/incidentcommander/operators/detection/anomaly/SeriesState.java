// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.operators.detection.anomaly;

import io.incidentcommander.model.detection.anomaly.SeriesReading;
import io.incidentcommander.model.detection.anomaly.WatchedSeries;
import io.incidentcommander.model.ingest.MetricPoint;
import java.io.IOException;
import java.util.Optional;
import org.apache.flink.api.common.state.KeyedStateStore;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;

/**
 * The keyed state of baselines, by (tenant, series): when the series last had a point, what it is
 * called, what is usual for it, and readings of minutes that are not over. Owns names and types.
 * Bound: readings end with their minute, all else 49 h after the last point, by timers; some 5 KiB
 * for a series besides its name. No TTL.
 */
final class SeriesState {
    /** Every series that is watched has it. */
    static final String LAST_SEEN = "series-last-seen";

    private final ValueState<Long> lastSeen;
    private final ValueState<MetricPoint> name;
    private final ValueState<WatchedSeries> watched;
    private final MapState<Long, SeriesReading> open;

    SeriesState(KeyedStateStore store) {
        lastSeen = store.getState(new ValueStateDescriptor<>(LAST_SEEN, Types.LONG));
        name = store.getState(new ValueStateDescriptor<>("series-name", MetricPoint.class));
        watched =
                store.getState(new ValueStateDescriptor<>("series-baseline", WatchedSeries.class));
        open =
                store.getMapState(
                        new MapStateDescriptor<>(
                                "series-readings",
                                Types.LONG,
                                TypeInformation.of(SeriesReading.class)));
    }

    Optional<Long> lastSeen() throws IOException {
        return Optional.ofNullable(lastSeen.value());
    }

    void seen(long timeMillis) throws IOException {
        lastSeen.update(timeMillis);
    }

    void begin(MetricPoint first) throws IOException {
        name.update(first);
    }

    /** Some point of the series. */
    MetricPoint name() throws IOException {
        return name.value();
    }

    Optional<WatchedSeries> watched() throws IOException {
        return Optional.ofNullable(watched.value());
    }

    void watched(WatchedSeries series) throws IOException {
        watched.update(series);
    }

    /** Whether it is the first of its minute. */
    boolean add(long minuteMillis, SeriesReading reading) throws Exception {
        SeriesReading before = open.get(minuteMillis);
        open.put(minuteMillis, before == null ? reading : before.or(reading));
        return before == null;
    }

    SeriesReading take(long minuteMillis) throws Exception {
        SeriesReading reading = open.get(minuteMillis);
        open.remove(minuteMillis);
        return reading;
    }

    void forget() {
        lastSeen.clear();
        name.clear();
        watched.clear();
        open.clear();
    }
}
