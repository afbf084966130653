// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.jobs.cli;

import io.incidentcommander.model.audit.RecordOutcome;
import io.incidentcommander.model.ingest.AlertFormat;
import io.incidentcommander.model.ingest.MetricPoint;
import io.incidentcommander.udfs.ingest.DecodeOutcome;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What a human is told of messages that are none of the printed alerts: why they are not, and what
 * telemetry they carry. Bounded: {@value #MAX_KINDS} kinds, {@value #MAX_NAMES} names of metrics.
 */
final class DecodingNotes {
    static final int MAX_KINDS = 16;
    static final int MAX_NAMES = 8;

    private final Map<String, Long> kinds = new LinkedHashMap<>();
    private final Set<String> metricNames = new LinkedHashSet<>();
    private long points;
    private long logs;

    void take(DecodeOutcome outcome) {
        points += outcome.metrics().size();
        logs += outcome.logs().size();
        for (MetricPoint point : outcome.metrics()) {
            if (metricNames.size() <= MAX_NAMES) {
                metricNames.add(point.metric());
            }
        }
        if (outcome.outcome() == RecordOutcome.NOT_AN_ALERT
                || outcome.outcome() == RecordOutcome.ECHO) {
            String format = outcome.format().map(AlertFormat::optionName).orElse("unknown");
            String word = outcome.outcome() == RecordOutcome.ECHO ? "echo" : "not an alert";
            String kind = word + " (" + format + "): " + outcome.reason();
            if (kinds.size() < MAX_KINDS || kinds.containsKey(kind)) {
                kinds.merge(kind, 1L, Long::sum);
            }
        }
    }

    /** {@code 3 x not an alert (cloudwatch-sns): ...}. */
    List<String> lines() {
        List<String> lines = new ArrayList<>();
        kinds.forEach((kind, count) -> lines.add(count + " x " + kind));
        if (points + logs > 0) {
            lines.add("telemetry: " + points + " metric points" + names() + ", " + logs + " logs");
        }
        return lines;
    }

    private String names() {
        if (metricNames.isEmpty()) {
            return "";
        }
        List<String> names = new ArrayList<>(metricNames);
        boolean more = names.size() > MAX_NAMES;
        return " ("
                + String.join(", ", names.subList(0, Math.min(MAX_NAMES, names.size())))
                + (more ? ", ...)" : ")");
    }
}
