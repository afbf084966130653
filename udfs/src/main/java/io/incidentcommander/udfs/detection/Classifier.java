// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.udfs.detection;

import io.incidentcommander.model.correlation.Topology;
import io.incidentcommander.model.detection.PatternMatch;
import io.incidentcommander.model.detection.Sign;
import io.incidentcommander.model.ingest.Severity;
import io.incidentcommander.model.lifecycle.Grounds;
import io.incidentcommander.model.lifecycle.IncidentType;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Says what an incident is: type, severity, probable origin, how surely, and why. Pure: signs,
 * patterns, topology and what data is missing in, a {@link Classification} out.
 *
 * <p>Each sign votes for the type that its words speak of, with their clearness, the worth of its
 * service as an origin and how early it came; the signs of one service count with diminishing worth
 * (1, 1/2, 1/3 ...). The confidence is the winner's share of all votes and of a prior of {@link
 * #PRIOR} for "unknown"; its bounds are Wilson's score interval at 80 % (Wilson, "Probable
 * inference, the law of succession, and statistical inference", 1927) with the signs and patterns
 * that say anything as trials. What data is missing lowers all three.
 */
public final class Classifier {
    /** Weight of not knowing. */
    static final double PRIOR = 0.25;

    /** A type with less votes than this is not said. */
    private static final double LEAST = 0.2;

    /** Of the normal distribution, for an interval of 80 %. */
    private static final double Z = 1.2816;

    private static final double EARLY_MILLIS = 180_000;
    private static final Severity[] SEVERITIES = Severity.values();

    private final Topology topology;

    public Classifier(Topology topology) {
        this.topology = topology;
    }

    /** The signs must not be empty. */
    public Classification classify(IncidentSigns incident, PartialData data) {
        Collection<Sign> signs = incident.signs();
        if (signs.isEmpty()) {
            throw new IllegalArgumentException("An incident without signs cannot be classified");
        }
        Map<String, Double> origins = new OriginRanking(topology).rank(signs, incident.matches());
        Map<IncidentType, Double> votes = votes(signs, incident.matches(), origins);
        IncidentType type = winner(votes);
        double all = PRIOR + votes.values().stream().mapToDouble(v -> v).sum();
        double share = type == IncidentType.UNKNOWN ? PRIOR / all : votes.get(type) / all;
        long trials =
                1
                        + signs.stream().filter(s -> s.type() != IncidentType.UNKNOWN).count()
                        + incident.matches().stream()
                                .filter(match -> PatternMeaning.of(match).isPresent())
                                .count();
        List<String> ranking = new ArrayList<>(origins.keySet());
        double margin = margin(share, trials);
        double centre = centre(share, trials);
        double confidence = data.applied(share);
        Grounds grounds =
                new Grounds(
                        ranking,
                        Math.min(confidence, data.applied(Math.max(0, centre - margin))),
                        Math.max(confidence, data.applied(Math.min(1, centre + margin))),
                        evidence(type, signs, incident.matches(), ranking, data));
        return new Classification(
                type,
                severity(signs, ranking.get(0)),
                affected(signs, ranking),
                confidence,
                grounds);
    }

    private static Map<IncidentType, Double> votes(
            Collection<Sign> signs, List<PatternMatch> matches, Map<String, Double> origins) {
        long begin = signs.stream().mapToLong(Sign::firstMillis).min().orElseThrow();
        double best = origins.values().iterator().next();
        Map<String, List<Sign>> byService =
                signs.stream().collect(Collectors.groupingBy(Sign::service));
        Map<IncidentType, Double> votes = new EnumMap<>(IncidentType.class);
        byService.forEach(
                (service, own) -> {
                    double worth = Math.pow(origins.getOrDefault(service, 0.0) / best, 3);
                    own.sort(
                            Comparator.comparingDouble((Sign sign) -> -sign.strength())
                                    .thenComparing(Sign::name));
                    int rank = 1;
                    for (Sign sign : own) {
                        if (sign.type() != IncidentType.UNKNOWN) {
                            double early = Math.exp((begin - sign.firstMillis()) / EARLY_MILLIS);
                            double vote = worth * early * sign.strength() / rank++;
                            votes.merge(sign.type(), vote, Double::sum);
                        }
                    }
                });
        for (PatternMatch match : matches) {
            PatternMeaning.of(match)
                    .ifPresent(m -> votes.merge(m.type(), m.strength(), Double::sum));
        }
        return votes;
    }

    private static IncidentType winner(Map<IncidentType, Double> votes) {
        IncidentType best = IncidentType.UNKNOWN;
        double most = LEAST;
        for (Map.Entry<IncidentType, Double> vote : votes.entrySet()) {
            if (vote.getValue() > most) {
                best = vote.getKey();
                most = vote.getValue();
            }
        }
        return best;
    }

    /**
     * The severity that a third of the kinds of alerts reach or pass, and at most one step below
     * the worst of the origin's own: a single loud rule does not make an emergency, but the
     * origin's word weighs.
     */
    static Severity severity(Collection<Sign> signs, String origin) {
        List<Severity> falling =
                signs.stream()
                        .map(Sign::severity)
                        .sorted(Comparator.reverseOrder())
                        .collect(Collectors.toList());
        Severity usual = falling.get((falling.size() - 1) / 3);
        int worst =
                signs.stream()
                        .filter(sign -> sign.service().equals(origin))
                        .mapToInt(sign -> sign.severity().ordinal())
                        .max()
                        .orElse(0);
        return SEVERITIES[Math.max(usual.ordinal(), worst - 1)];
    }

    private static List<String> affected(Collection<Sign> signs, List<String> ranking) {
        Set<String> services = new LinkedHashSet<>();
        services.add(ranking.get(0));
        signs.stream()
                .sorted(Comparator.comparingLong(Sign::firstMillis).thenComparing(Sign::service))
                .map(Sign::service)
                .forEach(services::add);
        return new ArrayList<>(services);
    }

    private List<String> evidence(
            IncidentType type,
            Collection<Sign> signs,
            List<PatternMatch> matches,
            List<String> ranking,
            PartialData data) {
        return new EvidenceText(topology).lines(type, signs, matches, ranking, data);
    }

    private static double centre(double p, long n) {
        return (p + Z * Z / (2 * n)) / (1 + Z * Z / n);
    }

    private static double margin(double p, long n) {
        return Z / (1 + Z * Z / n) * Math.sqrt(p * (1 - p) / n + Z * Z / (4.0 * n * n));
    }
}
