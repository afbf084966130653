// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.integration.consensus;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.Signature;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;

/**
 * An agent as somebody else would write it by docs/protocol.md: nothing of this project's code, the
 * keys and signatures of the JDK.
 */
final class ExternalAgent {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final String name;
    private final String role;
    private final String family;
    private KeyPair keys;
    private int epoch;

    ExternalAgent(String name, String role, String family) throws Exception {
        this.name = name;
        this.role = role;
        this.family = family;
        newKey();
    }

    void newKey() throws Exception {
        keys = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
        epoch++;
    }

    String name() {
        return name;
    }

    int epoch() {
        return epoch;
    }

    /** The message of the control stream that registers it, rotates its key or revokes keys. */
    byte[] registration(String tenant, int revokedUpTo) throws IOException {
        ObjectNode message = message("agent");
        message.put("tenant", tenant).put("agent", name).put("role", role).put("family", family);
        message.put("key_epoch", epoch).put("public_key", publicKey());
        message.put("revoked_up_to", revokedUpTo);
        return JSON.writeValueAsBytes(message);
    }

    /** For the first candidate of the request. */
    byte[] answer(JsonNode request) throws Exception {
        JsonNode terms = request.get("terms");
        String action = terms.get("candidates").get(0).get("id").asText();
        ObjectNode message = message("recommendation");
        message.put("tenant", terms.get("tenant").asText());
        message.put("incident_id", terms.get("incident_id").asText());
        message.put("attempt", terms.get("attempt").asInt());
        message.put("round", terms.get("round").asInt());
        message.put("terms_hash", terms.get("terms_hash").asText());
        message.put("request_id", request.get("request_id").asText());
        message.put("agent", name).put("key_epoch", epoch).put("role", role);
        message.put("family", family).put("action", action).put("confidence", 0.875);
        message.put("risk", "medium").put("estimated_ms", 60_000);
        message.put("issued_at_ms", terms.get("requested_at_ms").asLong());
        message.putArray("evidence_ids");
        message.put("reasoning", "Seen before: \u00e9tat.").put("rollback_plan", "Undo it.");
        Signature signature = Signature.getInstance("Ed25519");
        signature.initSign(keys.getPrivate());
        signature.update(statement(message));
        message.put("signature", Base64.getEncoder().encodeToString(signature.sign()));
        return JSON.writeValueAsBytes(message);
    }

    private static ObjectNode message(String type) {
        ObjectNode message = JSON.createObjectNode();
        return message.put("type", "incident-commander/" + type).put("version", 1);
    }

    private static byte[] statement(JsonNode said) throws Exception {
        ByteArrayOutputStream evidence = new ByteArrayOutputStream();
        new DataOutputStream(evidence).writeInt(0);
        ByteArrayOutputStream narrative = new ByteArrayOutputStream();
        text(narrative, said.get("reasoning").asText());
        text(narrative, said.get("rollback_plan").asText());
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(bytes);
        text(bytes, "recommendation");
        out.writeByte(1);
        text(bytes, said.get("tenant").asText());
        text(bytes, said.get("incident_id").asText());
        out.writeInt(said.get("attempt").asInt());
        out.writeInt(said.get("round").asInt());
        out.write(HexFormat.of().parseHex(said.get("terms_hash").asText()));
        text(bytes, said.get("request_id").asText());
        text(bytes, said.get("agent").asText());
        out.writeInt(said.get("key_epoch").asInt());
        text(bytes, said.get("role").asText());
        text(bytes, said.get("family").asText());
        out.write(HexFormat.of().parseHex(said.get("action").asText()));
        out.writeDouble(said.get("confidence").asDouble());
        text(bytes, said.get("risk").asText());
        out.writeLong(said.get("estimated_ms").asLong());
        out.writeLong(said.get("issued_at_ms").asLong());
        out.write(sha256(evidence.toByteArray()));
        out.write(sha256(narrative.toByteArray()));
        return bytes.toByteArray();
    }

    private static void text(ByteArrayOutputStream out, String text) throws IOException {
        byte[] bytes = text.getBytes(UTF_8);
        new DataOutputStream(out).writeInt(bytes.length);
        out.write(bytes);
    }

    private static byte[] sha256(byte[] bytes) throws Exception {
        return MessageDigest.getInstance("SHA-256").digest(bytes);
    }

    /** The last 32 bytes of the key's X.509 form. */
    private String publicKey() {
        byte[] encoded = keys.getPublic().getEncoded();
        return HexFormat.of()
                .formatHex(Arrays.copyOfRange(encoded, encoded.length - 32, encoded.length));
    }
}
