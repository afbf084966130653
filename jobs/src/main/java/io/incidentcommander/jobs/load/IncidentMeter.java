// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.jobs.load;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.incidentcommander.model.audit.IncidentEvent;
import io.incidentcommander.model.audit.IncidentEventKind;
import java.util.EnumMap;
import java.util.Map;

/** Counts what became of incidents in the load run in this process. Thread safe. */
final class IncidentMeter {
    private static final Map<IncidentEventKind, Long> EVENTS =
            new EnumMap<>(IncidentEventKind.class);

    private IncidentMeter() {}

    static synchronized void clear() {
        EVENTS.clear();
    }

    static synchronized void count(IncidentEvent event) {
        EVENTS.merge(event.kind(), 1L, Long::sum);
    }

    static synchronized void describe(ObjectNode json) {
        for (IncidentEventKind kind : IncidentEventKind.values()) {
            json.put(kind.word(), EVENTS.getOrDefault(kind, 0L));
        }
    }
}
