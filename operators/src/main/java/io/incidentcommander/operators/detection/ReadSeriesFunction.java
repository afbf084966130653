// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.operators.detection;

import io.incidentcommander.model.detection.DetectionEvent;
import io.incidentcommander.model.detection.DetectionEvent.Kind;
import io.incidentcommander.model.ingest.MetricPoint;
import java.util.List;
import org.apache.flink.streaming.api.functions.ProcessFunction;
import org.apache.flink.util.Collector;

/**
 * Points as readings, each at the end of the {@link #EVERY_MILLIS} of event time that it belongs
 * to; the gate keeps the highest of a time, so that a pattern sees few readings however often a
 * metric is sent. No state.
 */
public final class ReadSeriesFunction extends ProcessFunction<MetricPoint, DetectionEvent> {
    private static final long serialVersionUID = 1L;

    public static final long EVERY_MILLIS = 10_000;

    /** The name of a point's series within its service. */
    public static String series(MetricPoint point) {
        return point.dimensions().isEmpty()
                ? point.metric()
                : point.metric() + " " + point.dimensions();
    }

    @Override
    public void processElement(MetricPoint point, Context at, Collector<DetectionEvent> out) {
        if (!Double.isNaN(point.value())) {
            long begin = Math.floorDiv(point.timeMillis(), EVERY_MILLIS) * EVERY_MILLIS;
            out.collect(
                    new DetectionEvent(
                            Kind.READING,
                            point.id(),
                            point.tenant(),
                            point.service(),
                            series(point),
                            begin + EVERY_MILLIS - 1,
                            point.value(),
                            List.of()));
        }
    }
}
