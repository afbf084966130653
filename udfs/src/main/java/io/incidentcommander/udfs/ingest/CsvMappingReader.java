// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.udfs.ingest;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.incidentcommander.model.ingest.AlertStatus;
import io.incidentcommander.model.ingest.Severity;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;

/** Reads the YAML of a mapping strictly: a key that means nothing is an error, not a surprise. */
final class CsvMappingReader {
    private static final YAMLMapper YAML = new YAMLMapper();
    private static final Set<String> KEYS =
            Set.of(
                    "time",
                    "name",
                    "service",
                    "host",
                    "type",
                    "severity",
                    "status",
                    "value",
                    "labels",
                    "fingerprint");

    private final String file;
    private final JsonNode root;

    CsvMappingReader(String yaml, String file) {
        this.file = file;
        this.root = read(yaml);
        checkKeys("", root, KEYS);
    }

    String file() {
        return file;
    }

    String timeColumn() {
        return requiredText("time", object("time", Set.of("column", "unit")), "column");
    }

    CsvMapping.TimeUnit timeUnit() {
        String unit = requiredText("time", root.path("time"), "unit");
        try {
            return CsvMapping.TimeUnit.valueOf(unit.toUpperCase(Locale.ROOT));
        } catch (IllegalArgumentException e) {
            throw error("time/unit is " + unit + "; it must be s, ms, us, ns or iso");
        }
    }

    /** A column, {@code {value: constant}}, or nothing. */
    CsvMapping.Text text(String key) {
        JsonNode node = root.path(key);
        if (node.isMissingNode()) {
            return CsvMapping.Text.NONE;
        }
        if (node.isObject()) {
            checkKeys(key + "/", node, Set.of("value"));
            return new CsvMapping.Text("", requiredText(key, node, "value"));
        }
        return new CsvMapping.Text(column(key), "");
    }

    /** A column, or empty. */
    String column(String key) {
        JsonNode node = root.path(key);
        if (node.isMissingNode()) {
            return "";
        }
        if (!node.isValueNode() || node.asText().isEmpty() || node.isNull()) {
            throw error("key " + key + " must name a column");
        }
        return node.asText();
    }

    List<String> columns(String key) {
        JsonNode node = root.path(key);
        if (!node.isMissingNode() && !node.isArray()) {
            throw error("key " + key + " must be a list of columns, as in [a, b]");
        }
        List<String> columns = new ArrayList<>();
        node.forEach(column -> columns.add(column.asText()));
        return List.copyOf(columns);
    }

    Optional<CsvMapping.Choice<Severity>> severity() {
        return choice("severity", Severities::ofWord, "CRITICAL, HIGH, MEDIUM, LOW or INFO");
    }

    Optional<CsvMapping.Choice<AlertStatus>> status() {
        return choice("status", Statuses::ofWord, "FIRING, RESOLVED, NO_DATA or ACKNOWLEDGED");
    }

    private <T> Optional<CsvMapping.Choice<T>> choice(
            String key, Function<String, Optional<T>> ofWord, String words) {
        if (root.path(key).isMissingNode()) {
            return Optional.empty();
        }
        JsonNode node = object(key, Set.of("column", "map", "default"));
        Map<String, T> map = new LinkedHashMap<>();
        Iterator<Map.Entry<String, JsonNode>> entries = node.path("map").fields();
        while (entries.hasNext()) {
            Map.Entry<String, JsonNode> entry = entries.next();
            map.put(entry.getKey(), word(key, entry.getValue(), ofWord, words));
        }
        Optional<T> otherwise =
                node.has("default")
                        ? Optional.of(word(key, node.get("default"), ofWord, words))
                        : Optional.empty();
        return Optional.of(
                new CsvMapping.Choice<>(requiredText(key, node, "column"), map, otherwise));
    }

    private <T> T word(
            String key, JsonNode node, Function<String, Optional<T>> ofWord, String words) {
        return ofWord.apply(node.asText())
                .orElseThrow(
                        () -> error("key " + key + " has " + node.asText() + "; use " + words));
    }

    private JsonNode object(String key, Set<String> keys) {
        JsonNode node = root.path(key);
        if (!node.isObject()) {
            throw error("key " + key + " is missing or no object with " + new TreeSet<>(keys));
        }
        checkKeys(key + "/", node, keys);
        return node;
    }

    private String requiredText(String key, JsonNode node, String field) {
        String text = Fields.text(node, field);
        if (text.isEmpty()) {
            throw error("key " + key + "/" + field + " is missing");
        }
        return text;
    }

    private void checkKeys(String prefix, JsonNode node, Set<String> known) {
        Iterator<String> names = node.fieldNames();
        while (names.hasNext()) {
            String name = names.next();
            if (!known.contains(name)) {
                throw error("unknown key " + prefix + name + "; there are " + new TreeSet<>(known));
            }
        }
    }

    private JsonNode read(String yaml) {
        try {
            JsonNode node = YAML.readTree(yaml);
            if (!node.isObject()) {
                throw error("a mapping has keys " + new TreeSet<>(KEYS));
            }
            return node;
        } catch (JsonProcessingException e) {
            throw error("not YAML: " + e.getOriginalMessage());
        }
    }

    private CsvMappingException error(String what) {
        return new CsvMappingException(file + ": " + what);
    }
}
