// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.jobs.finite;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.incidentcommander.model.diagnosis.LogFinding;
import io.incidentcommander.model.diagnosis.logs.ServiceLogs;
import java.io.IOException;
import java.io.Writer;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * What was out of the ordinary in logs, a line for each kind of entry of a service, as it was when
 * chance explained it least. In the order of the first entry.
 */
final class LogReport {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Comparator<Row> STRONGEST =
            Comparator.comparingDouble((Row row) -> row.finding.chance())
                    .thenComparingLong(row -> -row.finding.count())
                    .thenComparingLong(row -> row.finding.firstMillis());
    private static final Comparator<Row> IN_TIME =
            Comparator.comparingLong((Row row) -> row.finding.firstMillis())
                    .thenComparing(row -> row.tenant)
                    .thenComparing(row -> row.finding.service())
                    .thenComparing(row -> row.finding.id());

    private LogReport() {}

    static void write(Spill<ServiceLogs> told, Writer out) throws IOException {
        Map<List<String>, Row> rows = new HashMap<>();
        told.forEach(
                (logs, file, position) -> {
                    for (LogFinding finding : logs.findings()) {
                        rows.merge(
                                List.of(logs.tenant(), logs.service(), finding.id()),
                                new Row(logs.tenant(), finding),
                                (one, other) -> STRONGEST.compare(one, other) <= 0 ? one : other);
                    }
                });
        List<Row> ordered = rows.values().stream().sorted(IN_TIME).collect(Collectors.toList());
        for (Row row : ordered) {
            out.write(JSON.writeValueAsString(row.json()));
            out.write('\n');
        }
    }

    private static final class Row {
        private final String tenant;
        private final LogFinding finding;

        Row(String tenant, LogFinding finding) {
            this.tenant = tenant;
            this.finding = finding;
        }

        ObjectNode json() {
            return JSON.createObjectNode()
                    .put("log_id", finding.id())
                    .put("tenant", tenant)
                    .put("service", finding.service())
                    .put("severity", finding.severity().name())
                    .put("template", finding.template())
                    .put("example", finding.example())
                    .put("count", finding.count())
                    .put("usual", finding.usual())
                    .put("chance", finding.chance())
                    .put("first_at", Instant.ofEpochMilli(finding.firstMillis()).toString())
                    .put("last_at", Instant.ofEpochMilli(finding.lastMillis()).toString());
        }
    }
}
