// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.udfs.diagnosis.prompt;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.incidentcommander.model.diagnosis.Diagnosis;
import io.incidentcommander.model.diagnosis.DiagnosisFailure;
import io.incidentcommander.model.diagnosis.DiagnosisFailure.Kind;
import io.incidentcommander.model.diagnosis.DiagnosisRequest;
import io.incidentcommander.model.diagnosis.DiagnosisSource;
import io.incidentcommander.model.diagnosis.EvidenceRef;
import io.incidentcommander.model.diagnosis.EvidenceStep;
import io.incidentcommander.model.diagnosis.ModelAnswer;
import io.incidentcommander.model.diagnosis.UnusableAnswerException;
import io.incidentcommander.model.lifecycle.IncidentType;
import io.incidentcommander.udfs.diagnosis.redaction.Redaction;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * Reads an answer strictly: every field there and of its type, no other field, every piece of
 * evidence one that was sent, the action one that was offered, the service one that was named. What
 * is not all of that is refused as a whole. An answer that cites text which addresses its reader,
 * or that was given beside any text which tells its reader what to do (who obeys cites what he is
 * told to), keeps {@value #MOST_ON_TALK} of confidence at most. Stateless, thread safe.
 */
public final class AnswerReader {
    /** Too little to decide by itself. */
    static final double MOST_ON_TALK = 0.5;

    private static final int MOST_CHARS = 20_000;
    private static final Set<String> FIELDS =
            Set.of(
                    AnswerShape.SERVICE,
                    AnswerShape.TYPE,
                    AnswerShape.ROOT_CAUSE,
                    AnswerShape.EVIDENCE,
                    AnswerShape.CONFIDENCE,
                    AnswerShape.ACTION,
                    AnswerShape.ROLLBACK_PLAN);
    private static final Set<String> STEP_FIELDS = Set.of(AnswerShape.CLAIM, AnswerShape.CITES);
    private static final ObjectMapper JSON =
            JsonMapper.builder()
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                    .build();

    private AnswerReader() {}

    /**
     * @throws UnusableAnswerException if the answer is no diagnosis of what was asked
     */
    public static Diagnosis read(DiagnosisRequest request, Labels labels, ModelAnswer answer)
            throws UnusableAnswerException {
        JsonNode said = parsed(answer.toolInput());
        requireOnly(FIELDS, said);
        List<String> cited = new ArrayList<>();
        List<EvidenceStep> steps = steps(said.path(AnswerShape.EVIDENCE), labels, cited);
        double confidence = confidence(said.path(AnswerShape.CONFIDENCE));
        boolean talked = labels.isOrdering() || cited.stream().anyMatch(labels::isTalking);
        String service = text(said, AnswerShape.SERVICE);
        String action = text(said, AnswerShape.ACTION);
        UntrustedText untrusted = new UntrustedText(new Redaction(Redaction.Addresses.KEPT));
        return Diagnosis.answering(request)
                .service(
                        service.isEmpty()
                                ? ""
                                : labels.service(service)
                                        .orElseThrow(
                                                () -> malformed("no such service: " + service)))
                .type(type(text(said, AnswerShape.TYPE)))
                .rootCause(untrusted.of(text(said, AnswerShape.ROOT_CAUSE), Diagnosis.MOST_TEXT))
                .evidence(steps)
                .confidence(talked ? Math.min(confidence, MOST_ON_TALK) : confidence)
                .action(
                        labels.action(action)
                                .orElseThrow(
                                        () ->
                                                refused(
                                                        Kind.UNKNOWN_ACTION,
                                                        "not on the list: " + action)))
                .rollbackPlan(
                        untrusted.of(text(said, AnswerShape.ROLLBACK_PLAN), Diagnosis.MOST_TEXT))
                .source(DiagnosisSource.model(answer.model()))
                .spend(answer.spend())
                .diagnosedAtMillis(request.requestedAtMillis())
                .build();
    }

    private static JsonNode parsed(String toolInput) throws UnusableAnswerException {
        if (toolInput.isEmpty() || toolInput.length() > MOST_CHARS) {
            throw malformed("an answer of " + toolInput.length() + " chars");
        }
        try {
            JsonNode said = JSON.readTree(toolInput);
            if (said.isObject()) {
                return said;
            }
            throw malformed("not an object");
        } catch (JsonProcessingException e) {
            throw malformed("not JSON: " + e.getOriginalMessage());
        }
    }

    private static void requireOnly(Set<String> fields, JsonNode said)
            throws UnusableAnswerException {
        Set<String> unknown = new TreeSet<>();
        said.fieldNames().forEachRemaining(unknown::add);
        unknown.removeAll(fields);
        if (!unknown.isEmpty()) {
            throw malformed("fields that nobody asked for: " + unknown);
        }
    }

    private static List<EvidenceStep> steps(JsonNode said, Labels labels, List<String> cited)
            throws UnusableAnswerException {
        if (!said.isArray() || said.isEmpty() || said.size() > Diagnosis.MOST_STEPS) {
            throw malformed("evidence is a list of 1 to " + Diagnosis.MOST_STEPS + " steps");
        }
        UntrustedText untrusted = new UntrustedText(new Redaction(Redaction.Addresses.KEPT));
        List<EvidenceStep> steps = new ArrayList<>();
        for (JsonNode step : said) {
            requireOnly(STEP_FIELDS, step);
            JsonNode cites = step.path(AnswerShape.CITES);
            if (!cites.isArray() || cites.isEmpty() || cites.size() > EvidenceStep.MOST_CITED) {
                throw malformed("a step cites 1 to " + EvidenceStep.MOST_CITED + " labels");
            }
            List<EvidenceRef> refs = new ArrayList<>();
            for (JsonNode label : cites) {
                refs.add(
                        labels.evidence(label.asText())
                                .orElseThrow(
                                        () ->
                                                refused(
                                                        Kind.UNKNOWN_EVIDENCE,
                                                        "cites "
                                                                + label
                                                                + ", which was not sent")));
                cited.add(label.asText());
            }
            String claim = untrusted.of(text(step, AnswerShape.CLAIM), EvidenceStep.MOST_TEXT);
            steps.add(new EvidenceStep(claim, refs));
        }
        return steps;
    }

    private static double confidence(JsonNode said) throws UnusableAnswerException {
        double confidence = said.isNumber() ? said.doubleValue() : Double.NaN;
        if (confidence >= 0 && confidence <= 1) {
            return confidence;
        }
        throw malformed("a confidence is a number in [0, 1], not " + said);
    }

    private static IncidentType type(String word) throws UnusableAnswerException {
        for (IncidentType type : IncidentType.values()) {
            if (type.word().equals(word)) {
                return type;
            }
        }
        throw malformed("no such type: " + word);
    }

    private static String text(JsonNode said, String field) throws UnusableAnswerException {
        if (said.path(field).isTextual()) {
            return said.path(field).textValue();
        }
        throw malformed(field + " is a text that must be there");
    }

    private static UnusableAnswerException malformed(String message) {
        return refused(Kind.MALFORMED, message);
    }

    private static UnusableAnswerException refused(Kind kind, String message) {
        return new UnusableAnswerException(
                kind,
                new UntrustedText(new Redaction(Redaction.Addresses.TAKEN_OUT))
                        .of(message, DiagnosisFailure.MOST_TEXT));
    }
}
