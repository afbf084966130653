// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.udfs.correlation;

import io.incidentcommander.model.correlation.Topology;
import io.incidentcommander.model.correlation.TopologyDirection;
import io.incidentcommander.model.ingest.Alert;
import java.util.List;

/** Why an alert is part of an incident, in words for whoever is on call. */
final class Reasons {
    private Reasons() {}

    static String of(Alert alert, Relation relation, int candidates, Topology topology) {
        String after = seconds(relation.afterMillis()) + " after the incident's last alert";
        String chance =
                ": by chance 1 in "
                        + Math.round(1 / Math.max(relation.chance(), 1e-12))
                        + (candidates > 1 ? ", with " + candidates + " incidents in reach" : "");
        switch (relation.rule()) {
            case SERVICE:
                return "same service " + alert.service() + ", " + after + " there" + chance;
            case TOPOLOGY:
                return "topology "
                        + path(relation.by(), alert.service(), topology)
                        + ", "
                        + after
                        + " at "
                        + relation.by()
                        + chance;
            case LABEL:
                return "same " + relation.by() + ", " + after + " with it" + chance;
            default:
                return "similar text on another service, " + after + " with it" + chance;
        }
    }

    /**
     * @param significance the chance, of all candidates together, at which it is no explanation
     */
    static String unrelated(
            Alert alert, Candidates candidates, double significance, Topology topology) {
        return "related to no open incident"
                + candidates
                        .nearest()
                        .map(
                                nearest ->
                                        "; the nearest: "
                                                + of(alert, nearest, candidates.size(), topology)
                                                + ", and it takes 1 in "
                                                + Math.round(candidates.size() / significance))
                        .orElse(": none was near by service, label or text");
    }

    static String recurrence(AlertRates usual) {
        return "recurrence: its kind was part of this incident within a day, and came "
                + times(usual.kind())
                + " in about a day";
    }

    static String background(double aDay) {
        return "background: its kind comes " + times(aDay) + " a day without an incident";
    }

    static String alone(double chance) {
        return "related to no open incident, and nothing as unusual comes by itself: by chance 1 in"
                + " "
                + Math.round(1 / Math.max(chance, 1e-12));
    }

    static String watched(double chance, long millis) {
        return "watched: related to no open incident, and with a chance of "
                + Math.round(100 * chance)
                + " % something as unusual comes within "
                + seconds(millis)
                + " anyway";
    }

    static String routine(AlertRates usual) {
        return "routine: alerts of this text came "
                + times(usual.trait(0))
                + " in about a day, last in this incident";
    }

    static String oneCause(OutbreakLinks.Link link, Topology topology) {
        return "one cause: "
                + (link.service().equals(link.other())
                        ? "both at " + link.service()
                        : "near along " + path(link.other(), link.service(), topology))
                + ", "
                + seconds(link.afterMillis())
                + " apart: that each broke by itself, 1 in "
                + Math.round(1 / Math.max(link.chance(), 1e-12));
    }

    private static String path(String from, String to, Topology topology) {
        List<String> down = topology.path(from, to, TopologyDirection.CALLEES);
        if (!down.isEmpty()) {
            return String.join(" -> ", down);
        }
        List<String> up = topology.path(to, from, TopologyDirection.CALLEES);
        return up.isEmpty()
                ? String.join(" - ", topology.path(from, to, TopologyDirection.EITHER))
                : String.join(" -> ", up);
    }

    private static String times(double count) {
        long rounded = Math.round(count);
        return rounded == 1 ? "once" : rounded + " times";
    }

    private static String seconds(long millis) {
        return millis / 1000 + " s";
    }
}
