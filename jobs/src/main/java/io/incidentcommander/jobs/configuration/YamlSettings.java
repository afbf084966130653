// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.jobs.configuration;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Flattens a YAML file to keys with dots: nesting is only a way of writing them. */
final class YamlSettings {
    private YamlSettings() {}

    static Map<String, String> read(Path file) {
        Map<String, String> settings = new LinkedHashMap<>();
        JsonNode root = parse(file);
        if (root.isMissingNode() || root.isNull()) {
            return settings;
        }
        if (!root.isObject()) {
            throw new ConfigurationException(file + ": options are written as key: value");
        }
        flatten("", root, settings, file);
        return settings;
    }

    private static JsonNode parse(Path file) {
        try {
            return new YAMLMapper().readTree(Files.readAllBytes(file));
        } catch (NoSuchFileException e) {
            throw new ConfigurationException("no such file: " + file, e);
        } catch (JsonProcessingException e) {
            throw new ConfigurationException(
                    file
                            + ": line "
                            + (e.getLocation() == null ? "?" : e.getLocation().getLineNr())
                            + ": "
                            + e.getOriginalMessage(),
                    e);
        } catch (IOException e) {
            throw new ConfigurationException(file + ": cannot be read: " + e.getMessage(), e);
        }
    }

    private static void flatten(
            String prefix, JsonNode node, Map<String, String> settings, Path file) {
        for (Map.Entry<String, JsonNode> field : node.properties()) {
            String key = prefix + field.getKey();
            JsonNode value = field.getValue();
            if (value.isObject()) {
                flatten(key + ".", value, settings, file);
            } else if (settings.put(key, scalar(key, value, file)) != null) {
                throw new ConfigurationException(file + ": " + key + " is set twice");
            }
        }
    }

    private static String scalar(String key, JsonNode value, Path file) {
        if (value.isNull()) {
            throw new ConfigurationException(file + ": " + key + " has no value");
        }
        if (!value.isArray()) {
            return value.asText();
        }
        List<String> texts = new ArrayList<>();
        value.forEach(element -> texts.add(element.asText()));
        return String.join(",", texts);
    }
}
