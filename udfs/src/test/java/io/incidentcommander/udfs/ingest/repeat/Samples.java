// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.udfs.ingest.repeat;

import io.incidentcommander.model.audit.RecordOutcome;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Alert-bearing records of as many formats as are at hand: our own, and what senders wrote. */
final class Samples {
    private static final List<String> OWN =
            List.of(
                    "{\"name\":\"HighCpu\",\"service\":\"shop\",\"host\":\"h1\",\"severity\":\"high\","
                        + "\"status\":\"firing\",\"labels\":{\"pod\":\"a\",\"value\":\"v\"},\"annotations\":{\"summary\":\"s"
                        + " \\\"time\\\": 1\"},"
                        + "\"time\":\"2024-05-01T10:00:00.000Z\",\"value\":93.5,\"summary\":\"CPU"
                        + " is \\\\ high\"}",
                    "{ \"summary\" : \"\" , \"time\" : 1714557600.25 ,\n \"name\" : \"a\","
                            + " \"status\":\"resolved\", \"value\" : \"12\" }",
                    "{\"time\":1714557600123,\"severity\":\"low\",\"name\":\"\u00e9\\u00e9\","
                            + "\"x\":[{\"time\":1},[\"value\"]],\"value\":-0.5e-3,\"summary\":7}");

    private Samples() {}

    /** Several documents in one record, and alerts that Alertmanager's API listed. */
    private static final List<String> GATHERED =
            List.of(
                    OWN.get(0) + "\n" + OWN.get(0),
                    OWN.get(2) + OWN.get(0),
                    "{\"labels\":{\"alertname\":\"Down\"},\"annotations\":{\"summary\":\"s\"},"
                            + "\"startsAt\":\"2024-05-01T10:00:00Z\","
                            + "\"endsAt\":\"2024-05-01T11:00:00Z\"}");

    /** Each decodes to alerts. */
    static List<String> alertBearing() {
        List<String> samples = new ArrayList<>(OWN);
        samples.addAll(GATHERED);
        payloads().filter(Samples::bearsAlerts).forEach(samples::add);
        return samples;
    }

    private static boolean bearsAlerts(String text) {
        return Repeats.decode(Repeats.record(text)).outcome() == RecordOutcome.ALERT_BEARING;
    }

    /**
     * One delivery a file, or a line of an {@code .ndjson} file; none if there is no such folder.
     */
    private static Stream<String> payloads() {
        Path up = Path.of("").toAbsolutePath();
        while (up != null && !Files.isDirectory(up.resolve("shared/payloads"))) {
            up = up.getParent();
        }
        if (up == null) {
            return Stream.empty();
        }
        try (Stream<Path> files = Files.list(up.resolve("shared/payloads"))) {
            return files.sorted().toList().stream().flatMap(Samples::deliveries);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Stream<String> deliveries(Path file) {
        try {
            String name = file.toString();
            String text = Files.readString(file);
            return name.endsWith(".ndjson")
                    ? text.lines()
                    : name.endsWith(".json") ? Stream.of(text) : Stream.empty();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
