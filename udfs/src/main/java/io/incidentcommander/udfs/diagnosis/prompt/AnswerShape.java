// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.udfs.diagnosis.prompt;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.incidentcommander.model.diagnosis.Diagnosis;
import io.incidentcommander.model.diagnosis.EvidenceStep;
import io.incidentcommander.model.lifecycle.IncidentType;
import java.util.Collection;

/** The JSON schema of an answer, closed over the labels of its prompt. */
final class AnswerShape {
    static final String TOOL = "diagnose";
    static final String SERVICE = "service";
    static final String TYPE = "type";
    static final String ROOT_CAUSE = "root_cause";
    static final String EVIDENCE = "evidence";
    static final String CLAIM = "claim";
    static final String CITES = "cites";
    static final String CONFIDENCE = "confidence";
    static final String ACTION = "action";
    static final String ROLLBACK_PLAN = "rollback_plan";

    private static final ObjectMapper JSON = new ObjectMapper();

    private AnswerShape() {}

    static String schema(Labels labels) {
        ObjectNode schema = object();
        ObjectNode fields = schema.putObject("properties");
        text(fields, SERVICE);
        ArrayNode types = text(fields, TYPE).putArray("enum");
        for (IncidentType type : IncidentType.values()) {
            types.add(type.word());
        }
        text(fields, ROOT_CAUSE).put("maxLength", Diagnosis.MOST_TEXT);
        ObjectNode steps = fields.putObject(EVIDENCE).put("type", "array");
        steps.put("minItems", 1).put("maxItems", Diagnosis.MOST_STEPS);
        ObjectNode step = object();
        ObjectNode parts = step.putObject("properties");
        text(parts, CLAIM).put("maxLength", EvidenceStep.MOST_TEXT);
        ObjectNode cites = parts.putObject(CITES).put("type", "array");
        cites.put("minItems", 1).put("maxItems", EvidenceStep.MOST_CITED);
        oneOf(cites.putObject("items"), labels.evidence());
        required(step, CLAIM, CITES);
        steps.set("items", step);
        fields.putObject(CONFIDENCE).put("type", "number").put("minimum", 0).put("maximum", 1);
        oneOf(fields.putObject(ACTION), labels.actions());
        text(fields, ROLLBACK_PLAN).put("maxLength", Diagnosis.MOST_TEXT);
        required(schema, SERVICE, TYPE, ROOT_CAUSE, EVIDENCE, CONFIDENCE, ACTION, ROLLBACK_PLAN);
        return schema.toString();
    }

    private static ObjectNode object() {
        return JSON.createObjectNode().put("type", "object").put("additionalProperties", false);
    }

    private static ObjectNode text(ObjectNode fields, String name) {
        return fields.putObject(name).put("type", "string");
    }

    private static void oneOf(ObjectNode field, Collection<String> words) {
        ArrayNode all = field.put("type", "string").putArray("enum");
        words.forEach(all::add);
    }

    private static void required(ObjectNode object, String... names) {
        ArrayNode all = object.putArray("required");
        for (String name : names) {
            all.add(name);
        }
    }
}
