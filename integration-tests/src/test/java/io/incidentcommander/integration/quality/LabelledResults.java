// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.integration.quality;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import io.incidentcommander.connectors.ingest.AlertFile;
import io.incidentcommander.connectors.ingest.AlertFileRecords;
import io.incidentcommander.connectors.ingest.CsvHeader;
import io.incidentcommander.connectors.ingest.Framing;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The results of {@code detect} beside the labels of its input, a CSV file whose last columns are
 * {@code time_label} and {@code event_label} and hold no commas.
 */
final class LabelledResults {
    private static final ObjectReader JSON = new ObjectMapper().reader();
    private static final String NO_WINDOW = "false_positive";
    private static final String NO_PHASE = "-";

    private LabelledResults() {}

    static GroupingScore score(Path input, Path results) throws IOException {
        Map<Long, String[]> labels = labelsByLine(input);
        List<LabelledAlert> alerts = new ArrayList<>();
        try (BufferedReader rows = Files.newBufferedReader(results.resolve("alerts.ndjson"))) {
            for (String row = rows.readLine(); row != null; row = rows.readLine()) {
                JsonNode alert = JSON.readTree(row);
                String[] label = labels.get(alert.path("offset").asLong());
                alerts.add(
                        new LabelledAlert(
                                alert.path("disposition").asText(),
                                alert.path("incident_id").asText(""),
                                label[0].equals(NO_WINDOW) ? "" : label[0],
                                label[1].equals(NO_PHASE) ? "" : label[1]));
            }
        }
        return new GroupingScore(alerts, standing(results.resolve("incidents.ndjson")));
    }

    private static Map<Long, String[]> labelsByLine(Path input) throws IOException {
        List<String> columns = CsvHeader.read(input);
        int last = columns.size() - 1;
        if (!columns.subList(last - 1, last + 1).equals(List.of("time_label", "event_label"))) {
            throw new IOException(input + " does not end in time_label,event_label: " + columns);
        }
        Map<Long, String[]> labels = new HashMap<>();
        AlertFileRecords.forEach(
                AlertFile.of("labels", input.toString(), Framing.CSV),
                record -> {
                    String row = new String(record.bytes(), StandardCharsets.UTF_8);
                    int event = row.lastIndexOf(',');
                    int time = row.lastIndexOf(',', event - 1);
                    labels.put(
                            record.offset(),
                            new String[] {
                                row.substring(time + 1, event).intern(),
                                row.substring(event + 1).intern()
                            });
                });
        return labels;
    }

    private static long standing(Path incidents) throws IOException {
        long standing = 0;
        for (String line : Files.readAllLines(incidents)) {
            standing += JSON.readTree(line).hasNonNull("merged_into") ? 0 : 1;
        }
        return standing;
    }
}
