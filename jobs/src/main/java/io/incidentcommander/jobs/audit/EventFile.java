// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.jobs.audit;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.incidentcommander.model.audit.ChainHead;
import io.incidentcommander.model.audit.IncidentEvent;
import io.incidentcommander.udfs.audit.ChainCopy;
import io.incidentcommander.udfs.audit.ChainFinding;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/**
 * Chains in a file, as a run leaves them: one JSON object a line, an event with its canonical bytes
 * in base64 and its hash, or where the store's head of an incident stood, or how far a checkpoint
 * saw it. A copy is worth less than the store: whoever rewrites the file with all its hashes leaves
 * no trace in it.
 */
public final class EventFile implements ChainStore {
    /** Below the directory of a run. */
    public static final String NAME = "events.ndjson";

    /** Of the second region. */
    public static final String REPLICA_NAME = "events-replica.ndjson";

    private static final ObjectMapper JSON = new ObjectMapper();

    private final Path file;

    public EventFile(Path file) {
        this.file = file;
    }

    @Override
    public ChainCopy read(String incidentId) throws IOException {
        List<IncidentEvent> events = new ArrayList<>();
        List<ChainFinding> damaged = new ArrayList<>();
        List<ChainHead> anchors = new ArrayList<>();
        Optional<ChainHead> head = Optional.empty();
        try (BufferedReader lines = Files.newBufferedReader(file)) {
            long number = 0;
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                number++;
                try {
                    JsonNode json = JSON.readTree(line);
                    if (!incidentId.equals(json.path("incident_id").asText())) {
                        continue;
                    }
                    if (json.has("head")) {
                        head = Optional.of(head(json.get("head")));
                    } else if (json.has("anchor")) {
                        anchors.add(head(json.get("anchor")));
                    } else {
                        events.add(event(json, damaged));
                    }
                } catch (JsonProcessingException e) {
                    damaged.add(unreadable(number, 0, "is no JSON"));
                } catch (IOException | IllegalArgumentException e) {
                    damaged.add(unreadable(number, 0, "is no event: " + e.getMessage()));
                }
            }
        }
        return new ChainCopy(events, head, anchors, damaged);
    }

    @Override
    public int mend(List<IncidentEvent> chain) {
        throw new UnsupportedOperationException("A copy is not mended");
    }

    @Override
    public String label() {
        return "a run's copy (not the store itself) in " + file;
    }

    private static ChainHead head(JsonNode json) {
        return new ChainHead(json.path("sequence").asLong(-1), json.path("hash").asText());
    }

    private static IncidentEvent event(JsonNode json, List<ChainFinding> damaged)
            throws IOException {
        IncidentEvent event =
                IncidentEvent.storedToCheck(
                        Base64.getDecoder().decode(json.path("canonical").asText()),
                        json.path("hash").asText());
        if (!JSON.readTree(json(event).toString()).equals(json)) {
            damaged.add(
                    ChainFinding.of(
                            ChainFinding.Kind.CHANGED_ITEM,
                            event.sequence(),
                            "the line says something else than its canonical bytes"));
        }
        return event;
    }

    private static ChainFinding unreadable(long line, long sequence, String why) {
        return ChainFinding.of(ChainFinding.Kind.UNREADABLE, sequence, "line " + line + " " + why);
    }

    private static JsonNode json(IncidentEvent event) {
        ObjectNode json = JSON.createObjectNode();
        json.put("incident_id", event.incidentId());
        json.put("sequence", event.sequence());
        json.put("event_id", event.eventId());
        json.put("kind", event.kind().word());
        json.put("event_time", Instant.ofEpochMilli(event.eventTimeMillis()).toString());
        json.put("state", event.incident().state().word());
        json.put("agent", event.agent());
        json.put("cause", event.cause());
        json.put("hash", event.hash());
        json.put("canonical", Base64.getEncoder().encodeToString(event.canonical()));
        return json;
    }

    /** Writes such a file. */
    public static final class Writer implements Closeable {
        private final BufferedWriter out;

        public Writer(Path file) throws IOException {
            out = Files.newBufferedWriter(file);
        }

        /** One incident, as the store has it, save for what cannot be read. */
        public void write(String incidentId, ChainCopy chain) throws IOException {
            for (IncidentEvent event : chain.events()) {
                line(json(event));
            }
            if (chain.head().isPresent()) {
                line(head(incidentId, "head", chain.head().get()));
            }
            for (ChainHead anchor : chain.anchors()) {
                line(head(incidentId, "anchor", anchor));
            }
        }

        private static ObjectNode head(String incidentId, String what, ChainHead head) {
            ObjectNode json = JSON.createObjectNode();
            json.put("incident_id", incidentId);
            json.putObject(what).put("sequence", head.sequence()).put("hash", head.hash());
            return json;
        }

        private void line(JsonNode json) throws IOException {
            out.write(json.toString());
            out.write('\n');
        }

        @Override
        public void close() throws IOException {
            out.close();
        }
    }
}
