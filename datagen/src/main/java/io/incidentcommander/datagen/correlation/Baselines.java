// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.datagen.correlation;

import io.incidentcommander.datagen.storm.ServiceGraph;
import io.incidentcommander.model.ingest.Alert;
import io.incidentcommander.model.sampling.NotableAlert;
import io.incidentcommander.model.sampling.NotifyReason;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Three simple ways of grouping, each in the form in which it is used. */
public enum Baselines implements Grouper {
    /** Alerts of one service, with no gap of five minutes between them. */
    SERVICE_AND_GAP("service and gap") {
        @Override
        public Groups group(ServiceGraph graph, List<NotableAlert> alerts) {
            Groups.Builder groups = Groups.of(alerts.size());
            Map<String, Integer> open = new HashMap<>();
            Map<String, Long> last = new HashMap<>();
            for (int i = 0; i < alerts.size(); i++) {
                Alert alert = alerts.get(i).alert();
                long time = alert.eventTimeMillis();
                Long before = last.get(alert.service());
                boolean goesOn = before != null && time - before <= FIVE_MINUTES;
                if (!goesOn && alerts.get(i).reason() == NotifyReason.RESOLVED) {
                    continue;
                }
                if (!goesOn) {
                    open.put(alert.service(), groups.open(time, List.of(alert.service())));
                }
                last.put(alert.service(), time);
                groups.put(i, open.get(alert.service()));
            }
            return groups.build();
        }
    },

    /**
     * Alertmanager's: {@code group_by: [alertname, region]}; a group is one notification thread
     * from its first alert until none of it fires.
     */
    LABELS("labels (alertname, region)") {
        @Override
        public Groups group(ServiceGraph graph, List<NotableAlert> alerts) {
            Groups.Builder groups = Groups.of(alerts.size());
            Map<String, Integer> open = new HashMap<>();
            Map<String, Set<Object>> firing = new HashMap<>();
            for (int i = 0; i < alerts.size(); i++) {
                Alert alert = alerts.get(i).alert();
                String key = alert.name() + " " + alert.labels().get("region");
                boolean resolved = alerts.get(i).reason() == NotifyReason.RESOLVED;
                Set<Object> members = firing.computeIfAbsent(key, k -> new HashSet<>());
                if (members.isEmpty() && resolved) {
                    continue;
                }
                if (members.isEmpty()) {
                    open.put(key, groups.open(alert.eventTimeMillis(), List.of(alert.service())));
                }
                groups.put(i, open.get(key));
                if (resolved) {
                    members.remove(alert.fingerprint());
                } else {
                    members.add(alert.fingerprint());
                }
            }
            return groups.build();
        }
    },

    /**
     * All alerts of a window of five minutes whose services are connected by calls between services
     * that have alerts in it.
     */
    COMPONENT_AND_WINDOW("component and window") {
        @Override
        public Groups group(ServiceGraph graph, List<NotableAlert> alerts) {
            Groups.Builder groups = Groups.of(alerts.size());
            for (int from = 0; from < alerts.size(); ) {
                long window = window(alerts.get(from));
                int to = from;
                while (to < alerts.size() && window(alerts.get(to)) == window) {
                    to++;
                }
                components(graph, alerts, from, to, groups);
                from = to;
            }
            return groups.build();
        }
    };

    private static final long FIVE_MINUTES = 300_000;

    private final String title;

    Baselines(String title) {
        this.title = title;
    }

    @Override
    public String title() {
        return title;
    }

    private static long window(NotableAlert alert) {
        return Math.floorDiv(alert.alert().eventTimeMillis(), FIVE_MINUTES);
    }

    private static void components(
            ServiceGraph graph, List<NotableAlert> alerts, int from, int to, Groups.Builder out) {
        Map<Integer, Integer> parent = new LinkedHashMap<>();
        for (int i = from; i < to; i++) {
            if (alerts.get(i).reason() != NotifyReason.RESOLVED) {
                int service = graph.number(alerts.get(i).alert().service());
                parent.put(service, service);
            }
        }
        for (int service : parent.keySet()) {
            for (int callee : service < 0 ? new int[0] : graph.dependencies(service)) {
                if (parent.containsKey(callee)) {
                    parent.put(top(parent, callee), top(parent, service));
                }
            }
        }
        Map<Integer, Integer> incidents = new HashMap<>();
        for (int i = from; i < to; i++) {
            Alert alert = alerts.get(i).alert();
            int service = graph.number(alert.service());
            if (parent.containsKey(service)) {
                out.put(
                        i,
                        incidents.computeIfAbsent(
                                top(parent, service),
                                top ->
                                        out.open(
                                                alert.eventTimeMillis(),
                                                List.of(alert.service()))));
            }
        }
    }

    private static int top(Map<Integer, Integer> parent, int service) {
        int at = service;
        while (parent.get(at) != at) {
            at = parent.get(at);
        }
        return at;
    }
}
