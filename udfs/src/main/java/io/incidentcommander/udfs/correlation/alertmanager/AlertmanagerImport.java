// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.udfs.correlation.alertmanager;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.incidentcommander.udfs.correlation.control.ControlDocumentReader;
import io.incidentcommander.udfs.correlation.yaml.Problems;
import io.incidentcommander.udfs.correlation.yaml.YamlNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Carries an alertmanager.yml over into a control document: the routing tree with its grouping and
 * time intervals, inhibition, time intervals, the receivers' names. Whatever else stands in the
 * file is named with its line, as not carried over. Immutable once read.
 */
public final class AlertmanagerImport {
    private static final List<String> ROUTE_CARRIED =
            List.of(
                    "receiver",
                    "group_by",
                    "continue",
                    "mute_time_intervals",
                    "active_time_intervals");
    private static final List<String> ROUTE_TIMING =
            List.of("group_wait", "group_interval", "repeat_interval");

    private final Problems errors;
    private final Problems notCarried;
    private final Map<String, Object> document = new LinkedHashMap<>();
    private String text = "";

    private AlertmanagerImport(String file) {
        errors = new Problems(file);
        notCarried = new Problems(file);
    }

    /** Reads the file's text; what is wrong with it is in {@link #errors}. */
    public static AlertmanagerImport read(String yaml, String file) {
        AlertmanagerImport imported = new AlertmanagerImport(file);
        YamlNode.parse(yaml, imported.errors).ifPresent(imported::sections);
        if (imported.errors.isEmpty()) {
            imported.finish();
        }
        return imported;
    }

    /** The control document as YAML; empty if there were errors. */
    public Optional<String> document() {
        return errors.isEmpty() ? Optional.of(text) : Optional.empty();
    }

    /** Why the file cannot be used at all. */
    public List<Problems.Problem> errors() {
        return errors.all();
    }

    /** What the file says that the document does not. */
    public List<Problems.Problem> notCarried() {
        return notCarried.all();
    }

    private void sections(YamlNode root) {
        List<Object> intervals = new ArrayList<>();
        Map<String, YamlNode> sections = root.fields();
        sections.forEach(
                (key, node) -> {
                    switch (key) {
                        case "route":
                            document.put("routing", route(node));
                            break;
                        case "inhibit_rules":
                            document.put("inhibition", inhibition(node));
                            break;
                        case "time_intervals":
                        case "mute_time_intervals":
                            node.items().forEach(item -> intervals.add(plain(item)));
                            break;
                        case "receivers":
                            receivers(node);
                            break;
                        default:
                            notCarried.add(node.line(), key + " has no counterpart");
                    }
                });
        if (!intervals.isEmpty()) {
            document.put("time_intervals", intervals);
        }
        if (!sections.containsKey("route")) {
            root.problem("there is no route: is this an alertmanager.yml?");
        }
    }

    private Map<String, Object> route(YamlNode node) {
        Map<String, Object> route = new LinkedHashMap<>();
        List<Object> matchers = new ArrayList<>();
        node.fields()
                .forEach(
                        (key, value) -> {
                            if (ROUTE_CARRIED.contains(key)) {
                                route.put(key, plain(value));
                                groupBy(key, value);
                            } else if (key.equals("routes")) {
                                List<Object> children = new ArrayList<>();
                                value.items().forEach(child -> children.add(route(child)));
                                route.put("routes", children);
                            } else if (!matchers(key, "match", value, matchers)) {
                                routeKey(key, value);
                            }
                        });
        if (!matchers.isEmpty()) {
            route.put("matchers", matchers);
        }
        return route;
    }

    /** It stands in the document, for who reads it, and decides nothing. */
    private void groupBy(String key, YamlNode value) {
        if (key.equals("group_by")) {
            notCarried.add(
                    value.line(),
                    "group_by: "
                            + value.texts()
                            + ": what belongs together is found by calls, labels, text and time;"
                            + " the labels named here have no part in it");
        }
    }

    private void routeKey(String key, YamlNode value) {
        if (ROUTE_TIMING.contains(key)) {
            notCarried.add(
                    value.line(),
                    key
                            + ": "
                            + value.text()
                            + ": incidents are told of by their own events, not at intervals");
        } else {
            notCarried.add(value.line(), "route key " + key + " has no counterpart");
        }
    }

    private List<Object> inhibition(YamlNode node) {
        List<Object> rules = new ArrayList<>();
        for (YamlNode item : node.items()) {
            Map<String, Object> rule = new LinkedHashMap<>();
            List<Object> source = new ArrayList<>();
            List<Object> target = new ArrayList<>();
            item.fields()
                    .forEach(
                            (key, value) -> {
                                if (key.equals("equal")) {
                                    rule.put(key, plain(value));
                                } else if (!matchers(key, "source_match", value, source)
                                        && !matchers(key, "target_match", value, target)) {
                                    notCarried.add(
                                            value.line(),
                                            "inhibition key " + key + " has no counterpart");
                                }
                            });
            rule.put("source_matchers", source);
            rule.put("target_matchers", target);
            rules.add(rule);
        }
        return rules;
    }

    /** The three ways of writing matchers: {@code match}, {@code match_re} and {@code matchers}. */
    private static boolean matchers(
            String key, String prefix, YamlNode value, List<Object> matchers) {
        if (key.equals(prefix + "ers")) {
            if (value.isText() && !value.isNull()) {
                matchers.add(value.text());
            } else {
                matchers.addAll(value.texts());
            }
            return true;
        }
        boolean regex = key.equals(prefix + "_re");
        if (!regex && !key.equals(prefix)) {
            return false;
        }
        value.fields()
                .forEach(
                        (label, text) ->
                                matchers.add(
                                        label
                                                + (regex ? "=~" : "=")
                                                + '"'
                                                + escaped(text.text())
                                                + '"'));
        return true;
    }

    private static String escaped(String text) {
        return text.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n");
    }

    private void receivers(YamlNode node) {
        for (YamlNode item : node.items()) {
            Map<String, YamlNode> fields = item.fields();
            String name = fields.containsKey("name") ? fields.get("name").text() : "";
            fields.forEach(
                    (key, value) -> {
                        if (!key.equals("name")) {
                            notCarried.add(
                                    value.line(),
                                    "receiver "
                                            + name
                                            + ": "
                                            + key
                                            + ": channels are configured by options; only the"
                                            + " name is carried over, in the routes");
                        }
                    });
        }
    }

    private static Object plain(YamlNode node) {
        if (node.isText()) {
            return node.text();
        }
        if (node.isList()) {
            List<Object> items = new ArrayList<>();
            node.items().forEach(item -> items.add(plain(item)));
            return items;
        }
        Map<String, Object> fields = new LinkedHashMap<>();
        node.fields().forEach((key, value) -> fields.put(key, plain(value)));
        return fields;
    }

    /** The document must itself be one that can be used. */
    private void finish() {
        try {
            text =
                    new YAMLMapper()
                            .disable(YAMLGenerator.Feature.WRITE_DOC_START_MARKER)
                            .writeValueAsString(document);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("Texts, lists and maps can always be written", e);
        }
        Problems problems = new Problems("document");
        ControlDocumentReader.read(text, problems);
        problems.all().forEach(problem -> errors.add(1, sourceOf(problem)));
    }

    /** Lines of the document mean nothing to who wrote the file: the line's text does. */
    private String sourceOf(Problems.Problem problem) {
        String[] lines = text.split("\n", -1);
        String line = lines[Math.min(problem.line(), lines.length) - 1].strip();
        return problem.what() + " (at: " + line + ")";
    }
}
