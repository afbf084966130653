// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.jobs.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.github.luben.zstd.Zstd;
import io.incidentcommander.jobs.CommanderCli;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DecodeCommandTest {
    private static final String ALERT =
            "{\"name\":\"DiskFull\",\"service\":\"db\",\"severity\":\"critical\",\"status\":\"firing\","
                + "\"time\":\"2026-01-01T00:00:00Z\"}";
    private static final String ALERTMANAGER =
            "{\"version\":\"4\",\"groupKey\":\"g\",\"status\":\"firing\",\"receiver\":\"r\",\"alerts\":["
                    + amAlert("a")
                    + ","
                    + amAlert("b")
                    + "]}";

    @TempDir Path directory;
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @Test
    void printsAlertsAndLetsNothingStopIt() throws IOException {
        Path input =
                write("mixed.ndjson", ALERT + "\nnot json\n\n" + ALERTMANAGER + "\n{\"a\":1}\n");

        assertThat(decode(input.toString())).isEqualTo(ExitCode.DONE);

        List<JsonNode> alerts = lines(out.toString());
        assertThat(alerts).hasSize(3);
        assertThat(alerts.get(0).path("name").asText()).isEqualTo("DiskFull");
        assertThat(alerts.get(2).path("alert_id").asText()).endsWith(":3:1");
        assertThat(err.toString())
                .endsWith(
                        "commander decode: 4 records: 2 alert-bearing (3 alerts), 0 telemetry,"
                                + " 0 not an alert, 0 echo, 2 dead letters"
                                + System.lineSeparator());
    }

    @Test
    void deadLettersNameSourceOffsetAndReason() throws IOException {
        Path input = write("bad.ndjson", ALERT + "\nnot json\n");
        Path letters = directory.resolve("letters.ndjson");

        assertThat(decode("--dead-letters", letters.toString(), input.toString()))
                .isEqualTo(ExitCode.DONE);

        List<JsonNode> written = lines(Files.readString(letters));
        assertThat(written).hasSize(1);
        assertThat(written.get(0).path("source").asText()).isEqualTo(input.toString());
        assertThat(written.get(0).path("offset").asInt()).isEqualTo(1);
        assertThat(written.get(0).path("reason").asText()).isNotEmpty();
        assertThat(err.toString()).hasLineCount(1);
    }

    @Test
    void readsCompressedFilesAndWholeDocuments() throws IOException {
        Path gzip = directory.resolve("a.json.gz");
        Files.write(gzip, gzip(ALERT + "\n"));
        Path zstd = directory.resolve("b.json.zst");
        Files.write(zstd, Zstd.compress((ALERT + "\n" + ALERT).getBytes(StandardCharsets.UTF_8)));
        Path document = write("c.json", ALERT.replace(",", ",\n  "));

        assertThat(decode(gzip.toString(), zstd.toString(), document.toString()))
                .isEqualTo(ExitCode.DONE);

        assertThat(lines(out.toString())).hasSize(4);
    }

    @Test
    void whatItPrintsItReadsAgain() throws IOException {
        Path input = write("in.ndjson", ALERT + "\n" + ALERTMANAGER);
        decode(input.toString());
        String first = out.toString();
        out.getBuffer().setLength(0);

        assertThat(decode(write("again.ndjson", first).toString())).isEqualTo(ExitCode.DONE);

        assertThat(fingerprints(out.toString())).isEqualTo(fingerprints(first)).hasSize(3);
    }

    @Test
    void missingFileIsUnusableInputAndNothingIsPrinted() throws IOException {
        Path input = write("in.ndjson", ALERT);
        assertThat(decode(input.toString(), "no/such.json")).isEqualTo(ExitCode.INPUT_UNUSABLE);
        assertThat(err.toString()).hasLineCount(1).contains("no such file: no/such.json");
        assertThat(out.toString()).isEmpty();
    }

    @Test
    void aDirectoryStandsForTheFilesBelowItByName() throws IOException {
        Path folder = Files.createDirectories(directory.resolve("hooks/sub"));
        Files.writeString(folder.resolve("a.json"), ALERT.replace("DiskFull", "Third"));
        Files.writeString(directory.resolve("hooks/b.json"), ALERT.replace("DiskFull", "First"));
        Files.writeString(directory.resolve("hooks/c.json"), ALERT.replace("DiskFull", "Second"));
        Files.writeString(directory.resolve("hooks/.hidden.json"), ALERT);

        assertThat(decode(directory.resolve("hooks").toString())).isEqualTo(ExitCode.DONE);

        List<JsonNode> alerts = lines(out.toString());
        assertThat(alerts)
                .extracting(alert -> alert.path("name").asText())
                .containsExactly("First", "Second", "Third");
        assertThat(alerts.get(2).path("alert_id").asText()).contains("hooks/sub/a.json");
    }

    @Test
    void aDirectoryWithoutFilesIsUnusableInput() {
        assertThat(decode(directory.toString())).isEqualTo(ExitCode.INPUT_UNUSABLE);
        assertThat(err.toString()).hasLineCount(1).contains(directory.toString());
    }

    @Test
    void aBadAlertAmongGoodOnesIsADeadLetter() throws IOException {
        String oneBad =
                ALERTMANAGER.replaceFirst("\"startsAt\":\"[^\"]+\"", "\"startsAt\":\"yesterday\"");
        Path input = write("one-bad.ndjson", oneBad);

        assertThat(decode(input.toString())).isEqualTo(ExitCode.DONE);

        assertThat(lines(out.toString())).hasSize(1);
        assertThat(err.toString()).contains("\"reason\":", "startsAt");
    }

    @Test
    void saysWhyAMessageIsNoAlertAndWhatTelemetryThereIs() throws IOException {
        String confirmation =
                "{\"Type\":\"SubscriptionConfirmation\",\"TopicArn\":\"arn:x\",\"Message\":\"m\"}";
        String metric =
                "{\"metric_stream_name\":\"s\",\"account_id\":\"1\",\"region\":\"eu\",\"namespace\":"
                    + "\"AWS/EC2\",\"metric_name\":\"CPU\",\"dimensions\":{},\"timestamp\":"
                    + "1643916600000,\"value\":{\"max\":2.0,\"min\":1.0,\"sum\":3.0,"
                    + "\"count\":2.0},\"unit\":\"Percent\"}";
        Path input = write("none.ndjson", confirmation + "\n" + confirmation + "\n" + metric);
        Path points = directory.resolve("points.ndjson");

        assertThat(decode("--telemetry", points.toString(), input.toString()))
                .isEqualTo(ExitCode.DONE);

        assertThat(out.toString()).isEmpty();
        assertThat(err.toString())
                .contains("2 x not an alert (cloudwatch-sns): ", "confirm")
                .contains("telemetry: 1 metric points (CPU), 0 logs");
        List<JsonNode> written = lines(Files.readString(points));
        assertThat(written).hasSize(1);
        assertThat(written.get(0).path("metric").asText()).isEqualTo("CPU");
        assertThat(written.get(0).path("value").asDouble()).isEqualTo(1.5);
    }

    @Test
    void unknownFormatNamesThoseThereAre() throws IOException {
        Path input = write("in.ndjson", ALERT);
        assertThat(decode("--format", "nagios", input.toString())).isEqualTo(ExitCode.WRONG_USAGE);
        assertThat(err.toString()).hasLineCount(1).contains("'nagios'", "alertmanager", "datadog");
    }

    @Test
    void fixedFormatIsHeldAgainstEveryRecord() throws IOException {
        Path input = write("in.ndjson", ALERT + "\n" + ALERTMANAGER);
        assertThat(decode("--format", "alertmanager", input.toString())).isEqualTo(ExitCode.DONE);
        assertThat(lines(out.toString())).hasSize(2);
        assertThat(err.toString()).contains("1 dead letter");
    }

    private int decode(String... args) {
        String[] all = new String[args.length + 1];
        all[0] = "decode";
        System.arraycopy(args, 0, all, 1, args.length);
        return CommanderCli.commandLine()
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(err))
                .execute(all);
    }

    private Path write(String name, String text) throws IOException {
        return Files.writeString(directory.resolve(name), text);
    }

    private static List<String> fingerprints(String ndjson) {
        return lines(ndjson).stream().map(line -> line.path("fingerprint").asText()).toList();
    }

    private static List<JsonNode> lines(String ndjson) {
        ObjectMapper json = new ObjectMapper();
        return ndjson.lines()
                .map(
                        line -> {
                            try {
                                return json.readTree(line);
                            } catch (IOException e) {
                                throw new AssertionError("not JSON: " + line, e);
                            }
                        })
                .toList();
    }

    private static byte[] gzip(String text) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
            gzip.write(text.getBytes(StandardCharsets.UTF_8));
        }
        return bytes.toByteArray();
    }

    private static String amAlert(String instance) {
        return "{\"status\":\"firing\",\"labels\":{\"alertname\":\"Down\",\"instance\":\""
                + instance
                + "\"},\"annotations\":{},\"startsAt\":\"2026-01-01T00:00:00Z\","
                + "\"endsAt\":\"0001-01-01T00:00:00Z\",\"fingerprint\":\"f"
                + instance
                + "\"}";
    }
}
