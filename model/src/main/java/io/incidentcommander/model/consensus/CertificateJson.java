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
import java.util.List;
import java.util.Map;

/**
 * A certificate as one JSON object, and back. Reading is strict: what was read is written again,
 * and any difference (a field more, a field less, another spelling of a number) is an error, so
 * that nothing in a file goes unchecked. Thread safe.
 */
public final class CertificateJson {
    private static final ObjectMapper MAPPER =
            new ObjectMapper()
                    .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
                    .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
    private static final String TYPE = "incident-commander/decision-certificate";

    private CertificateJson() {}

    /** With indentation, UTF-8, without a line end. */
    public static byte[] write(Certificate certificate) {
        try {
            return MAPPER.writerWithDefaultPrettyPrinter().writeValueAsBytes(tree(certificate));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("A tree of plain values can be written", e);
        }
    }

    /** Whether the bytes mean to be a certificate, right or wrong. */
    public static boolean isCertificate(byte[] json) {
        try {
            return TYPE.equals(MAPPER.readTree(json).path("type").asText());
        } catch (IOException e) {
            return false; // not even JSON
        }
    }

    /**
     * @throws IOException if the bytes are not exactly a certificate of a known version; says where
     */
    public static Certificate read(byte[] json) throws IOException {
        JsonNode tree = MAPPER.readTree(json);
        if (!TYPE.equals(tree.path("type").asText())) {
            throw new IOException("not a decision certificate: type is not " + TYPE);
        }
        if (tree.path("version").asInt() != Certificate.VERSION) {
            throw new IOException(
                    "version "
                            + tree.path("version")
                            + " is not known; this release reads "
                            + Certificate.VERSION);
        }
        Certificate certificate;
        try {
            certificate = certificate(tree);
        } catch (IllegalArgumentException e) {
            throw new IOException(e.getMessage(), e);
        }
        String hash = TermsJson.text(tree, "hash");
        if (!hash.equals(certificate.hash())) {
            throw new IOException(
                    "the content hashes to " + certificate.hash() + ", the file says " + hash);
        }
        JsonNode again = MAPPER.readTree(write(certificate));
        if (!again.equals(tree)) {
            throw new IOException("holds what no certificate holds: " + difference(again, tree));
        }
        return certificate;
    }

    private static String difference(JsonNode right, JsonNode found) {
        if (right.isObject() && found.isObject()) {
            for (Map.Entry<String, JsonNode> field : found.properties()) {
                JsonNode expected = right.path(field.getKey());
                if (!expected.equals(field.getValue())) {
                    return field.getKey() + ": " + difference(expected, field.getValue());
                }
            }
        }
        if (right.isArray() && found.isArray()) {
            for (int i = 0; i < found.size(); i++) {
                if (!found.get(i).equals(right.path(i))) {
                    return i + ": " + difference(right.path(i), found.get(i));
                }
            }
        }
        return shortened(found) + ", not " + shortened(right);
    }

    private static String shortened(JsonNode node) {
        String text = node.toString();
        return text.length() > 100 ? text.substring(0, 100) : text;
    }

    private static ObjectNode tree(Certificate certificate) {
        ObjectNode tree = NODES.objectNode();
        tree.put("type", TYPE).put("version", Certificate.VERSION);
        tree.put("hash", certificate.hash());
        Outcome outcome = certificate.outcome();
        RoundTerms last = certificate.last().terms();
        Action action = last.candidates().actions().get(0);
        for (Action candidate : last.candidates().actions()) {
            action = candidate.id().equals(outcome.action()) ? candidate : action;
        }
        ObjectNode result = tree.putObject("outcome");
        result.put("status", outcome.status().name());
        result.put("action", outcome.action().hex()).put("runbook", action.toString());
        result.put("power_ppm", outcome.support().powerPpm());
        result.put("confidence", outcome.support().confidence());
        result.put("round", outcome.round());
        result.put("decided_at_ms", outcome.decidedAtMillis());
        result.put("fault_tolerance", last.roster().tolerance());
        ArrayNode rounds = tree.putArray("rounds");
        certificate.rounds().forEach(round -> rounds.add(tree(round)));
        return tree;
    }

    private static ObjectNode tree(RoundRecord record) {
        ObjectNode tree = NODES.objectNode();
        TermsJson.write(record.terms(), tree);
        ArrayNode votes = tree.putArray("votes");
        for (SignedVote vote : record.votes()) {
            ObjectNode node = votes.addObject();
            node.put("agent", vote.agent()).put("action", vote.action().hex());
            node.put("confidence", vote.confidence());
            node.put("statement", base64(vote.statement().canonical()));
            node.put("signature", base64(vote.signature()));
        }
        return tree;
    }

    private static Certificate certificate(JsonNode tree) throws IOException {
        List<RoundRecord> rounds = new ArrayList<>();
        for (JsonNode round : tree.path("rounds")) {
            rounds.add(record(round));
        }
        JsonNode result = tree.path("outcome");
        ActionSupport support =
                new ActionSupport(
                        ActionId.ofHex(TermsJson.text(result, "action")),
                        TermsJson.integer(result, "power_ppm"),
                        result.path("confidence").asDouble());
        Outcome outcome =
                new Outcome(
                        DecisionStatus.valueOf(TermsJson.text(result, "status")),
                        support,
                        TermsJson.integer(result, "round"),
                        result.path("decided_at_ms").asLong());
        return new Certificate(rounds, outcome);
    }

    private static RoundRecord record(JsonNode tree) throws IOException {
        List<SignedVote> votes = new ArrayList<>();
        for (JsonNode node : tree.path("votes")) {
            votes.add(
                    new SignedVote(
                            VoteStatement.read(bytes(node, "statement")),
                            bytes(node, "signature")));
        }
        return new RoundRecord(TermsJson.read(tree), votes);
    }

    private static String base64(byte[] bytes) {
        return Base64.getEncoder().encodeToString(bytes);
    }

    private static byte[] bytes(JsonNode tree, String field) throws IOException {
        return Base64.getDecoder().decode(TermsJson.text(tree, field));
    }
}
