// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.jobs.live;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.incidentcommander.datagen.storm.FaultTruth;
import io.incidentcommander.model.lifecycle.Incident;
import io.incidentcommander.model.lifecycle.IncidentState;
import io.incidentcommander.udfs.lifecycle.IncidentCost;
import io.incidentcommander.udfs.lifecycle.SlaClock;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Collectors;

/**
 * One incident of a run with all that became of it: times count from the fault that it is of, or
 * else from its first alert, in seconds. Immutable.
 */
final class RunIncident {
    /** What a human would take beyond the end, where none was needed. */
    static final long HUMAN_MILLIS = 30 * 60_000;

    private final Incident incident;
    private final Optional<FaultTruth> fault;
    private final Optional<RunBoard.Standing> standing;
    private final RunDiagnoses diagnoses;
    private final RunDecisions decisions;
    private final IncidentCost cost;
    private final SlaClock promises;

    /**
     * @param incident as it stands in the event store
     * @param fault that it is of
     * @param standing as the world outside the topology saw it
     */
    RunIncident(
            Incident incident,
            Optional<FaultTruth> fault,
            Optional<RunBoard.Standing> standing,
            RunDiagnoses diagnoses,
            RunDecisions decisions,
            IncidentCost cost,
            SlaClock promises) {
        this.incident = incident;
        this.fault = fault;
        this.standing = standing;
        this.diagnoses = diagnoses;
        this.decisions = decisions;
        this.cost = cost;
        this.promises = promises;
    }

    Optional<FaultTruth> fault() {
        return fault;
    }

    /** How far it came before the input ended. */
    IncidentState state() {
        return standing.map(s -> s.outcome().state()).orElse(incident.state());
    }

    /** From the first alert to the validation; empty: it is not resolved. */
    OptionalDouble repairSeconds() {
        return end().isPresent()
                ? OptionalDouble.of(end().get().repairMillis().orElse(0) / 1000.0)
                : OptionalDouble.empty();
    }

    /** As if it had gone on until a human had mended it; nothing, unless it is resolved. */
    BigDecimal avoidedUsd() {
        if (end().isEmpty()) {
            return BigDecimal.ZERO;
        }
        long resolved = incident.openedAtMillis() + end().get().repairMillis().orElse(0);
        return cost.between(
                incident.tenant(), incident.services(), resolved, resolved + HUMAN_MILLIS);
    }

    private Optional<RunBoard.Outcome> end() {
        return standing.map(RunBoard.Standing::outcome).filter(o -> o.resolvedMillis().isPresent());
    }

    /** As the command line promises. */
    void describe(ObjectNode json) {
        json.put("incident_id", incident.incidentId());
        json.put("scenario", fault.map(f -> f.scenario().optionName()).orElse(null));
        json.put("type", incident.type().word());
        json.put("severity", incident.severity().name());
        ArrayNode services = json.putArray("services");
        incident.services().forEach(services::add);
        List<String> origins = incident.grounds().origins();
        json.put("origin", origins.isEmpty() ? null : origins.get(0));
        ArrayNode ranking = json.putArray("origins");
        origins.forEach(ranking::add);
        json.put("state", state().word());
        json.put("alert_count", incident.alertCount());
        json.put("detected_s", since(detectedMillis()));
        describeEnd(json);
        diagnoses.describe(incident.incidentId(), beganMillis(), json);
        json.put("cost_usd", incident.costUsd());
        json.put("sla_risk", promises.risk(incident).word());
        DecisionRecord.describe(decisions, incident.incidentId(), beganMillis(), json);
    }

    private void describeEnd(ObjectNode json) {
        json.put("outcome", standing.map(s -> s.outcome().cause()).orElse(null));
        if (end().isEmpty()) {
            json.putNull("resolved_s");
            json.putNull("mttr_s");
            json.putNull("cost_avoided_usd");
            return;
        }
        json.put("resolved_s", since(end().get().resolvedMillis().getAsLong()));
        json.put("mttr_s", repairSeconds().getAsDouble());
        json.put("cost_avoided_usd", avoidedUsd());
    }

    /** For a human: what it is and when what became of it; then why, what was decided and done. */
    List<String> lines() {
        List<String> lines = new ArrayList<>();
        lines.add(
                String.format(
                        "%-9s %-9s %s of %s",
                        incident.severity(), state().word(), incident.type().word(), where()));
        lines.add("  " + times());
        diagnoses
                .last(incident.incidentId())
                .ifPresent(made -> lines.add("  " + made.line(diagnoses.isStub())));
        decisions
                .last(incident.incidentId())
                .ifPresent(made -> lines.add("  " + made.line() + "; " + made.certificate()));
        standing.map(s -> s.outcome().done())
                .filter(done -> !done.isEmpty())
                .ifPresent(done -> lines.add("  " + done));
        standing.map(s -> s.outcome().cause()).ifPresent(cause -> lines.add("  " + cause));
        return lines;
    }

    private String where() {
        List<String> origins = incident.grounds().origins();
        return origins.isEmpty() ? String.join(", ", incident.services()) : origins.get(0);
    }

    /** In the order in which it happened: agents may decide before a model has answered. */
    private String times() {
        List<Map.Entry<String, Long>> moments = new ArrayList<>();
        moments.add(Map.entry("detected", detectedMillis()));
        diagnoses
                .first(incident.incidentId())
                .ifPresent(m -> moments.add(Map.entry("diagnosed", m.seenMillis())));
        decisions
                .first(incident.incidentId())
                .ifPresent(m -> moments.add(Map.entry("decided", m.seenMillis())));
        end().ifPresent(e -> moments.add(Map.entry("resolved", e.resolvedMillis().getAsLong())));
        moments.sort(Map.Entry.comparingByValue());
        StringBuilder text = new StringBuilder();
        text.append(
                moments.stream()
                        .map(m -> String.format("%s %.1f s", m.getKey(), since(m.getValue())))
                        .collect(Collectors.joining(", ")));
        text.append(fault.isPresent() ? " after the fault" : " after the first alert");
        if (end().isPresent()) {
            text.append(String.format("; MTTR %.1f s", repairSeconds().getAsDouble()));
        }
        text.append(String.format("; cost %,.2f USD", incident.costUsd()));
        if (end().isPresent()) {
            text.append(String.format(", %,.2f USD avoided", avoidedUsd()));
        }
        return text.toString();
    }

    private double since(long millis) {
        return (millis - beganMillis()) / 1000.0;
    }

    private long beganMillis() {
        return fault.map(FaultTruth::faultMillis).orElse(incident.openedAtMillis());
    }

    /** Events and decisions come by separate topics: what is decided on was found before. */
    private long detectedMillis() {
        long decided =
                decisions
                        .first(incident.incidentId())
                        .map(RunDecisions.Made::seenMillis)
                        .orElse(Long.MAX_VALUE);
        return standing.map(s -> Math.min(s.firstSeenMillis(), decided))
                .orElse(incident.openedAtMillis());
    }
}
