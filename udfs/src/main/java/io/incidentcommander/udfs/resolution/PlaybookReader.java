// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.udfs.resolution;

import io.incidentcommander.model.consensus.RiskLevel;
import io.incidentcommander.udfs.correlation.yaml.Problems;
import io.incidentcommander.udfs.correlation.yaml.Values;
import io.incidentcommander.udfs.correlation.yaml.YamlNode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;

/**
 * Reads what stands under {@code acts} in a catalogue of runbooks: target, permissions, resources,
 * parameters with their types, and the steps in the sandbox, of the change and of its validation.
 * Changes come after those they name. Whatever is wrong goes to the problems, with its line.
 */
public final class PlaybookReader {
    private static final Set<String> KEYS =
            Set.of(
                    "target",
                    "permissions",
                    "resources",
                    "tagged",
                    "parameters",
                    "sandbox",
                    "change",
                    "validate");
    private static final Set<String> NEEDED =
            Set.of("target", "permissions", "sandbox", "change", "validate");
    private static final String DOCUMENT = "[A-Za-z0-9_.-]{3,128}";
    private static final String PERMISSION = "[a-z0-9-]+:[A-Za-z0-9]+";

    private PlaybookReader() {}

    /** As far as it can be read. */
    public static Playbooks read(String yaml, Problems problems) {
        List<Playbook> playbooks = new ArrayList<>();
        YamlNode.parse(yaml, problems)
                .ifPresent(
                        root ->
                                root.fields()
                                        .forEach(
                                                (id, node) ->
                                                        playbook(id, node)
                                                                .ifPresent(playbooks::add)));
        return new Playbooks(playbooks);
    }

    private static Optional<Playbook> playbook(String id, YamlNode node) {
        Map<String, YamlNode> runbook = node.fields();
        if (!runbook.containsKey("acts")) {
            return Optional.empty(); // nobody can carry it out: it is for humans
        }
        YamlNode acts = runbook.get("acts");
        Map<String, YamlNode> fields = acts.fields(KEYS);
        for (String key : NEEDED) {
            if (!fields.containsKey(key)) {
                acts.problem("runbook " + id + " cannot be carried out without " + key);
                return Optional.empty();
            }
        }
        Optional<RiskLevel> risk =
                Arrays.stream(RiskLevel.values())
                        .filter(
                                level ->
                                        runbook.containsKey("risk")
                                                && level.name()
                                                        .equalsIgnoreCase(
                                                                runbook.get("risk").text()))
                        .findFirst();
        if (risk.isEmpty() || !runbook.containsKey("version")) {
            return Optional.empty(); // told by whoever reads the runbook
        }
        Playbook.Builder b = new Playbook.Builder();
        b.runbook = id;
        b.version = runbook.get("version").text();
        b.risk = risk.get();
        Map<String, YamlNode> target = fields.get("target").fields(Set.of("tag", "kind"));
        b.targetTag = required(fields.get("target"), target, "tag");
        b.targetKind = required(fields.get("target"), target, "kind");
        b.permissions = matching(fields.get("permissions"), PERMISSION, "no action of AWS");
        b.resources = resources(fields, "resources");
        b.tagged = resources(fields, "tagged");
        b.parameters = parameters(fields.get("parameters"), runbook.get("parameters"), acts);
        Set<String> names = new HashSet<>();
        b.sandbox = steps(fields.get("sandbox"), Set.of("name", "document"), names);
        b.changes = changes(fields.get("change"), names);
        b.validation = steps(fields.get("validate"), Set.of("name", "document", "command"), names);
        if (b.resources.isEmpty() && b.tagged.isEmpty()) {
            acts.problem("runbook " + id + " names nothing, resources or tagged, to act on");
            return Optional.empty();
        }
        if (b.permissions.isEmpty()) {
            return Optional.empty();
        }
        Playbook playbook = new Playbook(b);
        requireGrantable(acts, playbook);
        return Optional.of(playbook);
    }

    private static List<String> resources(Map<String, YamlNode> fields, String key) {
        return fields.containsKey(key)
                ? matching(fields.get(key), "arn:aws:[^ ]+", "no ARN")
                : List.of();
    }

    /** For a service, and a document of recorded sessions, with the longest names there can be. */
    private static void requireGrantable(YamlNode acts, Playbook playbook) {
        String longest = "x".repeat(Playbook.LONGEST_SERVICE);
        int chars = SessionPolicy.change(playbook, longest, Optional.of(longest)).length();
        if (chars > SessionPolicy.MOST_CHARS) {
            acts.problem(
                    "nobody grants a session so much: its policy may have "
                            + chars
                            + " characters, more than "
                            + SessionPolicy.MOST_CHARS);
        }
    }

    private static TreeMap<String, ParameterRule> parameters(
            YamlNode rules, YamlNode values, YamlNode acts) {
        TreeMap<String, ParameterRule> parameters = new TreeMap<>();
        Map<String, YamlNode> given = values == null ? Map.of() : values.fields();
        if (rules != null) {
            rules.fields().forEach((name, node) -> parameters.put(name, rule(node)));
        }
        given.forEach(
                (name, value) -> {
                    if (!parameters.containsKey(name)) {
                        acts.problem("parameter " + name + " has no type");
                    } else {
                        parameters
                                .get(name)
                                .flaw(value.text())
                                .ifPresent(flaw -> value.problem(name + " " + flaw));
                    }
                });
        for (String name : parameters.keySet()) {
            if (!given.containsKey(name)) {
                rules.problem("there is no parameter " + name);
            }
        }
        return parameters;
    }

    private static ParameterRule rule(YamlNode node) {
        Map<String, YamlNode> fields = node.fields(Set.of("type", "min", "max"));
        String word = fields.containsKey("type") ? fields.get("type").text() : "";
        ParameterRule.Type type = ParameterRule.Type.TEXT;
        boolean known = false;
        for (ParameterRule.Type candidate : ParameterRule.Type.values()) {
            if (candidate.name().equalsIgnoreCase(word)) {
                type = candidate;
                known = true;
            }
        }
        if (!known) {
            node.problem("type is text, integer or percent, not '" + word + "'");
        }
        return new ParameterRule(type, bound(fields, "min", 0), bound(fields, "max", 256));
    }

    private static long bound(Map<String, YamlNode> fields, String key, long otherwise) {
        OptionalLong value =
                fields.containsKey(key) ? Values.count(fields.get(key)) : OptionalLong.empty();
        return value.orElse(otherwise);
    }

    private static List<PlaybookStep> changes(YamlNode list, Set<String> names) {
        Map<String, List<String>> after = new LinkedHashMap<>();
        for (YamlNode item : list.items()) {
            Map<String, YamlNode> fields = item.fields();
            if (fields.containsKey("name")) {
                after.put(
                        fields.get("name").text(),
                        fields.containsKey("after") ? fields.get("after").texts() : List.of());
            }
        }
        List<PlaybookStep> written =
                steps(list, Set.of("name", "document", "undo", "after"), names);
        Map<String, PlaybookStep> left = new LinkedHashMap<>();
        written.forEach(step -> left.put(step.name(), step));
        List<PlaybookStep> ordered = new ArrayList<>();
        Set<String> done = new HashSet<>();
        while (!left.isEmpty()) {
            Optional<PlaybookStep> next =
                    left.values().stream()
                            .filter(step -> done.containsAll(after.get(step.name())))
                            .findFirst();
            if (next.isEmpty()) {
                list.problem(
                        "changes wait for each other, or for one that is not there: "
                                + left.keySet());
                return written;
            }
            ordered.add(next.get());
            done.add(next.get().name());
            left.remove(next.get().name());
        }
        return ordered;
    }

    private static List<PlaybookStep> steps(YamlNode list, Set<String> keys, Set<String> names) {
        List<PlaybookStep> steps = new ArrayList<>();
        for (YamlNode item : list.items()) {
            Map<String, YamlNode> fields = new HashMap<>(item.fields(keys));
            String name = required(item, fields, "name");
            boolean looks = fields.containsKey("command");
            if (looks && fields.containsKey("document")) {
                item.problem("a step is a document or a command");
            }
            String document = required(item, fields, looks ? "command" : "document");
            String undo = fields.containsKey("undo") ? fields.get("undo").text() : "";
            if (!document.matches(DOCUMENT) || !undo.isEmpty() && !undo.matches(DOCUMENT)) {
                item.problem("no name of a document: " + document + " " + undo);
            } else if (!names.add(name) || name.startsWith("undo ")) {
                item.problem("the name of a step is its own: " + name);
            } else {
                steps.add(
                        new PlaybookStep(
                                name,
                                document,
                                undo,
                                looks ? PlanStep.Way.COMMAND : PlanStep.Way.AUTOMATION));
            }
        }
        if (steps.isEmpty()) {
            list.problem("there is a step at least");
        }
        return steps;
    }

    private static List<String> matching(YamlNode list, String pattern, String what) {
        List<String> texts = new ArrayList<>();
        for (YamlNode item : list.items()) {
            if (item.text().matches(pattern)) {
                texts.add(item.text());
            } else {
                item.problem(what + ": " + item.text());
            }
        }
        if (texts.isEmpty()) {
            list.problem("there is one at least");
        }
        return texts;
    }

    private static String required(YamlNode node, Map<String, YamlNode> fields, String key) {
        if (!fields.containsKey(key) || fields.get(key).text().isEmpty()) {
            node.problem(key + " is missing");
            return "";
        }
        return fields.get(key).text();
    }
}
