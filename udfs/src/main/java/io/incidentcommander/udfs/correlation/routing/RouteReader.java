// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.udfs.correlation.routing;

import io.incidentcommander.udfs.correlation.calendar.TimeIntervals;
import io.incidentcommander.udfs.correlation.matching.Matchers;
import io.incidentcommander.udfs.correlation.yaml.Values;
import io.incidentcommander.udfs.correlation.yaml.YamlNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Reads a routing tree; what is wrong goes to the document's problems. */
public final class RouteReader {
    private static final Set<String> KEYS =
            Set.of(
                    "receiver",
                    "group_by",
                    "matchers",
                    "continue",
                    "mute_time_intervals",
                    "active_time_intervals",
                    "routes");

    private final Map<String, TimeIntervals> intervals;

    /**
     * @param intervals that routes may name
     */
    public RouteReader(Map<String, TimeIntervals> intervals) {
        this.intervals = intervals;
    }

    public Route read(YamlNode node) {
        Map<String, YamlNode> fields = node.fields(KEYS);
        for (String notAtRoot :
                List.of("matchers", "continue", "mute_time_intervals", "active_time_intervals")) {
            if (fields.containsKey(notAtRoot)) {
                fields.get(notAtRoot)
                        .problem(notAtRoot + " is not for the root, which takes everything");
            }
        }
        return one(node, fields, "route", "", List.of());
    }

    private Route one(
            YamlNode node,
            Map<String, YamlNode> fields,
            String path,
            String receiver,
            List<String> groupBy) {
        String ownReceiver =
                fields.containsKey("receiver") ? fields.get("receiver").text() : receiver;
        List<String> ownGroupBy =
                fields.containsKey("group_by") ? fields.get("group_by").texts() : groupBy;
        if (ownGroupBy.contains(Route.ALL_LABELS) && ownGroupBy.size() > 1) {
            fields.getOrDefault("group_by", node)
                    .problem("'...' is by all labels, and stands alone");
        }
        Route.Builder route =
                Route.builder()
                        .path(path)
                        .matchers(matchers(fields))
                        .receiver(ownReceiver)
                        .groupBy(ownGroupBy)
                        .mutedAt(named(fields.get("mute_time_intervals")))
                        .activeAt(named(fields.get("active_time_intervals")))
                        .children(children(fields, path, ownReceiver, ownGroupBy));
        if (fields.containsKey("continue") && isTrue(fields.get("continue"))) {
            route.goesOn();
        }
        return route.build();
    }

    private List<Route> children(
            Map<String, YamlNode> fields, String path, String receiver, List<String> groupBy) {
        List<Route> children = new ArrayList<>();
        if (fields.containsKey("routes")) {
            for (YamlNode item : fields.get("routes").items()) {
                String below = path + ".routes[" + children.size() + "]";
                children.add(one(item, item.fields(KEYS), below, receiver, groupBy));
            }
        }
        return children;
    }

    private static Matchers matchers(Map<String, YamlNode> fields) {
        return fields.containsKey("matchers")
                ? Values.matchers(fields.get("matchers"))
                : Matchers.of();
    }

    private List<TimeIntervals> named(YamlNode node) {
        List<TimeIntervals> found = new ArrayList<>();
        for (YamlNode item : node == null ? List.<YamlNode>of() : node.items()) {
            TimeIntervals times = intervals.get(item.text());
            if (times == null) {
                item.problem(
                        "no time interval " + item.text() + "; there are " + intervals.keySet());
            } else {
                found.add(times);
            }
        }
        return found;
    }

    private static boolean isTrue(YamlNode node) {
        String text = node.text();
        if (!text.equals("true") && !text.equals("false")) {
            node.problem("'" + text + "' is neither true nor false");
        }
        return text.equals("true");
    }
}
