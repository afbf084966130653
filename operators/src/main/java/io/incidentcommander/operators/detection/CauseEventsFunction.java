// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.operators.detection;

import io.incidentcommander.model.audit.IncidentEvent;
import io.incidentcommander.model.audit.IncidentEventKind;
import io.incidentcommander.model.detection.DetectionEvent;
import io.incidentcommander.model.detection.DetectionEvent.Kind;
import io.incidentcommander.model.ingest.AlertId;
import io.incidentcommander.model.lifecycle.Incident;
import java.util.List;
import org.apache.flink.streaming.api.functions.ProcessFunction;
import org.apache.flink.util.Collector;

/**
 * The beginnings and ends of incidents, by the service they come from and their cause. As the cause
 * may be known only later, every change before the end counts as a beginning.
 */
public final class CauseEventsFunction extends ProcessFunction<IncidentEvent, DetectionEvent> {
    private static final long serialVersionUID = 1L;

    @Override
    public void processElement(IncidentEvent event, Context at, Collector<DetectionEvent> out) {
        Incident incident = event.incident();
        List<String> origins =
                incident.grounds().origins().isEmpty()
                        ? incident.services()
                        : incident.grounds().origins();
        if (origins.isEmpty() || incident.mergedInto().isPresent()) {
            return;
        }
        AlertId id =
                event.causingAlerts().isEmpty()
                        ? new AlertId("incident", incident.incidentId(), event.sequence(), 0)
                        : event.causingAlerts().get(0);
        out.collect(
                new DetectionEvent(
                        event.kind() == IncidentEventKind.CLOSED ? Kind.FIXED : Kind.OPENED,
                        id,
                        event.tenant(),
                        origins.get(0),
                        incident.type().word(),
                        event.eventTimeMillis(),
                        Double.NaN,
                        List.of()));
    }
}
