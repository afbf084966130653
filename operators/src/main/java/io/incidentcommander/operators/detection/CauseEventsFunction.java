// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.operators.detection;

import io.incidentcommander.model.audit.IncidentEvent;
import io.incidentcommander.model.detection.DetectionEvent;
import io.incidentcommander.udfs.detection.Recurrences;
import org.apache.flink.streaming.api.functions.ProcessFunction;
import org.apache.flink.util.Collector;

/** The beginnings and ends of incidents, by the service they come from and their cause. */
public final class CauseEventsFunction extends ProcessFunction<IncidentEvent, DetectionEvent> {
    private static final long serialVersionUID = 1L;

    @Override
    public void processElement(IncidentEvent event, Context at, Collector<DetectionEvent> out) {
        Recurrences.of(event).ifPresent(out::collect);
    }
}
