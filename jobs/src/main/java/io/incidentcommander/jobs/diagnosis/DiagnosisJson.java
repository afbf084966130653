// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.jobs.diagnosis;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.incidentcommander.model.diagnosis.Diagnosis;
import io.incidentcommander.model.diagnosis.DiagnosisFailure;
import io.incidentcommander.model.diagnosis.EvidenceStep;
import io.incidentcommander.model.diagnosis.MemoryHit;
import java.io.UncheckedIOException;
import java.util.Locale;

/** A diagnosis as JSON. */
public final class DiagnosisJson {
    private static final ObjectMapper JSON = new ObjectMapper();

    private DiagnosisJson() {}

    /** By itself, as a topic or a file has it. */
    public static byte[] of(Diagnosis diagnosis) {
        ObjectNode node = JSON.createObjectNode();
        node.put("diagnosis_id", diagnosis.id());
        node.put("tenant", diagnosis.tenant());
        node.put("incident_id", diagnosis.incidentId());
        node.put("diagnosed_at", diagnosis.diagnosedAtMillis());
        describe(diagnosis, node);
        try {
            return JSON.writeValueAsBytes(node);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Without saying whose it is. */
    public static void describe(Diagnosis diagnosis, ObjectNode node) {
        node.put("attempt", diagnosis.attempt());
        node.put("service", diagnosis.service());
        node.put("type", diagnosis.type().word());
        node.put("root_cause", diagnosis.rootCause());
        node.put("confidence", diagnosis.confidence());
        node.put("action", diagnosis.action().toString());
        node.put("rollback_plan", diagnosis.rollbackPlan());
        node.put("road", diagnosis.source().road().word());
        node.put("source", diagnosis.source().name());
        node.put("spend_usd", diagnosis.spend().usd());
        ArrayNode steps = node.putArray("evidence");
        for (EvidenceStep step : diagnosis.evidence()) {
            ObjectNode one = steps.addObject().put("claim", step.claim());
            ArrayNode cites = one.putArray("cites");
            step.cites().forEach(ref -> cites.add(ref.toString()));
        }
        ObjectNode memory = node.putObject("memory");
        memory.put("searched", diagnosis.recollection().extent().name().toLowerCase(Locale.ROOT));
        memory.put("reason", diagnosis.recollection().reason());
        ArrayNode recalled = memory.putArray("recalled");
        for (MemoryHit hit : diagnosis.recollection().hits()) {
            recalled.addObject()
                    .put("pattern_id", hit.patternId())
                    .put("incident_id", hit.incidentId())
                    .put("type", hit.type().word())
                    .put("root_cause", hit.rootCause())
                    .put("remedy", hit.remedy())
                    .put("helped", hit.worked() > hit.failed())
                    .put("score", hit.score());
        }
        ArrayNode failures = node.putArray("failures");
        for (DiagnosisFailure failure : diagnosis.failures()) {
            failures.addObject()
                    .put("source", failure.source().toString())
                    .put("kind", failure.kind().word())
                    .put("message", failure.message());
        }
    }
}
