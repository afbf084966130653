// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.model.consensus;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * What goes between the job and agents elsewhere, each message one JSON object: requests out;
 * recommendations, proposals, registrations and outcomes in. What comes in may be anything: every
 * reader throws an {@link IOException} that says what is wrong with the message, and a field that
 * it does not know is wrong. Thread safe.
 */
public final class AgentMessages {
    /** A message that is longer is not looked at. */
    public static final int MAX_BYTES = 262_144;

    private static final int VERSION = 1;
    private static final String PREFIX = "incident-commander/";
    private static final String REQUEST = PREFIX + "round-request";
    private static final String RECOMMENDATION = PREFIX + "recommendation";
    private static final String PROPOSAL = PREFIX + "proposal";
    private static final String AGENT = PREFIX + "agent";
    private static final String OUTCOME = PREFIX + "outcome";
    private static final ObjectMapper MAPPER =
            new ObjectMapper()
                    .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
                    .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    private AgentMessages() {}

    public static byte[] write(RoundRequest request) {
        ObjectNode tree = message(REQUEST);
        tree.put("request_id", request.requestId()).put("reason", request.reason().name());
        ArrayNode before = tree.putArray("before");
        for (ActionSupport support : request.before()) {
            ObjectNode node = before.addObject();
            node.put("action", support.action().hex()).put("power_ppm", support.powerPpm());
            node.put("confidence", support.confidence());
        }
        ArrayNode evidence = tree.putArray("evidence_ids");
        request.evidence().forEach(evidence::add);
        TermsJson.write(request.terms(), tree.putObject("terms"));
        return bytes(tree);
    }

    /**
     * @throws IOException if it is none, or its terms do not hash to what it says
     */
    public static RoundRequest readRequest(byte[] json) throws IOException {
        return reading(
                tree(json),
                REQUEST,
                Set.of("request_id", "reason", "before", "evidence_ids", "terms"),
                tree -> {
                    List<ActionSupport> before = new ArrayList<>();
                    for (JsonNode node : tree.path("before")) {
                        before.add(
                                new ActionSupport(
                                        ActionId.ofHex(TermsJson.text(node, "action")),
                                        TermsJson.integer(node, "power_ppm"),
                                        node.path("confidence").asDouble()));
                    }
                    RoundTerms terms = TermsJson.read(tree.path("terms"));
                    String hash = TermsJson.text(tree.path("terms"), "terms_hash");
                    if (!hash.equals(terms.hash())) {
                        throw new IOException("its terms hash to " + terms.hash());
                    }
                    return new RoundRequest(
                            terms,
                            RequestReason.valueOf(TermsJson.text(tree, "reason")),
                            before,
                            texts(tree, "evidence_ids"));
                });
    }

    public static byte[] write(SignedRecommendation vote) {
        Recommendation said = vote.recommendation();
        ObjectNode tree = message(RECOMMENDATION);
        tree.put("tenant", said.tenant()).put("incident_id", said.incidentId());
        tree.put("attempt", said.attempt()).put("round", said.round());
        tree.put("terms_hash", said.terms()).put("request_id", said.requestId());
        tree.put("agent", said.agent()).put("key_epoch", said.keyEpoch());
        tree.put("role", said.role().word()).put("family", said.family());
        tree.put("action", said.action().hex()).put("confidence", said.confidence());
        tree.put("risk", said.risk().word()).put("estimated_ms", said.estimatedMillis());
        tree.put("issued_at_ms", said.issuedAtMillis());
        ArrayNode evidence = tree.putArray("evidence_ids");
        said.evidenceIds().forEach(evidence::add);
        tree.put("reasoning", said.reasoning()).put("rollback_plan", said.rollbackPlan());
        tree.put("signature", Base64.getEncoder().encodeToString(vote.signature()));
        return bytes(tree);
    }

    private static SignedRecommendation recommendation(JsonNode message) throws IOException {
        return reading(
                message,
                RECOMMENDATION,
                Set.of(
                        "tenant",
                        "incident_id",
                        "attempt",
                        "round",
                        "terms_hash",
                        "request_id",
                        "agent",
                        "key_epoch",
                        "role",
                        "family",
                        "action",
                        "confidence",
                        "risk",
                        "estimated_ms",
                        "issued_at_ms",
                        "evidence_ids",
                        "reasoning",
                        "rollback_plan",
                        "signature"),
                tree ->
                        new SignedRecommendation(
                                Recommendation.builder()
                                        .tenant(TermsJson.text(tree, "tenant"))
                                        .incidentId(TermsJson.text(tree, "incident_id"))
                                        .attempt(TermsJson.integer(tree, "attempt"))
                                        .round(TermsJson.integer(tree, "round"))
                                        .terms(TermsJson.text(tree, "terms_hash"))
                                        .requestId(TermsJson.text(tree, "request_id"))
                                        .agent(TermsJson.text(tree, "agent"))
                                        .keyEpoch(TermsJson.integer(tree, "key_epoch"))
                                        .role(AgentRole.ofWord(TermsJson.text(tree, "role")))
                                        .family(TermsJson.text(tree, "family"))
                                        .action(ActionId.ofHex(TermsJson.text(tree, "action")))
                                        .confidence(number(tree, "confidence"))
                                        .risk(RiskLevel.ofWord(TermsJson.text(tree, "risk")))
                                        .estimatedMillis(whole(tree, "estimated_ms"))
                                        .issuedAtMillis(whole(tree, "issued_at_ms"))
                                        .evidenceIds(texts(tree, "evidence_ids"))
                                        .reasoning(TermsJson.text(tree, "reasoning"))
                                        .rollbackPlan(TermsJson.text(tree, "rollback_plan"))
                                        .build(),
                                Base64.getDecoder().decode(TermsJson.text(tree, "signature"))));
    }

    public static byte[] write(SignedProposal proposal) {
        ObjectNode tree = message(PROPOSAL);
        tree.put("tenant", proposal.tenant()).put("incident_id", proposal.incidentId());
        tree.put("attempt", proposal.attempt()).put("round", proposal.round());
        tree.put("terms_hash", proposal.terms());
        tree.put("agent", proposal.agent()).put("key_epoch", proposal.keyEpoch());
        tree.put("issued_at_ms", proposal.issuedAtMillis());
        TermsJson.write(proposal.action(), tree.putObject("candidate"));
        tree.put("signature", Base64.getEncoder().encodeToString(proposal.signature()));
        return bytes(tree);
    }

    /** A recommendation or a proposal; the signature is not checked here. */
    public static TallyInput readFromAgent(byte[] json) throws IOException {
        JsonNode tree = tree(json);
        return PROPOSAL.equals(tree.path("type").asText())
                ? TallyInput.of(proposal(tree), TallyInput.SignatureCheck.UNCHECKED)
                : TallyInput.of(recommendation(tree), TallyInput.SignatureCheck.UNCHECKED);
    }

    private static SignedProposal proposal(JsonNode message) throws IOException {
        return reading(
                message,
                PROPOSAL,
                Set.of(
                        "tenant",
                        "incident_id",
                        "attempt",
                        "round",
                        "terms_hash",
                        "agent",
                        "key_epoch",
                        "issued_at_ms",
                        "candidate",
                        "signature"),
                tree ->
                        new SignedProposal(
                                TermsJson.text(tree, "tenant"),
                                TermsJson.text(tree, "incident_id"),
                                TermsJson.integer(tree, "attempt"),
                                TermsJson.integer(tree, "round"),
                                TermsJson.text(tree, "terms_hash"),
                                TermsJson.text(tree, "agent"),
                                TermsJson.integer(tree, "key_epoch"),
                                TermsJson.action(tree.path("candidate")),
                                whole(tree, "issued_at_ms"),
                                Base64.getDecoder().decode(TermsJson.text(tree, "signature"))));
    }

    public static byte[] write(RegisteredAgent agent) {
        ObjectNode tree = message(AGENT);
        tree.put("tenant", agent.tenant()).put("agent", agent.agent());
        tree.put("role", agent.role().word()).put("family", agent.family());
        tree.put("key_epoch", agent.keyEpoch()).put("public_key", agent.publicKey());
        tree.put("revoked_up_to", agent.revokedUpTo());
        return bytes(tree);
    }

    public static RegisteredAgent readAgent(byte[] json) throws IOException {
        return reading(
                tree(json),
                AGENT,
                Set.of(
                        "tenant",
                        "agent",
                        "role",
                        "family",
                        "key_epoch",
                        "public_key",
                        "revoked_up_to"),
                tree ->
                        new RegisteredAgent(
                                TermsJson.text(tree, "tenant"),
                                TermsJson.text(tree, "agent"),
                                AgentRole.ofWord(TermsJson.text(tree, "role")),
                                TermsJson.text(tree, "family"),
                                TermsJson.integer(tree, "key_epoch"),
                                TermsJson.text(tree, "public_key"),
                                TermsJson.integer(tree, "revoked_up_to")));
    }

    public static byte[] write(VerifiedOutcome outcome) {
        ObjectNode tree = message(OUTCOME);
        tree.put("tenant", outcome.tenant()).put("incident_id", outcome.incidentId());
        tree.put("attempt", outcome.attempt());
        outcome.right().ifPresent(action -> tree.put("right", action.hex()));
        outcome.wrong().ifPresent(action -> tree.put("wrong", action.hex()));
        tree.put("verified_at_ms", outcome.verifiedAtMillis());
        return bytes(tree);
    }

    public static VerifiedOutcome readOutcome(byte[] json) throws IOException {
        return reading(
                tree(json),
                OUTCOME,
                Set.of("tenant", "incident_id", "attempt", "right", "wrong", "verified_at_ms"),
                tree -> {
                    boolean right = tree.has("right");
                    if (right == tree.has("wrong")) {
                        throw new IOException("it says what was right, or what was wrong");
                    }
                    String tenant = TermsJson.text(tree, "tenant");
                    String incident = TermsJson.text(tree, "incident_id");
                    int attempt = TermsJson.integer(tree, "attempt");
                    long at = whole(tree, "verified_at_ms");
                    ActionId action =
                            ActionId.ofHex(TermsJson.text(tree, right ? "right" : "wrong"));
                    return right
                            ? VerifiedOutcome.right(tenant, incident, attempt, action, at)
                            : VerifiedOutcome.wrong(tenant, incident, attempt, action, at);
                });
    }

    private static ObjectNode message(String type) {
        return JsonNodeFactory.instance.objectNode().put("type", type).put("version", VERSION);
    }

    private static byte[] bytes(ObjectNode tree) {
        try {
            return MAPPER.writeValueAsBytes(tree);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("A tree of plain values can be written", e);
        }
    }

    private static JsonNode tree(byte[] json) throws IOException {
        if (json.length > MAX_BYTES) {
            throw new IOException("longer than " + MAX_BYTES + " bytes: " + json.length);
        }
        return MAPPER.readTree(json);
    }

    private static <T> T reading(JsonNode tree, String type, Set<String> fields, Shape<T> shape)
            throws IOException {
        if (!type.equals(tree.path("type").asText()) || tree.path("version").asInt() != VERSION) {
            throw new IOException("not of type " + type + " in version " + VERSION);
        }
        Set<String> unknown = new TreeSet<>();
        for (Iterator<String> names = tree.fieldNames(); names.hasNext(); ) {
            unknown.add(names.next());
        }
        unknown.removeAll(fields);
        unknown.removeAll(Set.of("type", "version"));
        if (!unknown.isEmpty()) {
            throw new IOException("fields that are not known: " + unknown);
        }
        try {
            return shape.of(tree);
        } catch (IllegalArgumentException e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    private static double number(JsonNode tree, String field) throws IOException {
        if (!tree.path(field).isNumber()) {
            throw new IOException("a number is missing: " + field);
        }
        return tree.path(field).asDouble();
    }

    private static long whole(JsonNode tree, String field) throws IOException {
        if (!tree.path(field).canConvertToLong() || !tree.path(field).isIntegralNumber()) {
            throw new IOException("a whole number is missing: " + field);
        }
        return tree.path(field).asLong();
    }

    private static List<String> texts(JsonNode tree, String field) throws IOException {
        if (!tree.path(field).isArray()) {
            throw new IOException("a list is missing: " + field);
        }
        List<String> texts = new ArrayList<>();
        for (JsonNode text : tree.path(field)) {
            if (!text.isTextual()) {
                throw new IOException("not all text: " + field);
            }
            texts.add(text.asText());
        }
        return texts;
    }

    /** What a tree of the right type says. */
    @FunctionalInterface
    private interface Shape<T> {
        T of(JsonNode tree) throws IOException;
    }
}
