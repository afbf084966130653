// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.jobs.audit;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.incidentcommander.model.audit.IncidentEvent;
import io.incidentcommander.model.lifecycle.Incident;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What was thought and done about one incident as one trace of OpenTelemetry: its events, each
 * diagnosis with its steps, each round of consensus with its votes. In the JSON form of OTLP, as
 * collectors take it ({@code POST /v1/traces}). The same of the same: ids are made from contents.
 * Not thread safe.
 */
public final class IncidentTrace {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final List<TraceSpan> spans = new ArrayList<>();
    private final String incidentId;
    private final TraceSpan root;

    /**
     * @param events of one incident, in order, at least one
     */
    public IncidentTrace(List<IncidentEvent> events) {
        IncidentEvent last = events.get(events.size() - 1);
        Incident incident = last.incident();
        this.incidentId = incident.incidentId();
        this.root =
                span(
                        "incident",
                        "",
                        incident.openedAtMillis(),
                        Math.max(incident.openedAtMillis(), last.eventTimeMillis()));
        root.with("incident.id", incidentId)
                .with("incident.tenant", incident.tenant())
                .with("incident.type", incident.type().word())
                .with("incident.severity", incident.severity().name())
                .with("incident.state", incident.state().word())
                .with("incident.services", String.join(",", incident.services()));
        for (IncidentEvent event : events) {
            span("event " + event.sequence(), root.id(), event.eventTimeMillis())
                    .named(event.kind().word())
                    .with("event.sequence", event.sequence())
                    .with("event.state", event.incident().state().word())
                    .with("event.cause", event.cause())
                    .with("event.hash", event.hash())
                    .with("agent", event.agent());
        }
    }

    /**
     * @param diagnosis in its JSON form; one of another incident is left out
     */
    public void addDiagnosis(JsonNode diagnosis) {
        if (!diagnosis.path("incident_id").asText().equals(incidentId)) {
            return;
        }
        long at = diagnosis.path("diagnosed_at").asLong();
        TraceSpan whole =
                span("diagnosis " + diagnosis.path("diagnosis_id").asText(), root.id(), at)
                        .named("diagnosis, attempt " + diagnosis.path("attempt").asInt())
                        .with("diagnosis.road", diagnosis.path("road").asText())
                        .with("diagnosis.source", diagnosis.path("source").asText())
                        .with("diagnosis.root_cause", diagnosis.path("root_cause").asText())
                        .with("diagnosis.confidence", diagnosis.path("confidence").asDouble())
                        .with("diagnosis.action", diagnosis.path("action").asText())
                        .with("diagnosis.spend_usd", diagnosis.path("spend_usd").asText());
        JsonNode memory = diagnosis.path("memory");
        span("memory of " + whole.id(), whole.id(), at)
                .named("memory searched")
                .with("memory.searched", memory.path("searched").asText())
                .with(
                        "memory.recalled",
                        String.join(",", memory.path("recalled").findValuesAsText("incident_id")));
        int number = 0;
        for (JsonNode failure : diagnosis.path("failures")) {
            span("failure " + number++ + " of " + whole.id(), whole.id(), at)
                    .named("asked in vain")
                    .with("agent", failure.path("source").asText())
                    .with("failure.kind", failure.path("kind").asText())
                    .with("failure.message", failure.path("message").asText())
                    .failed();
        }
        number = 0;
        for (JsonNode step : diagnosis.path("evidence")) {
            List<String> cites = new ArrayList<>();
            step.path("cites").forEach(cite -> cites.add(cite.asText()));
            span("step " + number++ + " of " + whole.id(), whole.id(), at)
                    .named("reasoning step " + number)
                    .with("step.claim", step.path("claim").asText())
                    .with("step.cites", String.join(",", cites));
        }
    }

    /**
     * @param certificate of a decision, in its JSON form; one of another incident is left out
     */
    public void addDecision(JsonNode certificate) {
        JsonNode rounds = certificate.path("rounds");
        JsonNode outcome = certificate.path("outcome");
        for (int i = 0; i < rounds.size(); i++) {
            JsonNode round = rounds.get(i);
            if (!round.path("incident_id").asText().equals(incidentId)) {
                continue;
            }
            boolean isLast = i == rounds.size() - 1;
            long opened = round.path("opened_at_ms").asLong();
            long closed =
                    isLast
                            ? outcome.path("decided_at_ms").asLong()
                            : rounds.get(i + 1).path("opened_at_ms").asLong();
            String name =
                    "consensus, attempt "
                            + round.path("attempt").asInt()
                            + ", round "
                            + round.path("round").asInt();
            TraceSpan whole =
                    span(name, root.id(), opened, Math.max(opened, closed))
                            .with("consensus.protocol", round.path("protocol").asText())
                            .with("consensus.terms", round.path("terms_hash").asText());
            if (isLast) {
                whole.with("consensus.status", outcome.path("status").asText())
                        .with("consensus.action", outcome.path("runbook").asText())
                        .with("consensus.confidence", outcome.path("confidence").asDouble())
                        .with("consensus.power_ppm", outcome.path("power_ppm").asLong())
                        .with("consensus.certificate", certificate.path("hash").asText());
            }
            addVotes(round, whole, opened);
        }
    }

    /** An {@code ExportTraceServiceRequest}. */
    public String otlp() {
        ObjectNode request = JSON.createObjectNode();
        ObjectNode resource = request.putArray("resourceSpans").addObject();
        TraceSpan.attribute(
                resource.putObject("resource").putArray("attributes"),
                "service.name",
                JSON.getNodeFactory().textNode("incident-commander"));
        ObjectNode scope = resource.putArray("scopeSpans").addObject();
        scope.putObject("scope").put("name", "io.incidentcommander");
        ArrayNode all = scope.putArray("spans");
        spans.forEach(span -> all.add(span.json()));
        return request.toString();
    }

    private void addVotes(JsonNode round, TraceSpan whole, long opened) {
        Map<String, String> actions = new HashMap<>();
        for (JsonNode candidate : round.path("candidates")) {
            String target = candidate.path("target").asText();
            actions.put(
                    candidate.path("id").asText(),
                    candidate.path("runbook").asText() + (target.isEmpty() ? "" : " on " + target));
        }
        Map<String, Long> powers = new HashMap<>();
        for (JsonNode seat : round.path("roster").path("seats")) {
            powers.put(seat.path("agent").asText(), seat.path("power_ppm").asLong());
        }
        for (JsonNode vote : round.path("votes")) {
            String agent = vote.path("agent").asText();
            String action = vote.path("action").asText();
            span("vote of " + agent + " in " + whole.id(), whole.id(), opened)
                    .named("vote")
                    .with("agent", agent)
                    .with("vote.action", actions.getOrDefault(action, action))
                    .with("vote.confidence", vote.path("confidence").asDouble())
                    .with("vote.power_ppm", powers.getOrDefault(agent, 0L));
        }
    }

    private TraceSpan span(String key, String parent, long at) {
        return span(key, parent, at, at);
    }

    private TraceSpan span(String key, String parent, long from, long until) {
        TraceSpan span = new TraceSpan(incidentId, key, parent, from, until);
        spans.add(span);
        return span;
    }
}
