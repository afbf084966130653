// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.udfs.detection;

import io.incidentcommander.model.correlation.Topology;
import io.incidentcommander.model.correlation.TopologyDirection;
import io.incidentcommander.model.detection.PatternMatch;
import io.incidentcommander.model.detection.Sign;
import io.incidentcommander.model.lifecycle.IncidentType;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Puts into words what a classification rests on, for someone who reads it at night. */
final class EvidenceText {
    private static final int NAMES = 3;

    private final Topology topology;

    EvidenceText(Topology topology) {
        this.topology = topology;
    }

    List<String> lines(
            IncidentType type,
            Collection<Sign> signs,
            List<PatternMatch> matches,
            List<String> ranking,
            PartialData data) {
        List<String> lines = new ArrayList<>();
        lines.add(words(type, signs));
        lines.add(origin(ranking.get(0), signs));
        if (!data.isComplete()) {
            lines.add("data is missing, so less sure: " + data.words());
        }
        matches.forEach(
                match ->
                        lines.add(
                                "pattern "
                                        + match.patternId()
                                        + " v"
                                        + match.version()
                                        + ": "
                                        + match.words()));
        return lines;
    }

    private static String words(IncidentType type, Collection<Sign> signs) {
        if (type == IncidentType.UNKNOWN) {
            return "no alert names a cause";
        }
        String spoken =
                signs.stream()
                        .filter(sign -> sign.type() == type)
                        .sorted(
                                Comparator.comparingDouble((Sign sign) -> -sign.strength())
                                        .thenComparingLong(Sign::firstMillis)
                                        .thenComparing(Sign::name))
                        .limit(NAMES)
                        .map(sign -> sign.name() + " on " + sign.service())
                        .collect(Collectors.joining(", "));
        String what = type.word().replace('_', ' ');
        return spoken.isEmpty() ? "patterns speak of " + what : spoken + " speak of " + what;
    }

    private String origin(String origin, Collection<Sign> signs) {
        Set<String> others = new TreeSet<>();
        long since = Long.MAX_VALUE;
        for (Sign sign : signs) {
            if (sign.service().equals(origin)) {
                since = Math.min(since, sign.firstMillis());
            } else {
                others.add(sign.service());
            }
        }
        String when =
                origin + " since " + Instant.ofEpochMilli(since).truncatedTo(ChronoUnit.SECONDS);
        if (others.isEmpty()) {
            return when + ", alone";
        }
        int all = others.size();
        Set<String> depending = new TreeSet<>();
        topology.around(origin, Topology.MAX_HOPS, TopologyDirection.CALLERS)
                .forEach(depending::addAll);
        others.retainAll(depending);
        return when + "; " + others.size() + " of " + all + " other services depend on it";
    }
}
