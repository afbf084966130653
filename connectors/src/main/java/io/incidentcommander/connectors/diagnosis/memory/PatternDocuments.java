// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.connectors.diagnosis.memory;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.incidentcommander.model.diagnosis.MemoryHit;
import io.incidentcommander.model.diagnosis.memory.IncidentPattern;
import io.incidentcommander.model.lifecycle.IncidentType;
import java.util.ArrayList;
import java.util.List;

/** Patterns as documents of the index, and as lines of the archive. */
final class PatternDocuments {
    static final String ID = "pattern_id";
    static final String TENANT = "tenant";
    static final String INCIDENT = "incident_id";
    static final String DERIVED = "derived_from";
    static final String TYPE = "type";
    static final String SERVICES = "services";
    static final String SYMPTOMS = "symptoms";
    static final String CAUSE = "root_cause";
    static final String REMEDY = "remedy";
    static final String WORKED = "worked";
    static final String LEARNED = "learned_at";

    /** All that is searched by words. */
    static final String TEXT = "text";

    static final String EMBEDDING = "embedding";

    private static final ObjectMapper JSON = new ObjectMapper();

    private PatternDocuments() {}

    /** Without vector and search text. */
    static ObjectNode of(IncidentPattern pattern) {
        ObjectNode document = JSON.createObjectNode();
        document.put(ID, pattern.patternId());
        document.put(TENANT, pattern.tenant());
        document.put(INCIDENT, pattern.incidentId());
        pattern.derivedFrom().forEach(document.putArray(DERIVED)::add);
        document.put(TYPE, pattern.type().word());
        pattern.services().forEach(document.putArray(SERVICES)::add);
        document.put(SYMPTOMS, pattern.symptoms());
        document.put(CAUSE, pattern.rootCause());
        document.put(REMEDY, pattern.remedy());
        document.put(WORKED, pattern.worked());
        document.put(LEARNED, pattern.learnedAtMillis());
        return document;
    }

    /** As the index takes it. */
    static ObjectNode of(IncidentPattern pattern, float[] vector) {
        ObjectNode document = of(pattern);
        document.put(TEXT, pattern.text());
        ArrayNode embedding = document.putArray(EMBEDDING);
        for (float value : vector) {
            embedding.add(value);
        }
        return document;
    }

    /** The pattern of a document; its id is derived from the content again. */
    static IncidentPattern pattern(JsonNode document) {
        return IncidentPattern.builder()
                .tenant(document.path(TENANT).asText())
                .incidentId(document.path(INCIDENT).asText())
                .derivedFrom(texts(document.path(DERIVED)))
                .type(type(document.path(TYPE).asText()))
                .services(texts(document.path(SERVICES)))
                .symptoms(document.path(SYMPTOMS).asText())
                .rootCause(document.path(CAUSE).asText())
                .remedy(document.path(REMEDY).asText())
                .worked(document.path(WORKED).asBoolean())
                .learnedAtMillis(document.path(LEARNED).asLong())
                .build();
    }

    static MemoryHit hit(JsonNode document, double score) {
        boolean worked = document.path(WORKED).asBoolean();
        return new MemoryHit(
                document.path(ID).asText(),
                document.path(INCIDENT).asText(),
                type(document.path(TYPE).asText()),
                texts(document.path(SERVICES)),
                document.path(SYMPTOMS).asText(),
                document.path(CAUSE).asText(),
                document.path(REMEDY).asText(),
                worked ? 1 : 0,
                worked ? 0 : 1,
                score,
                document.path(LEARNED).asLong());
    }

    private static List<String> texts(JsonNode array) {
        List<String> texts = new ArrayList<>();
        array.forEach(text -> texts.add(text.asText()));
        return texts;
    }

    /** A word of a later release is read as unknown. */
    private static IncidentType type(String word) {
        for (IncidentType type : IncidentType.values()) {
            if (type.word().equals(word)) {
                return type;
            }
        }
        return IncidentType.UNKNOWN;
    }
}
