// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.integration.quality;

import io.incidentcommander.datagen.correlation.Grouper;
import io.incidentcommander.datagen.correlation.Groups;
import io.incidentcommander.datagen.storm.ServiceGraph;
import io.incidentcommander.jobs.configuration.ConfigurationLoader;
import io.incidentcommander.jobs.topology.AlertPathSettings;
import io.incidentcommander.model.audit.IncidentEvent;
import io.incidentcommander.model.correlation.CorrelationSnapshot;
import io.incidentcommander.model.lifecycle.Incident;
import io.incidentcommander.model.sampling.NotableAlert;
import io.incidentcommander.udfs.correlation.Assignment;
import io.incidentcommander.udfs.correlation.CorrelationPolicy;
import io.incidentcommander.udfs.correlation.TenantCorrelation;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What the job does, with its defaults. Merged incidents count as the one that took them over. */
final class CorrelatorGrouper implements Grouper {
    @Override
    public String title() {
        return "Incident Commander";
    }

    /** The options as they are when nobody sets any. */
    static CorrelationPolicy policy() {
        return policy(Map.of());
    }

    /** With some of them set. */
    static CorrelationPolicy policy(Map<String, String> options) {
        return AlertPathSettings.live(
                        new ConfigurationLoader().layer("the score", options).load(), Map.of())
                .correlation();
    }

    @Override
    public Groups group(ServiceGraph graph, List<NotableAlert> alerts) {
        TenantCorrelation tenant = new TenantCorrelation(policy(), CorrelationSnapshot.empty());
        tenant.topology(ScenarioAlerts.topology(graph));
        Map<String, Incident> last = new HashMap<>();
        Map<String, Long> opened = new HashMap<>();
        String[] of = new String[alerts.size()];
        for (int i = 0; i < alerts.size(); i++) {
            tenant.seen(alerts.get(i).alert().eventTimeMillis(), 1);
            Assignment assignment = tenant.take(alerts.get(i));
            for (IncidentEvent event : assignment.events()) {
                last.put(event.incidentId(), event.incident());
                opened.putIfAbsent(event.incidentId(), event.eventTimeMillis());
            }
            of[i] = assignment.incidentId().orElse("");
        }
        Groups.Builder groups = Groups.of(alerts.size());
        Map<String, Integer> numbers = new HashMap<>();
        for (int i = 0; i < of.length; i++) {
            if (last.containsKey(of[i])) {
                String id = standing(of[i], last);
                groups.put(
                        i,
                        numbers.computeIfAbsent(
                                id,
                                k -> groups.open(opened.get(k), last.get(k).grounds().origins())));
            }
        }
        return groups.build();
    }

    private static String standing(String id, Map<String, Incident> last) {
        String at = id;
        for (Optional<String> into = last.get(at).mergedInto();
                into.isPresent();
                into = last.get(at).mergedInto()) {
            at = into.get();
        }
        return at;
    }
}
