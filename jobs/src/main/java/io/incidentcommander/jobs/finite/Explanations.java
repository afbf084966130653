// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.jobs.finite;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.incidentcommander.model.audit.Disposition;
import io.incidentcommander.model.ingest.AlertId;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Answers from result files, or from what a job wrote to its topics of fates and incidents. Reads
 * them line by line, parsing only lines that hold what is sought: the time is that of reading, the
 * memory that of these lines.
 */
public final class Explanations {
    private static final ObjectReader JSON = new ObjectMapper().reader();
    private static final int FIRST_ALERTS = 5;
    private static final int FIRST_EVENTS = 12;

    /** Who asks meanwhile is told so; what came of it afterwards is a row of its own. */
    private static final List<String> HELD =
            List.of(Disposition.SILENCED.word(), Disposition.INHIBITED.word());

    private final ResultFiles files;

    public Explanations(ResultFiles files) {
        this.files = files;
    }

    /** The story of an alert or an incident, line by line; empty if there is no such id. */
    public Optional<List<String>> of(String id) throws IOException {
        Optional<JsonNode> alert = alert(id);
        if (alert.isPresent()) {
            return Optional.of(ofAlert(alert.get()));
        }
        return incident(id).map(Explanations::ofIncident);
    }

    /**
     * The rows behind the story: {@code alert}, {@code representative}, {@code incident}, each if
     * there is one; empty if there is no such id.
     */
    public Optional<String> jsonOf(String id) throws IOException {
        ObjectNode story = JsonNodeFactory.instance.objectNode();
        Optional<JsonNode> alert = alert(id);
        String incident = id;
        if (alert.isPresent()) {
            story.set("alert", alert.get());
            representativeOf(alert.get()).ifPresent(r -> story.set("representative", r));
            incident = text(alert.get(), "incident_id");
        }
        incident(incident).ifPresent(i -> story.set("incident", i));
        return story.isEmpty() ? Optional.empty() : Optional.of(story.toString());
    }

    /** Why there is nothing to tell, and what would be: one line. */
    public String unknown(String id) throws IOException {
        Optional<JsonNode> letter = deadLetterOf(id);
        if (letter.isPresent()) {
            return "no alert "
                    + id
                    + ": its record is a dead letter: "
                    + letter.get().path("reason").asText();
        }
        Optional<String> nearest = nearest(id);
        return "no alert or incident "
                + id
                + " in these results; alert ids are source:path:offset:index"
                + nearest.map(n -> ", as " + n).orElse("; there are no alerts")
                + (files.isOfLiveRun() ? "; of a live run, repeats have no row of their own" : "");
    }

    private List<String> ofAlert(JsonNode alert) throws IOException {
        List<String> lines = new ArrayList<>();
        lines.add("alert " + text(alert, "alert_id"));
        lines.add(origin(alert));
        lines.add(ended(alert));
        Optional<JsonNode> standIn = representativeOf(alert);
        if (standIn.isPresent()) {
            lines.add(line("", text(standIn.get(), "alert_id") + " stands for it:"));
            lines.add(ended(standIn.get()));
        }
        lines.add(line("incident", incidentOf(alert)));
        return lines;
    }

    private static String origin(JsonNode alert) {
        if (text(alert, "source").equals(AlertId.RAISED)) {
            return raised(alert);
        }
        return line(
                "ingest",
                "read from "
                        + text(alert, "source")
                        + ", line "
                        + (alert.path("offset").asLong() + 1)
                        + ", alert "
                        + (alert.path("index").asInt() + 1)
                        + " of its record");
    }

    /** No source sent it; its place is that of the value that made it. */
    private static String raised(JsonNode alert) {
        String id = text(alert, "alert_id");
        int end = id.lastIndexOf(':', id.lastIndexOf(':') - 1);
        return line(
                "detection",
                "raised about a value in "
                        + id.substring(AlertId.RAISED.length() + 1, end)
                        + ", line "
                        + (alert.path("offset").asLong() + 1)
                        + (alert.has("summary") ? ": " + text(alert, "summary") : ""));
    }

    private Optional<JsonNode> representativeOf(JsonNode alert) throws IOException {
        return alert.hasNonNull("representative")
                ? alert(text(alert, "representative"))
                : Optional.empty();
    }

    private static String ended(JsonNode alert) {
        return line(
                text(alert, "stage"), text(alert, "disposition") + ": " + text(alert, "reason"));
    }

    private String incidentOf(JsonNode alert) throws IOException {
        if (!alert.hasNonNull("incident_id")) {
            return "none";
        }
        String id = text(alert, "incident_id");
        return incident(id)
                .map(Explanations::inShort)
                .orElse(id + ", of which nothing more is known");
    }

    private static List<String> ofIncident(JsonNode incident) {
        List<String> lines = new ArrayList<>();
        lines.add("incident " + inShort(incident));
        lines.add(line("opened", text(incident, "opened_at")));
        lines.add(line("updated", text(incident, "updated_at")));
        lines.add(line("services", String.join(", ", texts(incident.path("services")))));
        if (incident.hasNonNull("sla_risk")) {
            lines.add(line("promise", "risk of missing it: " + text(incident, "sla_risk")));
        }
        lines.addAll(grounds(incident));
        lines.addAll(history(incident));
        if (!incident.has("alert_ids")) {
            lines.add(line("alerts", incident.path("alert_count").asLong() + " in all"));
            return lines;
        }
        lines.add(
                line(
                        "alerts",
                        incident.path("alert_count").asLong()
                                + " in all, "
                                + incident.path("alert_ids").size()
                                + " of them without one that stands for them; the first:"));
        texts(incident.path("alert_ids")).stream()
                .limit(FIRST_ALERTS)
                .forEach(id -> lines.add(line("", id)));
        if (incident.hasNonNull("merged_into")) {
            lines.add(line("merged", "into " + text(incident, "merged_into")));
        }
        return lines;
    }

    /** What it is held to be, how surely, where it probably began, and why. */
    private static List<String> grounds(JsonNode incident) {
        List<String> lines = new ArrayList<>();
        if (incident.hasNonNull("confidence_low")) {
            lines.add(
                    line(
                            "held to be",
                            String.format(
                                    Locale.ROOT,
                                    "%s, %.2f sure (%.2f to %.2f)",
                                    text(incident, "type").replace('_', ' '),
                                    incident.path("confidence").asDouble(),
                                    incident.path("confidence_low").asDouble(),
                                    incident.path("confidence_high").asDouble())));
            lines.add(line("began at", String.join(", or ", texts(incident.path("origins")))));
        }
        String label = "because";
        for (String evidence : texts(incident.path("evidence"))) {
            lines.add(line(label, evidence));
            label = "";
        }
        if (incident.hasNonNull("cost_usd")) {
            lines.add(line("cost", incident.path("cost_usd").asText() + " USD"));
        }
        return lines;
    }

    /** What each of its events told, when and why. */
    private static List<String> history(JsonNode incident) {
        List<String> lines = new ArrayList<>();
        List<String> events = texts(incident.path("history"));
        for (String event : events.subList(0, Math.min(FIRST_EVENTS, events.size()))) {
            lines.add(line(lines.isEmpty() ? "history" : "", event));
        }
        if (events.size() > FIRST_EVENTS) {
            lines.add(line("", "and " + (events.size() - FIRST_EVENTS) + " more, with --json"));
        }
        return lines;
    }

    private static String inShort(JsonNode incident) {
        return text(incident, "incident_id")
                + " \""
                + text(incident, "title")
                + "\", "
                + text(incident, "severity")
                + " "
                + text(incident, "type")
                + ", "
                + text(incident, "state");
    }

    private Optional<JsonNode> deadLetterOf(String id) throws IOException {
        int index = id.lastIndexOf(':');
        int offset = index < 0 ? -1 : id.lastIndexOf(':', index - 1);
        if (offset < 0 || files.isOfLiveRun()) {
            return Optional.empty();
        }
        String place = id.substring(offset + 1, index);
        try (BufferedReader lines = Files.newBufferedReader(files.deadLetters())) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                JsonNode letter = JSON.readTree(line);
                String record = text(letter, "source") + ":" + text(letter, "partition");
                if (letter.path("offset").asText().equals(place)
                        && id.substring(0, offset).equals(record)) {
                    return Optional.of(letter);
                }
            }
        }
        return Optional.empty();
    }

    /** The alert id that shares most of its beginning with the one asked for. */
    private Optional<String> nearest(String id) throws IOException {
        String nearest = "";
        int most = -1;
        try (BufferedReader lines = Files.newBufferedReader(files.alerts())) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                String other = text(JSON.readTree(line), "alert_id");
                int shared = shared(id, other);
                if (shared > most) {
                    most = shared;
                    nearest = other;
                }
            }
        }
        return most < 0 ? Optional.empty() : Optional.of(nearest);
    }

    private static int shared(String one, String other) {
        int length = Math.min(one.length(), other.length());
        int at = 0;
        while (at < length && one.charAt(at) == other.charAt(at)) {
            at++;
        }
        return at;
    }

    /** Where one was held and let go, what came of it then. */
    private Optional<JsonNode> alert(String id) throws IOException {
        return rows(files.alerts(), "alert_id", id).stream()
                .reduce((one, other) -> HELD.contains(text(other, "disposition")) ? one : other);
    }

    /** From its own row, or where its events have one each, from all of them. */
    private Optional<JsonNode> incident(String id) throws IOException {
        List<JsonNode> rows = rows(files.incidents(), "incident_id", id);
        rows.sort(Comparator.comparingLong(row -> row.path("sequence").asLong()));
        if (rows.isEmpty() || !rows.get(0).path("incident").isObject()) {
            return rows.stream().findFirst();
        }
        ObjectNode incident = rows.get(rows.size() - 1).path("incident").deepCopy();
        ArrayNode history = incident.putArray("history");
        rows.forEach(event -> history.add(told(event)));
        return Optional.of(incident);
    }

    private static String told(JsonNode event) {
        return text(event, "event_time") + " " + text(event, "kind") + ": " + text(event, "cause");
    }

    private static List<JsonNode> rows(Path file, String field, String value) throws IOException {
        String quoted = new String(new JsonStringEncoder().quoteAsString(value));
        String sought = "\"" + field + "\":\"" + quoted + "\"";
        List<JsonNode> rows = new ArrayList<>();
        try (BufferedReader lines = Files.newBufferedReader(file)) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (line.contains(sought)) {
                    rows.add(JSON.readTree(line));
                }
            }
        }
        return rows;
    }

    private static String line(String stage, String text) {
        return String.format("  %-12s %s", stage, text);
    }

    private static String text(JsonNode node, String field) {
        return node.path(field).asText();
    }

    private static List<String> texts(JsonNode array) {
        List<String> texts = new ArrayList<>();
        array.forEach(element -> texts.add(element.asText()));
        return texts;
    }
}
