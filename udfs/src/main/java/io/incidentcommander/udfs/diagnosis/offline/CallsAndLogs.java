// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.udfs.diagnosis.offline;

import io.incidentcommander.model.consensus.Action;
import io.incidentcommander.model.diagnosis.CallGraph;
import io.incidentcommander.model.diagnosis.Diagnosis;
import io.incidentcommander.model.diagnosis.DiagnosisRequest;
import io.incidentcommander.model.diagnosis.DiagnosisSource;
import io.incidentcommander.model.diagnosis.EvidenceRef;
import io.incidentcommander.model.diagnosis.EvidenceStep;
import io.incidentcommander.model.diagnosis.LogFinding;
import io.incidentcommander.model.ingest.Alert;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Errors travel from a service to its callers: the cause is the service with an alert that most of
 * the other ill services call, over {@value #DEPTH} calls at most; of equals the one whose logs are
 * out of the ordinary, then the one that was ill first. Confidences are judgements, not measured.
 */
final class CallsAndLogs {
    static final String METHOD = "calls and logs";

    private static final int DEPTH = 5;
    private static final int MOST_CITED = 3;
    private static final double UNLIKELY = 0.01;

    private static final double ALONE = 0.6;
    private static final double CALLED = 0.5;
    private static final double CALLED_BY_ALL = 0.25;
    private static final double SAID_BY_LOGS = 0.1;

    private final DiagnosisRequest request;
    private final CallGraph calls;
    private final SortedSet<String> ill;

    private CallsAndLogs(DiagnosisRequest request) {
        this.request = request;
        this.calls = request.surroundings();
        this.ill =
                request.alerts().stream()
                        .map(Alert::service)
                        .filter(service -> !service.isEmpty())
                        .collect(Collectors.toCollection(TreeSet::new));
    }

    /** Empty if nothing sets one service apart. */
    static Optional<Diagnosis> of(DiagnosisRequest request) {
        return new CallsAndLogs(request).diagnosis();
    }

    private Optional<Diagnosis> diagnosis() {
        Optional<String> found =
                ill.stream()
                        .max(
                                Comparator.comparingInt((String s) -> illCallers(s).size())
                                        .thenComparingInt(s -> log(s).isPresent() ? 1 : 0)
                                        .thenComparing(this::firstMillis, Comparator.reverseOrder())
                                        .thenComparing(Comparator.reverseOrder()));
        if (found.isEmpty() || !isSetApart(found.get())) {
            return Optional.empty();
        }
        String cause = found.get();
        Action action = Remedies.on(cause, request);
        return Optional.of(
                Diagnosis.answering(request)
                        .service(cause)
                        .type(request.incident().type())
                        .rootCause(words(cause))
                        .evidence(steps(cause))
                        .confidence(confidence(cause))
                        .action(action)
                        .rollbackPlan(Remedies.undoing(action))
                        .source(DiagnosisSource.logs(METHOD))
                        .build());
    }

    private boolean isSetApart(String service) {
        return ill.size() == 1 || !illCallers(service).isEmpty() || log(service).isPresent();
    }

    private SortedSet<String> illCallers(String service) {
        return ill.stream()
                .filter(other -> !other.equals(service))
                .filter(other -> calls.calledWithin(other, DEPTH).contains(service))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private Optional<LogFinding> log(String service) {
        return request.logs().stream()
                .filter(log -> log.service().equals(service))
                .filter(log -> log.chance() <= UNLIKELY && log.count() > log.usual())
                .min(Comparator.comparingDouble(LogFinding::chance).thenComparing(LogFinding::id));
    }

    private long firstMillis(String service) {
        return request.alerts().stream()
                .filter(alert -> alert.service().equals(service))
                .mapToLong(Alert::eventTimeMillis)
                .min()
                .orElse(Long.MAX_VALUE);
    }

    private double confidence(String cause) {
        int others = ill.size() - 1;
        double byCalls =
                others == 0 ? ALONE : CALLED + CALLED_BY_ALL * illCallers(cause).size() / others;
        return byCalls + (log(cause).isPresent() ? SAID_BY_LOGS : 0);
    }

    private String words(String cause) {
        int callers = illCallers(cause).size();
        String type = request.incident().type().word();
        return callers == 0
                ? type + " of " + cause + (ill.size() == 1 ? ", the only service with alerts" : "")
                : type
                        + " of "
                        + cause
                        + ": "
                        + callers
                        + " of "
                        + (ill.size() - 1)
                        + " other services with alerts call it";
    }

    private List<EvidenceStep> steps(String cause) {
        List<EvidenceStep> steps = new ArrayList<>();
        steps.add(new EvidenceStep(cause + " has alerts", alerts(List.of(cause))));
        SortedSet<String> callers = illCallers(cause);
        if (!callers.isEmpty()) {
            steps.add(new EvidenceStep("So do services that call it", alerts(callers)));
        }
        log(cause)
                .ifPresent(
                        log ->
                                steps.add(
                                        new EvidenceStep(
                                                "Its log says "
                                                        + log.count()
                                                        + " times what it says "
                                                        + Math.round(log.usual())
                                                        + " times usually",
                                                List.of(log.ref()))));
        return steps;
    }

    private List<EvidenceRef> alerts(Collection<String> services) {
        return request.alerts().stream()
                .filter(alert -> services.contains(alert.service()))
                .sorted(Comparator.comparingLong(Alert::eventTimeMillis).thenComparing(Alert::id))
                .limit(MOST_CITED)
                .map(alert -> EvidenceRef.of(alert.id()))
                .collect(Collectors.toList());
    }
}
