// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.udfs.consensus.agents;

import io.incidentcommander.model.correlation.Topology;
import io.incidentcommander.model.correlation.TopologyDirection;
import io.incidentcommander.model.detection.PatternKind;
import io.incidentcommander.model.detection.PatternMatch;
import io.incidentcommander.model.diagnosis.RankedCause;
import io.incidentcommander.model.lifecycle.Incident;
import io.incidentcommander.model.lifecycle.IncidentType;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The readings of the built-in agents. The beliefs beside the classification's own are judgements,
 * not measured: {@link #SEEN} for what a pattern shows or calls lead to, {@link #ASSUMED} for what
 * nothing speaks against.
 */
final class Leanings {
    private static final double SEEN = 0.9;
    private static final double ASSUMED = 0.75;

    /** Of a service whose metrics nothing else's come near. */
    private static final double MEASURED = 0.95;

    /** So much older than the incident a pattern may be and still belong to it. */
    private static final long BEFORE_MILLIS = 120_000;

    private Leanings() {}

    static Leaning byClassification(CaseFile file) {
        Incident incident = file.incident();
        return new Leaning(
                incident.type(),
                origin(incident),
                incident.confidence(),
                "classified as " + incident.type().word() + ", " + incident.grounds().evidence());
    }

    /** The newest pattern among the affected services names the origin, and maybe the type. */
    static Leaning byPatterns(CaseFile file) {
        Incident incident = file.incident();
        Optional<PatternMatch> found =
                file.matches().stream()
                        .filter(match -> concerns(match, incident))
                        .max(
                                Comparator.comparingLong(PatternMatch::lastMillis)
                                        .thenComparing(PatternMatch::patternId)
                                        .thenComparing(PatternMatch::subject));
        if (found.isEmpty()) {
            return assumed(incident, "no pattern speaks against the classification");
        }
        PatternMatch match = found.get();
        IncidentType type =
                match.kind() == PatternKind.SLOW_LEAK
                                && incident.type() != IncidentType.RESOURCE_EXHAUSTION
                        ? IncidentType.MEMORY_LEAK
                        : incident.type();
        return new Leaning(type, match.services().get(0), SEEN, match.words());
    }

    /**
     * The affected service that the metrics put first, held the more likely the further it leads;
     * if they say nothing of any, where the calls lead.
     */
    static Leaning byMetrics(CaseFile file) {
        Incident incident = file.incident();
        List<RankedCause> affected =
                file.causal().causes().stream()
                        .filter(cause -> incident.services().contains(cause.node()))
                        .collect(Collectors.toList());
        if (affected.isEmpty()) {
            return byCalls(file);
        }
        RankedCause first = affected.get(0);
        double next = affected.size() > 1 ? affected.get(1).score() : 0;
        double lead = first.score() > 0 ? (first.score() - next) / first.score() : 0;
        String why = first.evidence().isEmpty() ? first.node() : first.evidence().get(0);
        return new Leaning(
                incident.type(), first.node(), ASSUMED + (MEASURED - ASSUMED) * lead, why);
    }

    /** The affected service that most of the other affected ones call, over however many hops. */
    static Leaning byCalls(CaseFile file) {
        Incident incident = file.incident();
        String best = origin(incident);
        long most = callers(file.topology(), incident, best);
        for (String service : incident.services()) {
            long callers = callers(file.topology(), incident, service);
            if (callers > most) {
                best = service;
                most = callers;
            }
        }
        return most == 0
                ? assumed(incident, "no known call leads anywhere else")
                : new Leaning(
                        incident.type(), best, SEEN, most + " affected services call " + best);
    }

    static Leaning bySeverity(CaseFile file) {
        Incident incident = file.incident();
        return assumed(incident, "fit for " + incident.type().word() + " of " + incident.severity())
                .withCaution();
    }

    /** Not more than the classification allows for at the very best. */
    private static Leaning assumed(Incident incident, String why) {
        double most = incident.grounds().isEmpty() ? 1 : incident.grounds().confidenceHigh();
        return new Leaning(incident.type(), origin(incident), Math.min(ASSUMED, most), why);
    }

    private static boolean concerns(PatternMatch match, Incident incident) {
        return !match.services().isEmpty()
                && incident.services().contains(match.services().get(0))
                && match.lastMillis() >= incident.openedAtMillis() - BEFORE_MILLIS
                && match.firstMillis() <= incident.updatedAtMillis();
    }

    private static long callers(Topology topology, Incident incident, String service) {
        return incident.services().stream()
                .filter(other -> !other.equals(service))
                .filter(
                        other ->
                                topology.hops(other, service, TopologyDirection.CALLEES)
                                        .isPresent())
                .count();
    }

    private static String origin(Incident incident) {
        List<String> targets = RunbookCatalogue.targets(incident);
        return targets.isEmpty() ? "" : targets.get(0);
    }
}
