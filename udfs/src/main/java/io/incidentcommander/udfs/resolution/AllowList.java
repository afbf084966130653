// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.udfs.resolution;

import io.incidentcommander.model.consensus.RiskLevel;
import io.incidentcommander.udfs.correlation.yaml.Problems;
import io.incidentcommander.udfs.correlation.yaml.Values;
import io.incidentcommander.udfs.correlation.yaml.YamlNode;
import java.io.Serializable;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * The services on which actions may run at all: up to which risk, how many instances one action
 * changes there, and of how many. From YAML: {@code shop: {risk: medium, changes: 1, of: 4}}.
 * Immutable.
 */
public final class AllowList implements Serializable {
    private static final long serialVersionUID = 1L;

    private final TreeMap<String, RiskLevel> risks = new TreeMap<>();
    private final TreeMap<String, Integer> targets = new TreeMap<>();
    private final TreeMap<String, Integer> fleets = new TreeMap<>();

    /** No action on anything. */
    public static AllowList nothing() {
        return new AllowList();
    }

    /** As far as it can be read; whatever is wrong goes to the problems. */
    public static AllowList read(String yaml, Problems problems) {
        AllowList list = new AllowList();
        YamlNode.parse(yaml, problems)
                .ifPresent(root -> root.fields().forEach((name, node) -> list.add(name, node)));
        return list;
    }

    private void add(String service, YamlNode node) {
        Map<String, YamlNode> fields = node.fields(Set.of("risk", "changes", "of"));
        for (String key : Set.of("risk", "changes", "of")) {
            if (!fields.containsKey(key)) {
                node.problem(key + " is missing");
                return;
            }
        }
        String word = fields.get("risk").text();
        Optional<RiskLevel> risk =
                Arrays.stream(RiskLevel.values())
                        .filter(level -> level.name().equalsIgnoreCase(word))
                        .findFirst();
        long changes = Values.count(fields.get("changes")).orElse(0);
        long of = Values.count(fields.get("of")).orElse(0);
        if (risk.isEmpty()) {
            fields.get("risk").problem("no such risk: " + word);
        } else if (changes < 1 || of < changes || of > Integer.MAX_VALUE) {
            node.problem("an action changes one instance at least, and not more than there are");
        } else {
            risks.put(service, risk.get());
            targets.put(service, (int) changes);
            fleets.put(service, (int) of);
        }
    }

    /** For {@link ResolutionPolicy}. */
    public Map<String, RiskLevel> risks() {
        return new TreeMap<>(risks);
    }

    /** Instances that one action changes; 0 if nobody knows. */
    public int targets(String service) {
        return targets.getOrDefault(service, 0);
    }

    /** Instances that there are; 0 if nobody knows. */
    public int fleet(String service) {
        return fleets.getOrDefault(service, 0);
    }
}
