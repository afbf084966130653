// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.model.consensus;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The terms of a round as fields of a JSON object, and back. */
final class TermsJson {
    private TermsJson() {}

    static void write(RoundTerms terms, ObjectNode tree) {
        tree.put("tenant", terms.tenant()).put("incident_id", terms.incidentId());
        tree.put("attempt", terms.attempt()).put("round", terms.round());
        tree.put("terms_hash", terms.hash()).put("protocol", terms.protocol().word());
        tree.put("least_confidence", terms.confidence());
        tree.put("least_trusted", terms.trusted());
        tree.put("requested_at_ms", terms.requestedAtMillis());
        tree.put("opened_at_ms", terms.openedAtMillis());
        tree.put("closes_at_ms", terms.closesAtMillis());
        ArrayNode candidates = tree.putArray("candidates");
        for (Action action : terms.candidates().actions()) {
            ObjectNode node = candidates.addObject();
            write(action, node.put("id", action.id().hex()));
        }
        addRoster(tree.putObject("roster"), terms.roster());
    }

    static void write(Action action, ObjectNode node) {
        node.put("runbook", action.runbook());
        node.put("version", action.version()).put("target", action.target());
        ObjectNode parameters = node.putObject("parameters");
        action.parameters().forEach(parameters::put);
    }

    private static void addRoster(ObjectNode tree, Roster roster) {
        ObjectNode weights = tree.putObject("role_weights_ppm");
        roster.roleWeights().forEach((role, weight) -> weights.put(role.word(), weight));
        tree.put("cap", roster.cap().name());
        ArrayNode capped = tree.putArray("capped_families");
        roster.cappedFamilies().forEach(capped::add);
        tree.put("tolerated_agents", roster.toleratedAgents());
        ArrayNode seats = tree.putArray("seats");
        for (Seat seat : roster.seats()) {
            ObjectNode node = seats.addObject();
            node.put("agent", seat.agent()).put("role", seat.role().word());
            node.put("family", seat.family()).put("key_epoch", seat.keyEpoch());
            node.put("public_key", seat.publicKey());
            node.put("reputation_ppm", seat.reputationPpm());
            node.put("standing", seat.standing().name()).put("power_ppm", seat.powerPpm());
        }
    }

    static RoundTerms read(JsonNode tree) throws IOException {
        List<Action> candidates = new ArrayList<>();
        for (JsonNode node : tree.path("candidates")) {
            candidates.add(action(node));
        }
        return RoundTerms.builder()
                .tenant(text(tree, "tenant"))
                .incidentId(text(tree, "incident_id"))
                .attempt(integer(tree, "attempt"))
                .round(integer(tree, "round"))
                .protocol(Protocol.ofWord(text(tree, "protocol")))
                .candidates(CandidateList.ofExactly(candidates))
                .roster(roster(tree.path("roster")))
                .confidence(tree.path("least_confidence").asDouble())
                .trusted(integer(tree, "least_trusted"))
                .requestedAtMillis(tree.path("requested_at_ms").asLong())
                .openedAtMillis(tree.path("opened_at_ms").asLong())
                .closesAtMillis(tree.path("closes_at_ms").asLong())
                .build();
    }

    static Action action(JsonNode tree) throws IOException {
        JsonNode given = tree.path("parameters");
        if (!given.isObject()) {
            throw new IOException("an object is missing: parameters");
        }
        Map<String, String> parameters = new TreeMap<>();
        for (Map.Entry<String, JsonNode> field : given.properties()) {
            parameters.put(field.getKey(), text(given, field.getKey()));
        }
        return new Action(
                text(tree, "runbook"), text(tree, "version"), text(tree, "target"), parameters);
    }

    private static Roster roster(JsonNode tree) throws IOException {
        Map<AgentRole, Integer> weights = new EnumMap<>(AgentRole.class);
        for (Map.Entry<String, JsonNode> weight : tree.path("role_weights_ppm").properties()) {
            weights.put(AgentRole.ofWord(weight.getKey()), weight.getValue().asInt());
        }
        List<String> capped = new ArrayList<>();
        tree.path("capped_families").forEach(family -> capped.add(family.asText()));
        List<Seat> seats = new ArrayList<>();
        for (JsonNode node : tree.path("seats")) {
            seats.add(
                    new Seat(
                            text(node, "agent"),
                            AgentRole.ofWord(text(node, "role")),
                            text(node, "family"),
                            integer(node, "key_epoch"),
                            text(node, "public_key"),
                            integer(node, "reputation_ppm"),
                            SeatStanding.valueOf(text(node, "standing")),
                            integer(node, "power_ppm")));
        }
        return new Roster(
                weights,
                seats,
                CapStatus.valueOf(text(tree, "cap")),
                capped,
                integer(tree, "tolerated_agents"));
    }

    static String text(JsonNode tree, String field) throws IOException {
        if (!tree.path(field).isTextual()) {
            throw new IOException("text is missing: " + field);
        }
        return tree.path(field).asText();
    }

    static int integer(JsonNode tree, String field) throws IOException {
        if (!tree.path(field).isInt()) {
            throw new IOException("a whole number is missing: " + field);
        }
        return tree.path(field).asInt();
    }
}
