// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.udfs.correlation.control;

import io.incidentcommander.model.correlation.ServiceCall;
import io.incidentcommander.udfs.correlation.catalogue.CatalogueEntry;
import io.incidentcommander.udfs.correlation.catalogue.ExpectedSignal;
import io.incidentcommander.udfs.correlation.catalogue.ServiceTier;
import io.incidentcommander.udfs.correlation.catalogue.SourceExpectation;
import io.incidentcommander.udfs.correlation.matching.MatchOperator;
import io.incidentcommander.udfs.correlation.matching.Matcher;
import io.incidentcommander.udfs.correlation.matching.Matchers;
import io.incidentcommander.udfs.correlation.yaml.Values;
import io.incidentcommander.udfs.correlation.yaml.YamlNode;
import io.incidentcommander.udfs.detection.PartialData.Vendor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Collectors;

/** Reads the sections that say which services and sources there are, and which call which. */
final class CatalogueReader {
    private static final Set<String> SERVICE_KEYS =
            Set.of(
                    "owner",
                    "tier",
                    "time_zone",
                    "runbook",
                    "dashboard",
                    "dependencies",
                    "expected",
                    "users");

    private CatalogueReader() {}

    /** A mapping of service to what is known of it. */
    static List<CatalogueEntry> services(YamlNode node) {
        List<CatalogueEntry> entries = new ArrayList<>();
        if (node != null) {
            node.fields().forEach((service, known) -> entries.add(service(service, known)));
        }
        return entries;
    }

    /** A list of the sources that the tenant expects to hear from. */
    static List<SourceExpectation> sources(YamlNode node) {
        Map<String, SourceExpectation> sources = new LinkedHashMap<>();
        for (YamlNode item : node == null ? List.<YamlNode>of() : node.items()) {
            Map<String, YamlNode> fields = item.fields(Set.of("source", "vendor", "within"));
            if (!fields.containsKey("source") || !fields.containsKey("within")) {
                item.problem(
                        "keys source and within are needed, as in {source: cw, within: 5 min}");
                continue;
            }
            String id = fields.get("source").text();
            Optional<Vendor> vendor =
                    fields.containsKey("vendor")
                            ? vendor(fields.get("vendor"))
                            : Optional.of(Vendor.OTHER);
            OptionalLong within = Values.duration(fields.get("within"));
            if (vendor.isPresent() && within.isPresent()) {
                SourceExpectation expected =
                        new SourceExpectation(id, vendor.get(), within.getAsLong());
                if (sources.put(id, expected) != null) {
                    item.problem("source " + id + " is there twice");
                }
            }
        }
        return List.copyOf(sources.values());
    }

    private static Optional<Vendor> vendor(YamlNode node) {
        String word = node.text().toUpperCase(Locale.ROOT);
        Optional<Vendor> vendor =
                Arrays.stream(Vendor.values()).filter(v -> v.name().equals(word)).findFirst();
        if (vendor.isEmpty()) {
            node.problem("'" + node.text() + "' is no vendor; use cloudwatch, datadog or other");
        }
        return vendor;
    }

    /** A mapping of caller to a list of callees. */
    static List<ServiceCall> calls(YamlNode node) {
        List<ServiceCall> calls = new ArrayList<>();
        if (node != null) {
            node.fields()
                    .forEach(
                            (caller, callees) ->
                                    callees.texts()
                                            .forEach(
                                                    callee ->
                                                            calls.add(
                                                                    ServiceCall.of(
                                                                            caller, callee))));
        }
        return calls;
    }

    /** Which alerts a window is for: matchers, or services, where {@code '*'} is all of them. */
    static Matchers scope(YamlNode node, Map<String, YamlNode> fields) {
        if (fields.containsKey("matchers") == fields.containsKey("services")) {
            node.problem("either matchers or services are needed, as in services: [orders]");
            return Matchers.of();
        }
        if (fields.containsKey("matchers")) {
            return Values.matchers(fields.get("matchers"));
        }
        List<String> services = fields.get("services").texts();
        if (services.contains("*")) {
            return Matchers.of();
        }
        String any =
                services.stream()
                        .map(com.google.re2j.Pattern::quote)
                        .collect(Collectors.joining("|"));
        return Matchers.of(Matcher.of("service", MatchOperator.REGEX, any));
    }

    private static CatalogueEntry service(String service, YamlNode node) {
        Map<String, YamlNode> fields = node.fields(SERVICE_KEYS);
        CatalogueEntry.Builder entry =
                CatalogueEntry.of(service)
                        .owner(text(fields, "owner"))
                        .runbook(text(fields, "runbook"))
                        .dashboard(text(fields, "dashboard"));
        if (fields.containsKey("tier")) {
            tier(fields.get("tier")).ifPresent(entry::tier);
        }
        if (fields.containsKey("time_zone")) {
            Values.zone(fields.get("time_zone")).ifPresent(entry::timeZone);
        }
        if (fields.containsKey("dependencies")) {
            entry.dependencies(fields.get("dependencies").texts());
        }
        if (fields.containsKey("users")) {
            Values.count(fields.get("users")).ifPresent(entry::users);
        }
        if (fields.containsKey("expected")) {
            entry.expected(expected(fields.get("expected")));
        }
        return entry.build();
    }

    private static Optional<ServiceTier> tier(YamlNode node) {
        String word = node.text().toUpperCase(Locale.ROOT);
        Optional<ServiceTier> tier =
                Arrays.stream(ServiceTier.values()).filter(t -> t.name().equals(word)).findFirst();
        if (tier.isEmpty()) {
            node.problem("'" + node.text() + "' is no tier; use CRITICAL, IMPORTANT or SUPPORTING");
        }
        return tier;
    }

    private static List<ExpectedSignal> expected(YamlNode node) {
        List<ExpectedSignal> signals = new ArrayList<>();
        for (YamlNode item : node.items()) {
            Map<String, YamlNode> fields = item.fields(Set.of("source", "matchers", "within"));
            if (!fields.containsKey("within")) {
                item.problem("key within is missing: how long may it be silent, as in 5 min");
                continue;
            }
            Matchers matchers =
                    fields.containsKey("matchers")
                            ? Values.matchers(fields.get("matchers"))
                            : Matchers.of();
            OptionalLong within = Values.duration(fields.get("within"));
            if (within.isPresent()) {
                signals.add(
                        new ExpectedSignal(text(fields, "source"), matchers, within.getAsLong()));
            }
        }
        return signals;
    }

    private static String text(Map<String, YamlNode> fields, String key) {
        return fields.containsKey(key) ? fields.get(key).text() : "";
    }
}
