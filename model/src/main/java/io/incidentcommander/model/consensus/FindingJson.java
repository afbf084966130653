// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.model.consensus;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/**
 * Findings as JSON, with their proofs: one object each. Reading is strict: all fields, no other.
 */
public final class FindingJson {
    private static final String TYPE = "incident-commander/finding";
    private static final int VERSION = 1;
    private static final int FIELDS = 11;
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private FindingJson() {}

    public static byte[] write(Finding finding) {
        ObjectNode tree = MAPPER.createObjectNode();
        tree.put("type", TYPE).put("version", VERSION);
        tree.put("kind", finding.kind().name());
        tree.put("tenant", finding.tenant()).put("incident_id", finding.incidentId());
        tree.put("attempt", finding.attempt()).put("round", finding.round());
        tree.put("agent", finding.agent()).put("at_ms", finding.atMillis());
        tree.put("detail", finding.detail());
        ArrayNode proof = tree.putArray("proof");
        for (SignedVote vote : finding.proof()) {
            proof.addObject()
                    .put("statement", base64(vote.statement().canonical()))
                    .put("signature", base64(vote.signature()));
        }
        try {
            return MAPPER.writeValueAsBytes(tree);
        } catch (IOException e) {
            throw new UncheckedIOException("A tree of plain values can be written", e);
        }
    }

    /**
     * @throws IOException if it is not such a finding, naming what is wrong
     */
    public static Finding read(byte[] json) throws IOException {
        JsonNode tree = MAPPER.readTree(json);
        if (!TYPE.equals(tree.path("type").asText()) || tree.path("version").asInt() != VERSION) {
            throw new IOException("not of type " + TYPE + " in version " + VERSION);
        }
        if (tree.size() != FIELDS) {
            throw new IOException("a finding has " + FIELDS + " fields, not " + tree.size());
        }
        try {
            List<SignedVote> proof = new ArrayList<>();
            for (JsonNode vote : tree.path("proof")) {
                proof.add(
                        new SignedVote(
                                VoteStatement.read(bytes(vote, "statement")),
                                bytes(vote, "signature")));
            }
            if (!tree.path("at_ms").isIntegralNumber()) {
                throw new IOException("a whole number is missing: at_ms");
            }
            return new Finding(
                    FindingKind.valueOf(TermsJson.text(tree, "kind")),
                    TermsJson.text(tree, "tenant"),
                    TermsJson.text(tree, "incident_id"),
                    TermsJson.integer(tree, "attempt"),
                    TermsJson.integer(tree, "round"),
                    TermsJson.text(tree, "agent"),
                    tree.path("at_ms").asLong(),
                    TermsJson.text(tree, "detail"),
                    proof);
        } catch (IllegalArgumentException e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    private static byte[] bytes(JsonNode tree, String field) throws IOException {
        return Base64.getDecoder().decode(TermsJson.text(tree, field));
    }

    private static String base64(byte[] bytes) {
        return Base64.getEncoder().encodeToString(bytes);
    }
}
