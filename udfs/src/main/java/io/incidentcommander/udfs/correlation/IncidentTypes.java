// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.udfs.correlation;

import io.incidentcommander.model.ingest.Alert;
import io.incidentcommander.model.lifecycle.IncidentType;
import java.util.Locale;

/**
 * A first guess at the type, by the words in the alert's name. The first line that has a word in
 * the name decides; the order is from the specific to the general.
 */
final class IncidentTypes {
    private static final Line[] LINES = {
        new Line(IncidentType.MEMORY_LEAK, "memory", "heap", "oom", "rss"),
        new Line(IncidentType.STORAGE_FAILURE, "disk", "volume", "storage", "ebs", "filesystem"),
        new Line(IncidentType.DATABASE_FAILURE, "database", "sql", "postgres", "rds", "pool", "db"),
        new Line(IncidentType.DDOS, "ddos", "syn flood", "flood", "waf"),
        new Line(IncidentType.DEPLOYMENT_REGRESSION, "deploy", "rollout", "release"),
        new Line(IncidentType.API_OVERLOAD, "latency", "throttl", "overload", "request", "5xx"),
        new Line(IncidentType.DEPENDENCY_FAILURE, "upstream", "dependency", "timeout"),
        new Line(IncidentType.RESOURCE_EXHAUSTION, "cpu", "quota", "exhaust", "limit", "full"),
    };

    private IncidentTypes() {}

    static IncidentType guess(Alert alert) {
        String name = alert.name().toLowerCase(Locale.ROOT);
        for (Line line : LINES) {
            for (String word : line.words) {
                if (name.contains(word)) {
                    return line.type;
                }
            }
        }
        return IncidentType.UNKNOWN;
    }

    private static final class Line {
        private final IncidentType type;
        private final String[] words;

        Line(IncidentType type, String... words) {
            this.type = type;
            this.words = words;
        }
    }
}
