// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.operators.diagnosis;

import io.incidentcommander.model.audit.IncidentEvent;
import io.incidentcommander.model.audit.IncidentEventKind;
import io.incidentcommander.model.correlation.Topology;
import io.incidentcommander.model.detection.PatternMatch;
import io.incidentcommander.model.diagnosis.Analysis;
import io.incidentcommander.model.diagnosis.CaseClue;
import io.incidentcommander.model.diagnosis.DiagnosisRequest;
import io.incidentcommander.model.diagnosis.logs.ServiceLogs;
import io.incidentcommander.model.ingest.Alert;
import io.incidentcommander.model.ingest.AlertStatus;
import io.incidentcommander.model.lifecycle.Incident;
import io.incidentcommander.udfs.correlation.control.ControlBook;
import io.incidentcommander.udfs.diagnosis.offline.CaseExcerpt;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.common.functions.RuntimeContext;
import org.apache.flink.streaming.api.TimerService;
import org.apache.flink.util.Collector;

/**
 * What the operators that ask for diagnoses have in common. Keyed by tenant: asks for the cause of
 * an incident once its first alerts are together, and again when its severity or type is another or
 * it is back; {@value #MOST_ATTEMPTS} times at most, one at a time: the next is due when the lease
 * of the one before ends, answered or not. Also bounds what an incident costs at the very outside:
 * attempts times what one may cost. Who calls whom is told as it holds at the time of asking. In
 * the task's thread, under the current key.
 */
final class CaseDesk {
    static final int MOST_ATTEMPTS = 5;

    /** Event time in which the first alerts of an incident come together. */
    static final long GATHER_MILLIS = 5_000;

    private static final long SECOND = 1_000;
    private static final long SWEEP_MILLIS = 60_000;

    private final AskingPolicy policy;
    private final ControlBook book;
    private final CaseState cases;

    CaseDesk(AskingPolicy policy, ControlBook book, RuntimeContext context) {
        this.policy = policy;
        this.book = book;
        this.cases = new CaseState(context);
    }

    void hear(CaseClue clue, TimerService timers) throws Exception {
        clue.tell(
                new CaseClue.Reader() {
                    @Override
                    public void alert(Alert alert) throws Exception {
                        if (alert.status() == AlertStatus.FIRING) {
                            cases.add(alert);
                            sweepAfter(alert.eventTimeMillis(), timers);
                        }
                    }

                    @Override
                    public void event(IncidentEvent event) throws Exception {
                        CaseDesk.this.event(event, timers);
                    }

                    @Override
                    public void match(PatternMatch match) throws Exception {
                        cases.put(match);
                        sweepAfter(match.lastMillis(), timers);
                    }

                    @Override
                    public void logs(ServiceLogs logs) throws Exception {
                        cases.put(logs);
                        sweepAfter(logs.untilMillis(), timers);
                    }
                });
    }

    /** A timer fired. */
    void due(long time, TimerService timers, Collector<DiagnosisRequest> out) throws Exception {
        for (Analysis analysis : cases.due(time)) {
            Incident incident = analysis.incident();
            Analysis asked = analysis.asked(about(incident), time + policy.deadlineMillis());
            cases.put(asked);
            out.collect(request(asked, time));
        }
        if (time % SWEEP_MILLIS == 0) {
            cases.forget(time);
            if (!cases.isEmpty()) {
                timers.registerEventTimeTimer(time + SWEEP_MILLIS);
            }
        }
    }

    private void event(IncidentEvent event, TimerService timers) throws Exception {
        Incident incident = event.incident();
        Analysis before = cases.analysis(incident.incidentId());
        Analysis now = before == null ? Analysis.none(incident) : before.of(incident);
        if (incident.isClosed()) {
            cases.put(now.calledOff());
            sweepAfter(event.eventTimeMillis(), timers);
            return;
        }
        boolean again =
                event.kind() == IncidentEventKind.REOPENED
                        || !about(incident).equals(now.about())
                                && now.dueAtMillis() == Analysis.NOT_DUE;
        if (again && now.attempts() < MOST_ATTEMPTS) {
            now = now.due(event.eventTimeMillis() + GATHER_MILLIS);
            // Whole seconds: however many are due, it is one timer.
            long at = (now.dueAtMillis() + SECOND - 1) / SECOND * SECOND;
            timers.registerEventTimeTimer(at);
        }
        cases.put(now);
    }

    private DiagnosisRequest request(Analysis analysis, long time) throws Exception {
        Incident incident = analysis.incident();
        List<Alert> alerts = new ArrayList<>();
        for (String service : incident.services()) {
            alerts.addAll(cases.alerts(service));
        }
        Topology topology = book.rules(incident.tenant(), time).topology();
        return CaseExcerpt.of(incident, alerts, cases.matches(incident.services()), topology)
                .logs(CaseExcerpt.telling(cases.logs(incident.services())))
                .candidates(policy.catalogue().candidates(incident).actions())
                .attempt(analysis.attempts())
                .requestedAtMillis(time)
                .deadlineAtMillis(policy.clock().millis() + policy.deadlineMillis())
                .build();
    }

    private static String about(Incident incident) {
        return incident.severity() + " " + incident.type();
    }

    private static void sweepAfter(long time, TimerService timers) {
        timers.registerEventTimeTimer((time / SWEEP_MILLIS + 1) * SWEEP_MILLIS);
    }
}
