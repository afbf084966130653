// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.udfs.diagnosis.offline;

import io.incidentcommander.model.correlation.ServiceCall;
import io.incidentcommander.model.correlation.Topology;
import io.incidentcommander.model.detection.PatternMatch;
import io.incidentcommander.model.diagnosis.CallGraph;
import io.incidentcommander.model.diagnosis.DiagnosisRequest;
import io.incidentcommander.model.diagnosis.LogFinding;
import io.incidentcommander.model.diagnosis.logs.ServiceLogs;
import io.incidentcommander.model.ingest.Alert;
import io.incidentcommander.model.lifecycle.Incident;
import io.incidentcommander.udfs.diagnosis.metrics.Surroundings;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** The part of what is known that belongs to one incident, the most telling first. */
public final class CaseExcerpt {
    /** So much before its beginning a piece may be and still belong to an incident. */
    private static final long BEFORE_MILLIS = 120_000;

    private CaseExcerpt() {}

    /**
     * A request with alerts, patterns and calls.
     *
     * @param alerts of the affected services
     * @param matches of the tenant, those of other services too
     */
    public static DiagnosisRequest.Builder of(
            Incident incident, List<Alert> alerts, List<PatternMatch> matches, Topology topology) {
        long from = incident.openedAtMillis() - BEFORE_MILLIS;
        return DiagnosisRequest.builder()
                .incident(incident)
                .alerts(
                        alerts.stream()
                                .filter(alert -> alert.eventTimeMillis() >= from)
                                .sorted(
                                        Comparator.comparingLong(Alert::eventTimeMillis)
                                                .thenComparing(Alert::id))
                                .collect(Collectors.toList()))
                .matches(
                        matches.stream()
                                .filter(match -> match.lastMillis() >= from)
                                .filter(match -> concerns(match, incident))
                                .sorted(
                                        Comparator.comparingLong(PatternMatch::lastMillis)
                                                .reversed()
                                                .thenComparing(PatternMatch::patternId)
                                                .thenComparing(PatternMatch::subject))
                                .collect(Collectors.toList()))
                .calls(calls(incident, topology));
    }

    /** What chance explains least first. */
    public static List<LogFinding> telling(List<ServiceLogs> logs) {
        return logs.stream()
                .flatMap(said -> said.findings().stream())
                .sorted(
                        Comparator.comparingDouble(LogFinding::chance)
                                .thenComparing(LogFinding::id))
                .limit(DiagnosisRequest.MOST_LOGS)
                .collect(Collectors.toList());
    }

    private static boolean concerns(PatternMatch match, Incident incident) {
        return match.services().stream().anyMatch(incident.services()::contains);
    }

    /** Calls between affected services first, then of them with their neighbours, then others. */
    private static List<ServiceCall> calls(Incident incident, Topology topology) {
        Set<String> ill = new TreeSet<>(incident.services());
        CallGraph around = Surroundings.of(ill, topology);
        List<ServiceCall> calls = new ArrayList<>();
        for (String caller : around.nodes()) {
            around.callees(caller).forEach(callee -> calls.add(ServiceCall.of(caller, callee)));
        }
        calls.sort(Comparator.comparingInt((ServiceCall call) -> outside(call, ill)));
        return calls;
    }

    /** How many of the two are not affected. */
    private static int outside(ServiceCall call, Set<String> ill) {
        return (ill.contains(call.caller()) ? 0 : 1) + (ill.contains(call.callee()) ? 0 : 1);
    }
}
