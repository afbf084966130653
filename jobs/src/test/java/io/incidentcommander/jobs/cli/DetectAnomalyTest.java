// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.jobs.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.incidentcommander.jobs.CommanderCli;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A metric by the minute, four days with a daily course, and twenty minutes of the last shifted.
 */
class DetectAnomalyTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final long BEGIN = 1_700_006_400_000L;
    private static final int DAY = 1_440;
    private static final int MINUTES = 4 * DAY;
    private static final int SHIFTED = MINUTES - 300;

    @TempDir static Path directory;
    private static String input;
    private static String told;

    private final StringWriter out = new StringWriter();

    @BeforeAll
    static void detect() throws IOException {
        input = directory.resolve("metrics.ndjson").toString();
        Files.write(Path.of(input), lines());
        for (String parallelism : List.of("1", "2")) {
            told = detect("results-" + parallelism, "--parallelism", parallelism);
        }
    }

    @Test
    void theIncidentNamesTheSeriesAndSaysWhatWasExpected() throws IOException {
        List<JsonNode> incidents = rows("results-2", "incidents.ndjson");

        assertThat(incidents).hasSize(1);
        JsonNode incident = incidents.get(0);
        assertThat(incident.path("title").asText())
                .matches(
                        "http\\.server\\.duration of checkout is 2\\d\\d(\\.\\d+)? ms, above the"
                                + " \\d+(\\.\\d+)? to \\d+(\\.\\d+)? ms expected \\(score .*\\)");
        assertThat(incident.path("services").get(0).asText()).isEqualTo("checkout");
        assertThat(incident.path("severity").asText()).isEqualTo("LOW");
        assertThat(incident.path("state").asText()).isEqualTo("resolved");
    }

    @Test
    void theLedgerIsExactAndHasTheAlertsAsASourceOfTheirOwn() throws IOException {
        JsonNode ledger =
                JSON.readTree(directory.resolve("results-2").resolve("ledger.json").toFile());

        assertThat(told).contains(MINUTES + " records, 2 alerts, 1 incidents");
        assertThat(told).contains("ledger exact");
        assertThat(ledger.path(input).path("telemetry").asInt()).isEqualTo(MINUTES);
        assertThat(ledger.path("anomaly").path("alert_bearing").asInt()).isEqualTo(2);
        assertThat(ledger.path("anomaly").path("alerts").asInt()).isEqualTo(2);
        assertThat(ledger.path("anomaly").path("pending").asInt()).isZero();
    }

    @Test
    void anAlertIsExplainedByTheLineItWasRaisedAt() throws IOException {
        List<JsonNode> alerts = rows("results-2", "alerts.ndjson");
        String id = "anomaly:" + input + ":" + (SHIFTED + 1) + ":0";

        assertThat(alerts.get(0).path("alert_id").asText()).isEqualTo(id);
        int code = run("explain", id, "--out", directory.resolve("results-2").toString());

        assertThat(code).isEqualTo(ExitCode.DONE);
        assertThat(out.toString())
                .contains("raised about a value in " + input + ", line " + (SHIFTED + 2) + ": ")
                .contains("http.server.duration of checkout is 2")
                .contains("ms expected (score")
                .contains("incident");
    }

    @Test
    void theResultsAreTheSameBytesAtAnyParallelism() throws IOException {
        for (String file : List.of("incidents.ndjson", "alerts.ndjson", "ledger.json")) {
            assertThat(directory.resolve("results-2").resolve(file))
                    .hasSameTextualContentAs(directory.resolve("results-1").resolve(file));
        }
    }

    @Test
    void withoutRoomForSeriesThereAreNone() throws IOException {
        Path options = directory.resolve("off.yaml");
        Files.writeString(options, "detection.anomaly.max-series: 0\n");

        assertThat(detect("off", "--config", options.toString()))
                .contains(MINUTES + " records, 0 alerts, 0 incidents")
                .contains("ledger exact");
    }

    private static List<String> lines() {
        Random random = new Random(4);
        List<String> lines = new ArrayList<>();
        for (int minute = 0; minute < MINUTES; minute++) {
            double usual = 120 + 40 * Math.sin(2 * Math.PI * minute / DAY);
            boolean shifted = minute >= SHIFTED && minute < SHIFTED + 20;
            lines.add(
                    String.format(
                            Locale.ROOT,
                            "{\"resourceMetrics\":[{\"resource\":{\"attributes\":[{\"key\":"
                                + "\"service.name\",\"value\":{\"stringValue\":\"checkout\"}}]},"
                                + "\"scopeMetrics\":[{\"metrics\":[{\"name\":"
                                + "\"http.server.duration\",\"unit\":\"ms\",\"gauge\":{"
                                + "\"dataPoints\":[{\"timeUnixNano\":\"%d\",\"asDouble\":%.3f}]}}"
                                + "]}]}]}",
                            (BEGIN + minute * 60_000L) * 1_000_000,
                            usual + 2 * random.nextGaussian() + (shifted ? 150 : 0)));
        }
        return lines;
    }

    private static String detect(String results, String... options) {
        List<String> args = new ArrayList<>();
        args.addAll(List.of("detect", "--input", input, "--out"));
        args.add(directory.resolve(results).toString());
        args.addAll(List.of(options));
        StringWriter err = new StringWriter();
        int code =
                CommanderCli.commandLine()
                        .setOut(new PrintWriter(err))
                        .setErr(new PrintWriter(err))
                        .execute(args.toArray(String[]::new));
        assertThat(code).as(err.toString()).isEqualTo(ExitCode.DONE);
        return err.toString();
    }

    private int run(String... args) {
        return CommanderCli.commandLine().setOut(new PrintWriter(out)).execute(args);
    }

    private static List<JsonNode> rows(String results, String file) throws IOException {
        List<JsonNode> rows = new ArrayList<>();
        for (String line : Files.readAllLines(directory.resolve(results).resolve(file))) {
            rows.add(JSON.readTree(line));
        }
        return rows;
    }
}
