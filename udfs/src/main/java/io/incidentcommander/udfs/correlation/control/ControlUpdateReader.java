// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.udfs.correlation.control;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import io.incidentcommander.model.correlation.ControlKind;
import io.incidentcommander.model.correlation.ControlUpdate;
import io.incidentcommander.udfs.correlation.yaml.Problems;
import io.incidentcommander.udfs.lifecycle.HumanCommands;
import io.incidentcommander.udfs.resolution.ActionCommand;
import java.time.DateTimeException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Reads control updates as they come over a topic or stand in a log: JSON objects with {@code kind,
 * tenant, id, sequence, effective_at, author} and a {@code body}, as an object or as YAML text;
 * none withdraws.
 */
public final class ControlUpdateReader {
    /** What a reset may name: whoever is called outside by calls with a breaker. */
    private static final Set<String> RESETS = Set.of("models");

    private static final ObjectReader JSON = new ObjectMapper().reader();

    private ControlUpdateReader() {}

    /** One message; empty if there was any problem. */
    public static Optional<ControlUpdate> read(String json, Problems problems) {
        return read(json, 1, problems);
    }

    /** A log, a message a line; lines with problems are left out. */
    public static List<ControlUpdate> log(String text, Problems problems) {
        List<ControlUpdate> updates = new ArrayList<>();
        int line = 0;
        for (String json : text.split("\n", -1)) {
            line++;
            if (!json.isBlank()) {
                read(json, line, problems).ifPresent(updates::add);
            }
        }
        return updates;
    }

    private static Optional<ControlUpdate> read(String json, int line, Problems problems) {
        try {
            ControlUpdate update = update(JSON.readTree(json));
            if (ActionCommand.isOne(update)) {
                ActionCommand.read(update);
            } else if (update.kind() == ControlKind.COMMAND) {
                HumanCommands.read(update);
            } else if (update.kind() == ControlKind.RESET && !RESETS.contains(update.id())) {
                throw new IllegalArgumentException(
                        "what can be reset is " + RESETS + ", not '" + update.id() + "'");
            }
            return Optional.of(update);
        } catch (JsonProcessingException e) {
            problems.add(line, "not JSON: " + e.getOriginalMessage());
        } catch (IllegalArgumentException | DateTimeException e) {
            problems.add(line, e.getMessage());
        }
        return Optional.empty();
    }

    private static ControlUpdate update(JsonNode node) {
        if (!node.isObject()) {
            throw new IllegalArgumentException("a control update is an object");
        }
        ControlKind kind = kind(node.path("kind").asText());
        String tenant = node.path("tenant").asText(ControlDocumentReader.ALL_TENANTS);
        String id = required(node, "id");
        String author = required(node, "author");
        long effective =
                OffsetDateTime.parse(required(node, "effective_at")).toInstant().toEpochMilli();
        JsonNode sequence = node.path("sequence");
        if (!sequence.canConvertToLong() || !sequence.isIntegralNumber()) {
            throw new IllegalArgumentException("sequence must be a whole number from 1");
        }
        JsonNode body = node.path("body");
        if (body.isMissingNode() || body.isNull()) {
            return ControlUpdate.withdraw(kind, tenant, id, sequence.asLong(), effective, author);
        }
        String text = body.isTextual() ? body.asText() : body.toString();
        return ControlUpdate.set(kind, tenant, id, sequence.asLong(), effective, author, text);
    }

    private static ControlKind kind(String word) {
        for (ControlKind kind : ControlKind.values()) {
            if (kind.word().equals(word)) {
                return kind;
            }
        }
        throw new IllegalArgumentException(
                "kind is silence, document, command, reset or change, not '" + word + "'");
    }

    private static String required(JsonNode node, String field) {
        String text = node.path(field).asText();
        if (text.isEmpty()) {
            throw new IllegalArgumentException(field + " is missing");
        }
        return text;
    }
}
