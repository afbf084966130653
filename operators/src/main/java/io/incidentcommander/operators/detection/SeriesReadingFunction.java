// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.operators.detection;

import io.incidentcommander.model.detection.DetectionEvent;
import io.incidentcommander.model.detection.DetectionEvent.Kind;
import io.incidentcommander.model.ingest.MetricPoint;
import java.util.List;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.java.tuple.Tuple3;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.util.Collector;

/**
 * Keyed by series: the highest point of each {@link #EVERY_MILLIS} of event time, once the
 * watermark has closed it, so that a pattern sees few readings however often a metric is sent.
 *
 * <p>State: the reading of each time that is open; bound by how far the watermark lags.
 */
public final class SeriesReadingFunction
        extends KeyedProcessFunction<Tuple3<String, String, String>, MetricPoint, DetectionEvent> {
    private static final long serialVersionUID = 1L;

    public static final long EVERY_MILLIS = 10_000;

    private transient MapState<Long, DetectionEvent> open;

    /** The name of a point's series within its service. */
    public static String series(MetricPoint point) {
        return point.dimensions().isEmpty()
                ? point.metric()
                : point.metric() + " " + point.dimensions();
    }

    @Override
    public void open(OpenContext context) {
        open =
                getRuntimeContext()
                        .getMapState(
                                new MapStateDescriptor<>(
                                        "open-readings",
                                        Types.LONG,
                                        TypeInformation.of(DetectionEvent.class)));
    }

    @Override
    public void processElement(MetricPoint point, Context at, Collector<DetectionEvent> out)
            throws Exception {
        long end =
                Math.floorDiv(point.timeMillis(), EVERY_MILLIS) * EVERY_MILLIS + EVERY_MILLIS - 1;
        if (Double.isNaN(point.value()) || end <= at.timerService().currentWatermark()) {
            return;
        }
        DetectionEvent known = open.get(end);
        if (known == null || point.value() > known.value().orElse(Double.NEGATIVE_INFINITY)) {
            open.put(
                    end,
                    new DetectionEvent(
                            Kind.READING,
                            point.id(),
                            point.tenant(),
                            point.service(),
                            series(point),
                            end,
                            point.value(),
                            List.of()));
        }
        at.timerService().registerEventTimeTimer(end);
    }

    @Override
    public void onTimer(long end, OnTimerContext at, Collector<DetectionEvent> out)
            throws Exception {
        DetectionEvent reading = open.get(end);
        if (reading != null) {
            out.collect(reading);
            open.remove(end);
        }
    }
}
