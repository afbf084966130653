// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.udfs.detection;

import io.incidentcommander.model.correlation.Topology;
import io.incidentcommander.model.correlation.TopologyDirection;
import io.incidentcommander.model.detection.PatternKind;
import io.incidentcommander.model.detection.PatternMatch;
import io.incidentcommander.model.detection.Sign;
import io.incidentcommander.model.lifecycle.IncidentType;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Which of an incident's services it probably began at. A service scores by how many of the others
 * its failure explains (they depend on it, and fell ill no earlier), by how early it fell ill, and
 * by whether its own alerts name a cause instead of an effect. Shares of the three: 0.4, 0.25,
 * 0.35; without a topology the latter two decide. A cascade seen from a service adds 0.15.
 */
final class OriginRanking {
    private static final double EXPLAINS = 0.4;
    private static final double EARLY = 0.25;
    private static final double NAMES_CAUSE = 0.35;
    private static final double CASCADE = 0.15;

    /** A service may be reported this much later than those that suffer from it. */
    private static final long TOLERANCE_MILLIS = 20_000;

    /** After this time earliness has fallen to 1/e. */
    private static final double EARLY_MILLIS = 45_000;

    /** With each hop an explanation is worth this much of the one before. */
    private static final double PER_HOP = 0.9;

    /** Services ranked; of more, the earliest. */
    private static final int MOST_CANDIDATES = 24;

    private final Topology topology;

    OriginRanking(Topology topology) {
        this.topology = topology;
    }

    /** Scores in [0, 1.15] by service, highest first; of equals the earlier, then by name. */
    Map<String, Double> rank(Collection<Sign> signs, List<PatternMatch> matches) {
        Map<String, Long> first = new TreeMap<>();
        Map<String, List<Sign>> own = new HashMap<>();
        for (Sign sign : signs) {
            first.merge(sign.service(), sign.firstMillis(), Math::min);
            own.computeIfAbsent(sign.service(), s -> new ArrayList<>()).add(sign);
        }
        if (first.isEmpty()) {
            return Map.of();
        }
        long begin = first.values().stream().min(Long::compare).orElseThrow();
        List<String> candidates = new ArrayList<>(first.keySet());
        candidates.sort(Comparator.comparing(first::get));
        Map<String, Double> scores = new TreeMap<>();
        for (String candidate :
                candidates.subList(0, Math.min(MOST_CANDIDATES, candidates.size()))) {
            double early = Math.exp((begin - first.get(candidate)) / EARLY_MILLIS);
            double score =
                    EXPLAINS * explained(candidate, first, own.get(candidate))
                            + EARLY * early
                            + NAMES_CAUSE * namesCause(own.get(candidate))
                            + (isCause(candidate, matches) ? CASCADE : 0);
            scores.put(candidate, score);
        }
        return sorted(scores, first);
    }

    /** Share of the other services, weighted by distance, that this one's failure explains. */
    private double explained(String candidate, Map<String, Long> first, List<Sign> own) {
        if (first.size() == 1) {
            return 1;
        }
        boolean floods = floods(own);
        double up = reached(candidate, first, TopologyDirection.CALLERS);
        double down = floods ? reached(candidate, first, TopologyDirection.CALLEES) : 0;
        return Math.max(up, down) / (first.size() - 1);
    }

    private double reached(String from, Map<String, Long> first, TopologyDirection direction) {
        double sum = 0;
        double worth = 1;
        List<List<String>> rings = topology.around(from, Topology.MAX_HOPS, direction);
        for (List<String> ring : rings.subList(Math.min(1, rings.size()), rings.size())) {
            for (String service : ring) {
                Long at = first.get(service);
                if (at != null && at >= first.get(from) - TOLERANCE_MILLIS) {
                    sum += worth;
                }
            }
            worth *= PER_HOP;
        }
        return sum;
    }

    /** Load, other than failure, goes along the calls. */
    private static boolean floods(List<Sign> own) {
        for (Sign sign : own) {
            if (sign.type() == IncidentType.DDOS || sign.type() == IncidentType.API_OVERLOAD) {
                return true;
            }
        }
        return false;
    }

    /** The clearest of its words, and a little for a second one that agrees. */
    private static double namesCause(List<Sign> own) {
        Map<IncidentType, Double> clearest = new EnumMap<>(IncidentType.class);
        Map<IncidentType, Integer> agree = new EnumMap<>(IncidentType.class);
        for (Sign sign : own) {
            if (sign.type() != IncidentType.UNKNOWN) {
                clearest.merge(sign.type(), sign.strength(), Math::max);
                agree.merge(sign.type(), 1, Integer::sum);
            }
        }
        double best = 0;
        for (Map.Entry<IncidentType, Double> type : clearest.entrySet()) {
            best = Math.max(best, type.getValue() * (agree.get(type.getKey()) > 1 ? 1 : 0.8));
        }
        return best;
    }

    private static boolean isCause(String service, List<PatternMatch> matches) {
        return matches.stream()
                .filter(m -> m.kind() == PatternKind.CASCADE && !m.services().isEmpty())
                .anyMatch(m -> m.services().get(0).equals(service));
    }

    private static Map<String, Double> sorted(Map<String, Double> scores, Map<String, Long> first) {
        List<String> order = new ArrayList<>(scores.keySet());
        order.sort(
                Comparator.comparing((String service) -> -scores.get(service))
                        .thenComparing(first::get)
                        .thenComparing(Comparator.naturalOrder()));
        Map<String, Double> sorted = new LinkedHashMap<>();
        order.forEach(service -> sorted.put(service, scores.get(service)));
        return sorted;
    }
}
