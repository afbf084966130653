// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.jobs.audit;

import io.incidentcommander.model.audit.ChainHead;
import io.incidentcommander.model.audit.IncidentEvent;
import io.incidentcommander.model.audit.IncidentEventKind;
import io.incidentcommander.model.ingest.Severity;
import io.incidentcommander.model.lifecycle.Incident;
import io.incidentcommander.udfs.audit.ChainCopy;
import io.incidentcommander.udfs.audit.IncidentEventChain;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Chains of events for tests, and a store in memory. */
public final class Chains {
    private static final long T0 = 1_700_000_000_000L;

    private Chains() {}

    /** Opened, then updated once a second; the services grow. */
    public static List<IncidentEvent> of(String incidentId, int length) {
        return of(incidentId, "orders is slow", length);
    }

    public static List<IncidentEvent> of(String incidentId, String title, int length) {
        List<IncidentEvent> events = new ArrayList<>();
        ChainHead head = ChainHead.genesis();
        for (int i = 0; i < length; i++) {
            IncidentEvent event =
                    IncidentEventChain.next(
                            head,
                            i == 0 ? IncidentEventKind.OPENED : IncidentEventKind.UPDATED,
                            Incident.builder()
                                    .incidentId(incidentId)
                                    .tenant("acme")
                                    .severity(Severity.HIGH)
                                    .services(List.of("orders", "s" + i))
                                    .openedAtMillis(T0)
                                    .updatedAtMillis(T0 + 1_000 * i)
                                    .title(title)
                                    .build(),
                            T0 + 1_000 * i,
                            "correlation",
                            "alert " + i,
                            List.of());
            events.add(event);
            head = event.head();
        }
        return events;
    }

    public static Optional<ChainHead> head(List<IncidentEvent> events) {
        return Optional.of(events.get(events.size() - 1).head());
    }

    /** Holds one chain. */
    static final class InMemory implements ChainStore {
        private List<IncidentEvent> events;
        private Optional<ChainHead> head;

        InMemory(List<IncidentEvent> events, Optional<ChainHead> head) {
            this.events = events;
            this.head = head;
        }

        @Override
        public ChainCopy read(String incidentId) {
            return new ChainCopy(events, head, List.of());
        }

        @Override
        public int mend(List<IncidentEvent> chain) {
            events = chain;
            head = Chains.head(chain);
            return 1;
        }

        @Override
        public String label() {
            return "memory";
        }
    }
}
