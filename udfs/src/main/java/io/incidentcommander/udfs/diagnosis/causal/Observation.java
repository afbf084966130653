// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.udfs.diagnosis.causal;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;

/** All findings of one stretch of time, by node. */
final class Observation {
    private final SortedMap<String, Map<Trouble, Finding>> findings = new TreeMap<>();

    /**
     * @param read reads a channel in the stretch
     */
    Observation(SortedMap<String, List<Channel>> channels, Function<Channel, Reading> read) {
        channels.forEach(
                (node, ofNode) -> {
                    Map<Trouble, List<Reading>> byTrouble = new EnumMap<>(Trouble.class);
                    for (Channel channel : ofNode) {
                        byTrouble
                                .computeIfAbsent(channel.trouble, t -> new ArrayList<>())
                                .add(read.apply(channel));
                    }
                    Map<Trouble, Finding> found = new EnumMap<>(Trouble.class);
                    byTrouble.forEach((t, readings) -> found.put(t, Finding.of(node, t, readings)));
                    findings.put(node, found);
                });
    }

    Iterable<String> nodes() {
        return findings.keySet();
    }

    Iterable<Finding> at(String node) {
        return findings.getOrDefault(node, Map.of()).values();
    }

    Optional<Finding> at(String node, Trouble trouble) {
        return Optional.ofNullable(findings.getOrDefault(node, Map.of()).get(trouble));
    }

    boolean measures(String node, Trouble trouble) {
        return at(node, trouble).isPresent();
    }
}
