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
import io.incidentcommander.operators.correlation.control.ControlSettings;
import io.incidentcommander.udfs.consensus.agents.RunbookCatalogue;
import io.incidentcommander.udfs.correlation.control.ControlBook;
import io.incidentcommander.udfs.diagnosis.offline.CaseExcerpt;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.util.Collector;

/**
 * Keyed by tenant: asks for the cause of an incident once its first alerts are together, and again
 * when its severity or type is another or it is back; {@value #MOST_ATTEMPTS} times at most, one at
 * a time: the next is due when the lease of the one before ends, answered or not. Also bounds what
 * an incident costs at the very outside: attempts times what one may cost.
 */
public final class AskForDiagnosisFunction
        extends KeyedProcessFunction<String, CaseClue, DiagnosisRequest> {
    static final int MOST_ATTEMPTS = 5;

    /** Event time in which the first alerts of an incident come together. */
    static final long GATHER_MILLIS = 5_000;

    private static final long serialVersionUID = 1L;
    private static final long SECOND = 1_000;
    private static final long SWEEP_MILLIS = 60_000;

    private final RunbookCatalogue catalogue;
    private final ControlSettings control;
    private final long deadlineMillis;
    private final DeadlineClock clock;

    private transient ControlBook book;
    private transient Map<String, Topology> topologies;
    private transient CaseState cases;

    /**
     * @param control who calls whom, as it is known from the start
     * @param deadlineMillis for one analysis in all, retries and lesser roads too
     */
    public AskForDiagnosisFunction(
            RunbookCatalogue catalogue,
            ControlSettings control,
            long deadlineMillis,
            DeadlineClock clock) {
        this.catalogue = catalogue;
        this.control = control;
        this.deadlineMillis = deadlineMillis;
        this.clock = clock;
    }

    @Override
    public void open(OpenContext context) {
        book = ControlBook.of(control.files(), control.maxSilences(), new ArrayList<>());
        topologies = new HashMap<>();
        cases = new CaseState(getRuntimeContext());
    }

    @Override
    public void processElement(CaseClue clue, Context context, Collector<DiagnosisRequest> out)
            throws Exception {
        clue.tell(
                new CaseClue.Reader() {
                    @Override
                    public void alert(Alert alert) throws Exception {
                        if (alert.status() == AlertStatus.FIRING) {
                            cases.add(alert);
                            sweepAfter(alert.eventTimeMillis(), context);
                        }
                    }

                    @Override
                    public void event(IncidentEvent event) throws Exception {
                        hear(event, context);
                    }

                    @Override
                    public void match(PatternMatch match) throws Exception {
                        cases.put(match);
                        sweepAfter(match.lastMillis(), context);
                    }

                    @Override
                    public void logs(ServiceLogs logs) throws Exception {
                        cases.put(logs);
                        sweepAfter(logs.untilMillis(), context);
                    }
                });
    }

    @Override
    public void onTimer(long time, OnTimerContext context, Collector<DiagnosisRequest> out)
            throws Exception {
        for (Analysis analysis : cases.due(time)) {
            Incident incident = analysis.incident();
            Analysis asked = analysis.asked(about(incident), time + deadlineMillis);
            cases.put(asked);
            out.collect(request(asked, time));
        }
        if (time % SWEEP_MILLIS == 0) {
            cases.forget(time);
            if (!cases.isEmpty()) {
                context.timerService().registerEventTimeTimer(time + SWEEP_MILLIS);
            }
        }
    }

    private void hear(IncidentEvent event, Context context) throws Exception {
        Incident incident = event.incident();
        Analysis before = cases.analysis(incident.incidentId());
        Analysis now = before == null ? Analysis.none(incident) : before.of(incident);
        if (incident.isClosed() || event.kind() == IncidentEventKind.MERGED) {
            cases.put(now.calledOff());
            sweepAfter(event.eventTimeMillis(), context);
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
            context.timerService().registerEventTimeTimer(at);
        }
        cases.put(now);
    }

    private DiagnosisRequest request(Analysis analysis, long time) throws Exception {
        Incident incident = analysis.incident();
        List<Alert> alerts = new ArrayList<>();
        for (String service : incident.services()) {
            alerts.addAll(cases.alerts(service));
        }
        Topology topology =
                topologies.computeIfAbsent(
                        incident.tenant(), name -> book.rules(name, Long.MIN_VALUE).topology());
        return CaseExcerpt.of(incident, alerts, cases.matches(), topology)
                .logs(CaseExcerpt.telling(cases.logs(incident.services())))
                .candidates(catalogue.candidates(incident).actions())
                .attempt(analysis.attempts())
                .requestedAtMillis(time)
                .deadlineAtMillis(clock.millis() + deadlineMillis)
                .build();
    }

    private static String about(Incident incident) {
        return incident.severity() + " " + incident.type();
    }

    private static void sweepAfter(long time, KeyedProcessFunction<?, ?, ?>.Context context) {
        context.timerService().registerEventTimeTimer((time / SWEEP_MILLIS + 1) * SWEEP_MILLIS);
    }
}
