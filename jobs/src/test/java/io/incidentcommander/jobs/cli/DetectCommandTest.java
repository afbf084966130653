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
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DetectCommandTest {
    private static final List<String> RESULTS =
            List.of(
                    "incidents.ndjson",
                    "alerts.ndjson",
                    "dead-letters.ndjson",
                    "logs.ndjson",
                    "ledger.json");
    private static final String MAPPING =
            "time: {column: t, unit: s}\nname: what\nservice: host\nfingerprint: [what, host]\n";

    /** One storm, run once at each parallelism; most look at what it left. */
    private static final List<String> PARALLELISMS = List.of("1", "2", "4");

    @TempDir static Path storms;
    private static List<String> storm;
    private static String told;

    @TempDir Path directory;
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @BeforeAll
    static void runTheStorm() throws IOException {
        storm = storm(storms);
        StringWriter err = new StringWriter();
        for (String parallelism : PARALLELISMS) {
            List<String> args = new ArrayList<>(List.of("detect", "--input"));
            args.addAll(storm);
            args.addAll(List.of("--parallelism", parallelism, "--out", ofStorm(parallelism)));
            int code =
                    CommanderCli.commandLine()
                            .setOut(new PrintWriter(err))
                            .setErr(new PrintWriter(err))
                            .execute(args.toArray(String[]::new));
            assertThat(code).as(err.toString()).isEqualTo(ExitCode.DONE);
        }
        told = err.toString();
    }

    private static String ofStorm(String parallelism) {
        return storms.resolve("results-" + parallelism).toString();
    }

    private static Path stormResults() {
        return Path.of(ofStorm("2"));
    }

    @Test
    void resultsAreTheSameBytesAtAnyParallelism() throws IOException {
        List<String> one = results(Path.of(ofStorm("1")));
        assertThat(told).contains("ledger exact").doesNotContain("not exact");
        assertThat(one.get(0)).isNotEmpty();
        for (String parallelism : PARALLELISMS) {
            assertThat(results(Path.of(ofStorm(parallelism))))
                    .as("parallelism " + parallelism)
                    .isEqualTo(one);
        }
    }

    @Test
    void whatIsOutOfTheOrdinaryInLogsIsToldAndWhatIsOrdinaryIsNot() throws IOException {
        List<JsonNode> found = lines(stormResults(), "logs.ndjson");
        assertThat(found).hasSize(1);
        assertThat(text(found.get(0), "service")).isEqualTo("s1");
        assertThat(text(found.get(0), "severity")).isEqualTo("HIGH");
        assertThat(text(found.get(0), "template")).contains("no answer of").contains("timed out");
        assertThat(text(found.get(0), "first_at"))
                .isEqualTo(Instant.ofEpochSecond(1_700_003_800L).toString());
        assertThat(found.get(0).path("count").asInt()).isGreaterThan(20);
        assertThat(found.get(0).path("usual").asDouble()).isLessThan(1);
        assertThat(found.get(0).path("chance").asDouble()).isLessThan(0.01);
    }

    @Test
    void everyAlertHasARowInInputOrderAndTheRowsAddUpToTheLedger() throws IOException {
        List<String> inputs = storm;
        Path results = detect(inputs, "--sample-budget", "0.05");

        JsonNode ledger = new ObjectMapper().readTree(results.resolve("ledger.json").toFile());
        Map<String, Integer> rows = new HashMap<>();
        long last = -1;
        for (JsonNode row : lines(results, "alerts.ndjson")) {
            rows.merge(text(row, "source") + " " + text(row, "disposition"), 1, Integer::sum);
            long place =
                    (inputs.indexOf(text(row, "source")) * 1_000_000L + row.path("offset").asLong())
                                    * 10
                            + row.path("index").asInt();
            assertThat(place).isGreaterThan(last);
            last = place;
        }
        for (String source : inputs) {
            JsonNode counts = ledger.path(source);
            assertThat(counts.path("pending").asInt()).isZero();
            for (String word : List.of("delivered", "grouped", "duplicate", "sampled_out")) {
                assertThat(rows.getOrDefault(source + " " + word, 0))
                        .as(source + " " + word)
                        .isEqualTo(counts.path(word).asInt());
            }
        }
        assertThat(rows.keySet()).anyMatch(key -> key.endsWith("sampled_out"));
        assertThat(err.toString()).contains("ledger exact");
    }

    @Test
    void duplicatesCarryTheIncidentOfTheOneThatStandsForThem() throws IOException {
        Path results = stormResults();
        Map<String, JsonNode> byId = new HashMap<>();
        Map<String, Integer> perIncident = new HashMap<>();
        Map<String, List<String>> kept = new HashMap<>();
        for (JsonNode row : lines(results, "alerts.ndjson")) {
            byId.put(text(row, "alert_id"), row);
            perIncident.merge(text(row, "incident_id"), 1, Integer::sum);
            if (!text(row, "disposition").equals("duplicate")) {
                kept.computeIfAbsent(text(row, "incident_id"), i -> new ArrayList<>())
                        .add(text(row, "alert_id"));
            }
        }
        int duplicates = 0;
        for (JsonNode row : byId.values()) {
            if (text(row, "disposition").equals("duplicate")) {
                JsonNode standIn = byId.get(text(row, "representative"));
                assertThat(text(standIn, "disposition")).isNotEqualTo("duplicate");
                assertThat(row.get("incident_id")).isEqualTo(standIn.get("incident_id"));
                duplicates++;
            }
        }
        assertThat(duplicates).isGreaterThan(100);
        for (JsonNode incident : lines(results, "incidents.ndjson")) {
            String id = text(incident, "incident_id");
            assertThat(incident.path("alert_count").asInt()).isEqualTo(perIncident.get(id));
            assertThat(texts(incident.path("alert_ids"))).isEqualTo(kept.get(id));
            assertThat(text(incident, "state")).isEqualTo("resolved");
        }
    }

    @Test
    void incidentsAreSortedByOpening() throws IOException {
        List<String> opened =
                lines(stormResults(), "incidents.ndjson").stream()
                        .map(i -> text(i, "opened_at"))
                        .toList();
        assertThat(opened).hasSizeGreaterThan(3).isSorted();
    }

    @Test
    void incidentsSayWhetherTheirPromiseWasKept() throws IOException {
        StringBuilder alerts = new StringBuilder(alert("Slow", "quick", 0)).append('\n');
        for (int minute = 0; minute <= 40; minute += 2) {
            alerts.append(alert("Slow" + minute, "lasting", minute * 60)).append('\n');
        }
        Path input = write("promise.ndjson", alerts.toString());

        Path results = detect(List.of(input.toString()));

        Map<String, String> risks = new HashMap<>();
        for (JsonNode incident : lines(results, "incidents.ndjson")) {
            risks.put(incident.path("services").path(0).asText(), text(incident, "sla_risk"));
        }
        assertThat(risks)
                .as("HIGH is promised within half an hour; five minutes are quick enough")
                .containsExactlyInAnyOrderEntriesOf(Map.of("quick", "none", "lasting", "breached"));
        explain(text(lines(results, "incidents.ndjson").get(0), "incident_id"));
        assertThat(out.toString()).contains("risk of missing it: ");
    }

    @Test
    void whatCannotBeUsedIsADeadLetterInInputOrder() throws IOException {
        Path input = write("bad.ndjson", "junk\n" + alert("Down", "db", 5) + "\n[1]\n{}\n");

        Path results = detect(List.of(input.toString()));

        List<JsonNode> letters = lines(results, "dead-letters.ndjson");
        assertThat(letters).extracting(l -> l.path("offset").asInt()).containsExactly(0, 2, 3);
        assertThat(lines(results, "alerts.ndjson")).hasSize(1);
        assertThat(err.toString()).contains("4 records, 1 alerts, 1 incidents", "3 dead letters");
    }

    /** As decode prints them all, detect takes them all. */
    @Test
    void anAlertWithoutTimeHasThatOfTheOneBeforeElseAfterElseOfItsFile() throws IOException {
        String untimed = "{\"name\":\"Untimed\",\"service\":\"S\",\"severity\":\"high\"}\n";
        String early = untimed.replace("S", "early");
        String late = untimed.replace("S", "late");
        String timed = alert("Down", "db", 5) + "\n" + alert("Down", "db", 4000) + "\n";
        Path among = write("among.ndjson", early + timed + late);
        Path alone = write("alone.ndjson", untimed.replace("S", "alone"));
        Instant written = Instant.parse("2023-11-17T00:00:00Z");
        Files.setLastModifiedTime(alone, FileTime.from(written));
        List<String> inputs = List.of(among.toString(), alone.toString());

        List<String> one = results(detect(inputs, "--parallelism", "1"));
        assertThat(results(detect(inputs, "--parallelism", "4"))).isEqualTo(one);

        Map<String, String> firsts = new HashMap<>();
        for (JsonNode incident : lines(Path.of(results()), "incidents.ndjson")) {
            firsts.merge(
                    incident.path("services").toString(),
                    text(incident, "opened_at"),
                    (a, c) -> a.compareTo(c) < 0 ? a : c);
        }
        assertThat(lines(Path.of(results()), "dead-letters.ndjson")).isEmpty();
        assertThat(lines(Path.of(results()), "alerts.ndjson")).hasSize(5);
        assertThat(firsts).containsEntry("[\"alone\"]", "2023-11-17T00:00:00Z");
        assertThat(openedWith(firsts, "early")).isEqualTo(openedWith(firsts, "db"));
        assertThat(openedWith(firsts, "late")).isGreaterThan(openedWith(firsts, "early"));
    }

    private static String openedWith(Map<String, String> opened, String service) {
        return opened.entrySet().stream()
                .filter(incident -> incident.getKey().contains('"' + service + '"'))
                .map(Map.Entry::getValue)
                .sorted()
                .findFirst()
                .orElseThrow();
    }

    @Test
    void readsCompressedFilesAndCsvBesideJson() throws IOException {
        Path gzip = directory.resolve("a.ndjson.gz");
        Files.write(gzip, gzip(alert("Down", "db", 5) + "\n"));
        Path csv = directory.resolve("b.csv.zst");
        byte[] rows =
                "t,what,host\n1700000000,Down,web\nx,Down,web\n".getBytes(StandardCharsets.UTF_8);
        Files.write(csv, Zstd.compress(rows));
        Path mapping = write("m.yaml", MAPPING);

        Path results =
                detect(List.of(gzip.toString(), csv.toString()), "--mapping", mapping.toString());

        assertThat(lines(results, "alerts.ndjson"))
                .extracting(a -> text(a, "source"))
                .containsExactly(gzip.toString(), csv.toString());
        assertThat(lines(results, "incidents.ndjson"))
                .extracting(i -> i.path("services").toString())
                .as("two services are down within five seconds")
                .containsExactly("[\"db\",\"web\"]");
        assertThat(lines(results, "dead-letters.ndjson")).hasSize(1);
    }

    @Test
    void resultsReplaceThoseOfAnEarlierRunAndNothingElseIsLeft() throws IOException {
        Files.createDirectories(Path.of(results()));
        for (String file : RESULTS) {
            Files.copy(stormResults().resolve(file), Path.of(results()).resolve(file));
        }
        Path input = write("one.ndjson", alert("Down", "db", 5));
        Path results = detect(List.of(input.toString()));
        assertThat(lines(results, "alerts.ndjson")).hasSize(1);
        try (var left = Files.list(results)) {
            assertThat(left.map(file -> file.getFileName().toString()))
                    .containsExactlyInAnyOrderElementsOf(RESULTS);
        }
    }

    @Test
    void emptyInputGivesEmptyResults() throws IOException {
        Path results = detect(List.of(write("empty.ndjson", "").toString()));
        assertThat(results.resolve("incidents.ndjson")).isEmptyFile();
        assertThat(err.toString()).contains("0 records, 0 alerts, 0 incidents");
    }

    @Test
    void missingInputIsNamedAndNothingIsWritten() {
        assertThat(run("detect", "--input", "no/such.json", "--out", results()))
                .isEqualTo(ExitCode.INPUT_UNUSABLE);
        assertThat(err.toString()).hasLineCount(1).contains("no such file: no/such.json");
        assertThat(Path.of(results())).doesNotExist();
    }

    @Test
    void csvWithoutMappingIsWrongUsage() throws IOException {
        String csv = write("a.csv", "t,what,host\n").toString();
        assertThat(run("detect", "--input", csv, "--out", results()))
                .isEqualTo(ExitCode.WRONG_USAGE);
        assertThat(run("detect", "--format", "csv", "--input", csv, "--out", results()))
                .isEqualTo(ExitCode.WRONG_USAGE);
        assertThat(err.toString()).hasLineCount(2).contains("--mapping", csv);
    }

    @Test
    void aColumnThatDoesNotExistIsAnErrorBeforeAnythingRuns() throws IOException {
        String csv = write("a.csv", "t,what\n1700000000,Down\n").toString();
        String mapping = write("m.yaml", MAPPING).toString();
        assertThat(run("detect", "--input", csv, "--mapping", mapping, "--out", results()))
                .isEqualTo(ExitCode.INPUT_UNUSABLE);
        assertThat(err.toString()).hasLineCount(1).contains(csv, "no column host", "[t, what]");
        assertThat(Path.of(results())).doesNotExist();
    }

    @Test
    void impossibleOptionsAreWrongUsage() throws IOException {
        String input = write("a.ndjson", alert("Down", "db", 5)).toString();
        for (List<String> options :
                List.of(
                        List.of("--sample-budget", "0"),
                        List.of("--sample-budget", "2"),
                        List.of("--parallelism", "0"),
                        List.of("--format", "nagios"),
                        List.of("--mapping", input),
                        List.of("--input", input))) {
            List<String> all =
                    new ArrayList<>(List.of("detect", "--input", input, "--out", results()));
            all.addAll(options);
            assertThat(run(all.toArray(String[]::new))).as("" + options).isEqualTo(2);
        }
        assertThat(err.toString()).hasLineCount(6);
    }

    @Test
    void aTopologyMustExistAndBeOne() throws IOException {
        String input = write("a.ndjson", alert("Down", "db", 5)).toString();
        String wrong = write("wrong.yaml", "topology:\n  a: [b]\n  c: d\nservice: {}\n").toString();
        assertThat(run("detect", "--input", input, "--topology", "no.csv", "--out", results()))
                .isEqualTo(ExitCode.INPUT_UNUSABLE);
        assertThat(run("detect", "--input", input, "--topology", wrong, "--out", results()))
                .isEqualTo(ExitCode.INPUT_UNUSABLE);
        assertThat(err.toString())
                .contains("wrong.yaml, line 3: expected a list")
                .contains("wrong.yaml, line 4: unknown key service");
        detect(List.of(input), "--topology", write("t.yaml", "topology: {web: [db]}").toString());
    }

    @Test
    void whatIsSilencedOrInhibitedIsExplainedAndTheSameAtAnyParallelism() throws IOException {
        Path rules =
                write(
                        "rules.yaml",
                        "silences:\n"
                                + "- id: s1\n"
                                + "  matchers: [service=s1]\n"
                                + "  starts_at: 2023-11-14T22:00:00Z\n"
                                + "  ends_at: 2023-11-14T22:45:00Z\n"
                                + "  owner: ann\n"
                                + "  reason: disk swap\n"
                                + "inhibition:\n"
                                + "- source_matchers: [severity=critical]\n"
                                + "  target_matchers: [severity=low]\n"
                                + "  equal: [service]\n");
        Path log =
                write(
                        "log.ndjson",
                        "{\"kind\":\"silence\",\"tenant\":\"default\",\"id\":\"s2\",\"sequence\":1,\"effective_at\":\"2023-11-14T22:46:00Z\",\"author\":\"bob\",\"body\":{\"id\":\"s2\",\"matchers\":[\"service=~s2|s3\"],\"starts_at\":\"2023-11-14T00:00:00Z\",\"ends_at\":\"2023-11-15T00:00:00Z\",\"owner\":\"bob\",\"reason\":\"drill\"}}\n");
        List<String> inputs = storm;
        String files = "control.files=" + rules + "," + log;
        List<String> one = results(detect(inputs, "--set", files, "--parallelism", "1"));
        assertThat(err.toString()).contains("ledger exact");
        assertThat(results(detect(inputs, "--set", files, "--parallelism", "4"))).isEqualTo(one);
        Map<String, Integer> rows = new HashMap<>();
        for (JsonNode row : lines(Path.of(results()), "alerts.ndjson")) {
            rows.merge(text(row, "disposition"), 1, Integer::sum);
        }
        assertThat(rows.get("silenced")).isGreaterThan(5);
        assertThat(rows.get("inhibited")).isGreaterThan(5);
        JsonNode ledger = new ObjectMapper().readTree(Path.of(results(), "ledger.json").toFile());
        for (String word : List.of("silenced", "inhibited")) {
            int sum = 0;
            for (String input : inputs) {
                sum += ledger.path(input).path(word).asInt();
            }
            assertThat(sum).as(word).isEqualTo(rows.get(word));
        }
        String silenced =
                lines(Path.of(results()), "alerts.ndjson").stream()
                        .filter(row -> text(row, "reason").startsWith("silence s1"))
                        .map(row -> text(row, "alert_id"))
                        .findFirst()
                        .orElseThrow();
        explain(silenced);
        assertThat(out.toString())
                .contains("silenced: silence s1 of ann until 2023-11-14T22:45:00Z: disk swap");
    }

    /** Patterns and what is missing of the data reach the incident itself, at any parallelism. */
    @Test
    void patternsAndMissingSourcesAreEvidenceAndTheSameAtAnyParallelism() throws IOException {
        String input =
                write(
                                "cascade.ndjson",
                                String.join(
                                        "\n",
                                        alert("connections used up", "db", 600)
                                                .replace("high", "critical"),
                                        alert("slow queries", "db", 605),
                                        alert("slow requests", "api", 620),
                                        alert("slow pages", "web", 640),
                                        alert("errors", "web", 645)))
                        .toString();
        String control =
                write(
                                "control.yaml",
                                "topology: {web: [api], api: [db]}\n"
                                        + "sources:\n"
                                        + "- {source: cw, vendor: cloudwatch, within: 10 s}\n"
                                        + "- {source: '"
                                        + input
                                        + "', within: 10 min}\n"
                                        + "- {source: other, within: 10 min}\n")
                        .toString();
        List<String> all = List.of("--topology", control, "--parallelism");
        List<String> one = results(detect(List.of(input), all.get(0), control, all.get(2), "1"));
        assertThat(results(detect(List.of(input), all.get(0), control, all.get(2), "4")))
                .isEqualTo(one);

        List<JsonNode> incidents = lines(Path.of(results()), "incidents.ndjson");
        assertThat(incidents).hasSize(1);
        List<String> evidence = texts(incidents.get(0).path("evidence"));
        assertThat(evidence)
                .contains("pattern cascade v2: db fell ill, then api, web, within 40 s")
                .anyMatch(
                        line ->
                                line.startsWith(
                                        "data is missing, so less sure: nothing of CloudWatch (cw"
                                                + " silent for "));
        assertThat(incidents.get(0).path("confidence").asDouble())
                .as("less than it would be")
                .isLessThan(alone(input, control));
        explain(text(incidents.get(0), "incident_id"));
        assertThat(out.toString())
                .contains("pattern cascade v2", "nothing of CloudWatch", "began at     db");
    }

    /** The confidence where nothing is expected. */
    private double alone(String input, String control) throws IOException {
        String calls = write("calls.yaml", Files.readAllLines(Path.of(control)).get(0)).toString();
        Path before = Path.of(results());
        Path kept = directory.resolve("kept");
        Files.move(before, kept);
        Path results = detect(List.of(input), "--topology", calls);
        double confidence = lines(results, "incidents.ndjson").get(0).path("confidence").asDouble();
        for (String file : RESULTS) {
            Files.copy(
                    kept.resolve(file),
                    results.resolve(file),
                    java.nio.file.StandardCopyOption.REPLACE_EXISTING);
        }
        return confidence;
    }

    @Test
    void explainFollowsAnAlertToItsIncident() throws IOException {
        Path results = stormResults();
        JsonNode duplicate =
                lines(results, "alerts.ndjson").stream()
                        .filter(row -> text(row, "disposition").equals("duplicate"))
                        .findFirst()
                        .orElseThrow();

        assertThat(explainStorm(text(duplicate, "alert_id"))).isEqualTo(ExitCode.DONE);
        assertThat(out.toString())
                .contains(
                        "alert " + text(duplicate, "alert_id"),
                        "duplicate: " + text(duplicate, "reason"),
                        text(duplicate, "representative") + " stands for it:",
                        "correlation",
                        text(duplicate, "incident_id"));

        out.getBuffer().setLength(0);
        assertThat(explainStorm(text(duplicate, "incident_id"))).isEqualTo(ExitCode.DONE);
        assertThat(out.toString())
                .contains("incident " + text(duplicate, "incident_id"))
                .containsPattern("history +\\S+Z opened: .*first alert: ");

        out.getBuffer().setLength(0);
        run("explain", text(duplicate, "alert_id"), "--json", "--out", ofStorm("2"));
        JsonNode story = new ObjectMapper().readTree(out.toString());
        assertThat(story.get("alert")).isEqualTo(duplicate);
        assertThat(text(story.get("representative"), "alert_id"))
                .isEqualTo(text(duplicate, "representative"));
        assertThat(text(story.get("incident"), "incident_id"))
                .isEqualTo(text(duplicate, "incident_id"));
    }

    @Test
    void explainSaysWhatIsWrongWithAnUnknownId() throws IOException {
        Path input = write("bad.ndjson", "junk\n" + alert("Down", "db", 5));
        detect(List.of(input.toString()));
        String path = input + ":" + input;
        err.getBuffer().setLength(0);

        assertThat(explain(path + ":7:0")).isEqualTo(ExitCode.INPUT_UNUSABLE);
        assertThat(err.toString()).contains("source:path:offset:index", "as " + path + ":1:0");
        assertThat(explain(path + ":0:0")).isEqualTo(ExitCode.INPUT_UNUSABLE);
        assertThat(err.toString()).contains("its record is a dead letter");
    }

    @Test
    void explainWithoutResultsIsUnusableInput() {
        assertThat(explain("x")).isEqualTo(ExitCode.INPUT_UNUSABLE);
        assertThat(err.toString()).hasLineCount(1).contains("alerts.ndjson");
    }

    /** Two files of repeats out of order, whose content differs though their identity does not. */
    @Test
    void aDirectoryOfDocumentsIsReadLikeItsFiles() throws IOException {
        Path hooks = Files.createDirectories(directory.resolve("hooks/sub"));
        Path first = Files.writeString(hooks.resolve("a.json"), alert("Down", "db", 0));
        Path last =
                Files.writeString(
                        directory.resolve("hooks/z.json"),
                        alert("Slow", "db", 20).replace(",", ",\n  "));

        Path results = detect(List.of(directory.resolve("hooks").toString()));

        assertThat(lines(results, "alerts.ndjson"))
                .extracting(row -> row.path("source").asText())
                .containsExactly(first.toString(), last.toString());
        JsonNode ledger =
                new ObjectMapper().readTree(Files.readString(results.resolve("ledger.json")));
        assertThat(ledger.size()).isEqualTo(2);
        assertThat(ledger.path(last.toString()).path("alert_bearing").asInt()).isOne();
    }

    private static List<String> storm(Path directory) throws IOException {
        Random random = new Random(7);
        List<String> files = new ArrayList<>();
        for (String name : List.of("one.ndjson", "two.ndjson")) {
            StringBuilder text = new StringBuilder();
            for (int i = 0; i < 1500; i++) {
                int kind = random.nextInt(12);
                long second = i / 300 * 1000L + random.nextInt(60);
                text.append(
                        random.nextInt(50) == 0
                                ? "not json"
                                : "{\"name\":\"Alert"
                                        + kind
                                        + "\",\"service\":\"s"
                                        + kind % 4
                                        + "\",\"severity\":\""
                                        + (random.nextInt(20) == 0 ? "critical" : "low")
                                        + "\",\"status\":\""
                                        + (random.nextInt(10) == 0 ? "resolved" : "firing")
                                        + "\",\"summary\":\"reading "
                                        + random.nextInt()
                                        + "\",\"time\":\""
                                        + Instant.ofEpochSecond(1_700_000_000 + second)
                                        + "\"}");
                text.append('\n');
            }
            files.add(Files.writeString(directory.resolve(name), text).toString());
        }
        files.add(Files.writeString(directory.resolve("logs.ndjson"), logs()).toString());
        return files;
    }

    /** Of a service that serves as ever, and in the end fails too. */
    private static String logs() {
        StringBuilder text = new StringBuilder();
        for (int second = 0; second < 4_000; second += 5) {
            text.append(log("info", second, "request " + second + " served in 7 ms"));
            if (second >= 3_800) {
                text.append(log("error", second, "no answer of db-" + second + ": timed out"));
            }
        }
        return text.toString();
    }

    private static String log(String level, int second, String message) {
        return "{\"service\":\"s1\",\"level\":\""
                + level
                + "\",\"ts\":"
                + (1_700_000_000L + second) * 1_000
                + ",\"message\":\""
                + message
                + "\"}\n";
    }

    private static String alert(String name, String service, int second) {
        return "{\"name\":\""
                + name
                + "\",\"service\":\""
                + service
                + "\",\"severity\":\"high\",\"status\":\"firing\",\"time\":\""
                + Instant.ofEpochSecond(1_700_000_000L + second)
                + "\"}";
    }

    private Path detect(List<String> inputs, String... options) {
        List<String> args = new ArrayList<>(List.of("detect", "--out", results(), "--input"));
        args.addAll(inputs);
        args.addAll(List.of(options));
        assertThat(run(args.toArray(String[]::new))).as(err.toString()).isEqualTo(ExitCode.DONE);
        return Path.of(results());
    }

    private int explainStorm(String id) {
        return run("explain", id, "--out", ofStorm("2"));
    }

    private int explain(String id) {
        return run("explain", id, "--out", results());
    }

    private int run(String... args) {
        return CommanderCli.commandLine()
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(err))
                .execute(args);
    }

    private String results() {
        return directory.resolve("results").toString();
    }

    private static List<String> results(Path results) throws IOException {
        List<String> texts = new ArrayList<>();
        for (String file : RESULTS) {
            texts.add(Files.readString(results.resolve(file)));
        }
        return texts;
    }

    private Path write(String name, String text) throws IOException {
        return Files.writeString(directory.resolve(name), text);
    }

    private static List<JsonNode> lines(Path results, String file) throws IOException {
        ObjectMapper json = new ObjectMapper();
        List<JsonNode> nodes = new ArrayList<>();
        for (String line : Files.readAllLines(results.resolve(file))) {
            nodes.add(json.readTree(line));
        }
        return nodes;
    }

    private static List<String> texts(JsonNode array) {
        List<String> texts = new ArrayList<>();
        array.forEach(element -> texts.add(element.asText()));
        return texts;
    }

    private static String text(JsonNode node, String field) {
        return node.path(field).asText();
    }

    private static String text(JsonNode array, int index) {
        return array.path(index).asText();
    }

    private static byte[] gzip(String text) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
            gzip.write(text.getBytes(StandardCharsets.UTF_8));
        }
        return bytes.toByteArray();
    }
}
