// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.udfs.correlation.control;

import io.incidentcommander.model.correlation.ServiceCall;
import io.incidentcommander.udfs.correlation.calendar.PlannedWindow;
import io.incidentcommander.udfs.correlation.calendar.TimeIntervalReader;
import io.incidentcommander.udfs.correlation.calendar.TimeIntervals;
import io.incidentcommander.udfs.correlation.catalogue.CatalogueEntry;
import io.incidentcommander.udfs.correlation.inhibition.InhibitRule;
import io.incidentcommander.udfs.correlation.matching.Matchers;
import io.incidentcommander.udfs.correlation.routing.Route;
import io.incidentcommander.udfs.correlation.routing.RouteReader;
import io.incidentcommander.udfs.correlation.silence.Silence;
import io.incidentcommander.udfs.correlation.yaml.Problems;
import io.incidentcommander.udfs.correlation.yaml.Values;
import io.incidentcommander.udfs.correlation.yaml.YamlNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/** Reads control files and single silences: all that is wrong, at once, with line numbers. */
public final class ControlDocumentReader {
    /** Everybody. */
    public static final String ALL_TENANTS = "*";

    private static final Set<String> SECTIONS =
            Set.of(
                    "tenant",
                    "services",
                    "sources",
                    "topology",
                    "silences",
                    "inhibition",
                    "time_intervals",
                    "routing",
                    "maintenance",
                    "freezes");
    private static final Set<String> SILENCE_KEYS =
            Set.of("id", "matchers", "starts_at", "ends_at", "owner", "reason");
    private static final Set<String> WINDOW_KEYS =
            Set.of(
                    "id",
                    "matchers",
                    "services",
                    "starts_at",
                    "ends_at",
                    "time_interval",
                    "owner",
                    "reason");

    private ControlDocumentReader() {}

    /** The document; empty if there was any problem, which the problems then name. */
    public static Optional<ControlDocument> read(String yaml, Problems problems) {
        Optional<YamlNode> root = YamlNode.parse(yaml, problems);
        if (root.isEmpty()) {
            return Optional.empty();
        }
        ControlDocument document = document(root.get().fields(SECTIONS));
        return problems.isEmpty() ? Optional.of(document) : Optional.empty();
    }

    /** One silence as it stands in a document's list; empty if there was any problem. */
    public static Optional<Silence> readSilence(String yaml, Problems problems) {
        Optional<Silence> silence =
                YamlNode.parse(yaml, problems).flatMap(ControlDocumentReader::silence);
        return problems.isEmpty() ? silence : Optional.empty();
    }

    private static ControlDocument document(Map<String, YamlNode> sections) {
        Map<String, TimeIntervals> intervals =
                sections.containsKey("time_intervals")
                        ? TimeIntervalReader.readAll(sections.get("time_intervals"))
                        : Map.of();
        List<CatalogueEntry> services = CatalogueReader.services(sections.get("services"));
        List<ServiceCall> calls = CatalogueReader.calls(sections.get("topology"));
        for (CatalogueEntry entry : services) {
            entry.dependencies().forEach(to -> calls.add(ServiceCall.of(entry.service(), to)));
        }
        Optional<Route> route =
                Optional.ofNullable(sections.get("routing"))
                        .map(node -> new RouteReader(intervals).read(node));
        return new ControlDocument(
                sections.containsKey("tenant") ? sections.get("tenant").text() : ALL_TENANTS,
                services,
                CatalogueReader.sources(sections.get("sources")),
                calls,
                silences(sections.get("silences")),
                inhibition(sections.get("inhibition")),
                route,
                windows(sections.get("maintenance"), intervals),
                windows(sections.get("freezes"), intervals));
    }

    private static List<Silence> silences(YamlNode node) {
        List<Silence> silences = new ArrayList<>();
        Set<String> ids = new HashSet<>();
        for (YamlNode item : items(node)) {
            silence(item)
                    .ifPresent(
                            silence -> {
                                if (!ids.add(silence.id())) {
                                    item.problem("silence " + silence.id() + " is there twice");
                                }
                                silences.add(silence);
                            });
        }
        return silences;
    }

    private static Optional<Silence> silence(YamlNode node) {
        Map<String, YamlNode> fields = node.fields(SILENCE_KEYS);
        if (!require(node, fields, "id", "matchers", "starts_at", "ends_at", "owner", "reason")) {
            return Optional.empty();
        }
        Matchers matchers = Values.matchers(fields.get("matchers"));
        OptionalLong from = Values.time(fields.get("starts_at"));
        OptionalLong until = Values.time(fields.get("ends_at"));
        if (from.isEmpty() || until.isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.of(
                    new Silence(
                            fields.get("id").text(),
                            matchers,
                            from.getAsLong(),
                            until.getAsLong(),
                            fields.get("owner").text(),
                            fields.get("reason").text()));
        } catch (IllegalArgumentException e) {
            node.problem(e.getMessage());
            return Optional.empty();
        }
    }

    private static List<InhibitRule> inhibition(YamlNode node) {
        List<InhibitRule> rules = new ArrayList<>();
        for (YamlNode item : items(node)) {
            Map<String, YamlNode> fields =
                    item.fields(Set.of("source_matchers", "target_matchers", "equal"));
            if (require(item, fields, "source_matchers", "target_matchers")) {
                rules.add(
                        new InhibitRule(
                                Values.matchers(fields.get("source_matchers")),
                                Values.matchers(fields.get("target_matchers")),
                                fields.containsKey("equal")
                                        ? fields.get("equal").texts()
                                        : List.of()));
            }
        }
        return rules;
    }

    private static List<PlannedWindow> windows(
            YamlNode node, Map<String, TimeIntervals> intervals) {
        Map<String, PlannedWindow> windows = new LinkedHashMap<>();
        for (YamlNode item : items(node)) {
            Map<String, YamlNode> fields = item.fields(WINDOW_KEYS);
            if (require(item, fields, "id", "owner", "reason")) {
                window(item, fields, intervals)
                        .ifPresent(
                                window -> {
                                    if (windows.put(window.id(), window) != null) {
                                        item.problem("window " + window.id() + " is there twice");
                                    }
                                });
            }
        }
        return List.copyOf(windows.values());
    }

    private static Optional<PlannedWindow> window(
            YamlNode node, Map<String, YamlNode> fields, Map<String, TimeIntervals> intervals) {
        String id = fields.get("id").text();
        String owner = fields.get("owner").text();
        String reason = fields.get("reason").text();
        Matchers matchers = CatalogueReader.scope(node, fields);
        if (fields.containsKey("time_interval")) {
            TimeIntervals times = intervals.get(fields.get("time_interval").text());
            if (times == null) {
                fields.get("time_interval")
                        .problem("no such time interval; there are " + intervals.keySet());
                return Optional.empty();
            }
            return Optional.of(PlannedWindow.recurring(id, matchers, times, owner, reason));
        }
        if (!require(node, fields, "starts_at", "ends_at")) {
            return Optional.empty();
        }
        OptionalLong from = Values.time(fields.get("starts_at"));
        OptionalLong until = Values.time(fields.get("ends_at"));
        if (from.isEmpty() || until.isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.of(
                    PlannedWindow.once(
                            id, matchers, from.getAsLong(), until.getAsLong(), owner, reason));
        } catch (IllegalArgumentException e) {
            node.problem(e.getMessage());
            return Optional.empty();
        }
    }

    private static List<YamlNode> items(YamlNode node) {
        return node == null ? List.of() : node.items();
    }

    private static boolean require(YamlNode node, Map<String, YamlNode> fields, String... keys) {
        boolean complete = true;
        for (String key : keys) {
            if (!fields.containsKey(key) || fields.get(key).isNull()) {
                node.problem("key " + key + " is missing");
                complete = false;
            }
        }
        return complete;
    }
}
