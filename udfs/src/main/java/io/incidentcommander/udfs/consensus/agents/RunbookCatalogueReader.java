// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.udfs.consensus.agents;

import io.incidentcommander.model.consensus.RiskLevel;
import io.incidentcommander.model.lifecycle.IncidentType;
import io.incidentcommander.udfs.correlation.yaml.Problems;
import io.incidentcommander.udfs.correlation.yaml.Values;
import io.incidentcommander.udfs.correlation.yaml.YamlNode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;

/**
 * Reads a catalogue of runbooks from YAML: a mapping of runbook to what is known of it. One for no
 * type ({@code types: none}) is on no list of candidates; an agent may propose it. What stands
 * under {@code acts} is for whoever carries it out, and read there.
 */
public final class RunbookCatalogueReader {
    private static final Set<String> KEYS =
            Set.of("version", "types", "risk", "takes", "parameters", "rollback", "acts");

    private static final String NONE = "none";

    private RunbookCatalogueReader() {}

    /** The catalogue as far as it can be read; whatever is wrong goes to the problems. */
    public static RunbookCatalogue read(String yaml, Problems problems) {
        List<Runbook> runbooks = new ArrayList<>();
        YamlNode.parse(yaml, problems)
                .ifPresent(
                        root ->
                                root.fields()
                                        .forEach(
                                                (id, node) ->
                                                        runbook(id, node)
                                                                .ifPresent(runbooks::add)));
        return new RunbookCatalogue(runbooks);
    }

    private static Optional<Runbook> runbook(String id, YamlNode node) {
        Map<String, YamlNode> fields = node.fields(KEYS);
        for (String key : List.of("version", "types", "risk", "takes", "rollback")) {
            if (!fields.containsKey(key)) {
                node.problem("runbook " + id + " needs " + key);
                return Optional.empty();
            }
        }
        EnumSet<IncidentType> types = EnumSet.noneOf(IncidentType.class);
        if (!isForNone(fields.get("types"))) {
            for (YamlNode type : fields.get("types").items()) {
                word(IncidentType.class, type).ifPresent(types::add);
            }
        }
        Optional<RiskLevel> risk = word(RiskLevel.class, fields.get("risk"));
        OptionalLong takes = Values.duration(fields.get("takes"));
        if ((types.isEmpty() && !isForNone(fields.get("types")))
                || risk.isEmpty()
                || takes.isEmpty()) {
            node.problem("runbook " + id + " cannot be used");
            return Optional.empty();
        }
        TreeMap<String, String> parameters = new TreeMap<>();
        if (fields.containsKey("parameters")) {
            fields.get("parameters")
                    .fields()
                    .forEach((name, value) -> parameters.put(name, value.text()));
        }
        return Optional.of(
                new Runbook(
                        id,
                        fields.get("version").text(),
                        types,
                        risk.get(),
                        takes.getAsLong(),
                        parameters,
                        fields.get("rollback").text()));
    }

    private static boolean isForNone(YamlNode types) {
        return types.isText() && types.text().equals(NONE);
    }

    private static <E extends Enum<E>> Optional<E> word(Class<E> type, YamlNode node) {
        Optional<E> found =
                Arrays.stream(type.getEnumConstants())
                        .filter(value -> value.name().equalsIgnoreCase(node.text()))
                        .findFirst();
        if (found.isEmpty()) {
            node.problem("no such word: " + node.text());
        }
        return found;
    }
}
