// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.udfs.consensus;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.incidentcommander.model.consensus.AgentRole;
import io.incidentcommander.model.consensus.Certificate;
import io.incidentcommander.model.consensus.CertificateJson;
import io.incidentcommander.model.consensus.Decision;
import io.incidentcommander.model.consensus.DecisionStatus;
import io.incidentcommander.model.consensus.Protocol;
import io.incidentcommander.model.consensus.RoundRecord;
import io.incidentcommander.model.consensus.RoundRequest;
import io.incidentcommander.model.consensus.Seat;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class CertificateVerifierTest {
    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final CertificateVerifier VERIFIER = new CertificateVerifier(Agents.SIGNATURES);

    private static Decision decide(Protocol protocol, int voters) {
        List<Seat> seats = DefaultRoster.seats(Agents::realPublicKey);
        Table table =
                new Table(
                        Circumstances.fixed(
                                new RoundSetup(Agents.freeze(seats, Set.of()), protocol)));
        for (int answered = 0; answered < table.requests.size(); answered++) {
            RoundRequest request = table.requests.get(answered);
            for (DefaultRoster member : List.of(DefaultRoster.values()).subList(0, voters)) {
                table.cast(
                        Agents.signed(
                                Agents.answer(request, member.agent(), Agents.RESTART.id(), 0.9)));
            }
            if (answered + 1 == table.requests.size() && table.decisions.isEmpty()) {
                table.until(request.terms().closesAtMillis());
            }
        }
        return table.decisions.get(0);
    }

    private static List<String> check(byte[] json) {
        try {
            return VERIFIER.check(CertificateJson.read(json));
        } catch (IOException | RuntimeException e) {
            return List.of(String.valueOf(e.getMessage()));
        }
    }

    private static final Pattern TERMS_HASH =
            Pattern.compile("rounds: (\\d): terms_hash: .*, not \"([0-9a-f]{64})\"");
    private static int termsFitted;

    @Test
    void whatTheDeliberatorDecidesIsValidUnderEveryProtocolAndOutcome() throws IOException {
        for (Protocol protocol : Protocol.values()) {
            for (int voters : new int[] {0, 1, 3, 4, 6}) {
                Certificate certificate = decide(protocol, voters).certificate();
                assertThat(VERIFIER.check(certificate)).isEmpty();
                byte[] json = CertificateJson.write(certificate);
                assertThat(CertificateJson.read(json)).isEqualTo(certificate);
                assertThat(check(json)).isEmpty();
            }
        }
    }

    @Test
    void tamperingWithAnyFieldIsFound() throws IOException {
        byte[] json = CertificateJson.write(decide(Protocol.TWO_ROUNDS, 6).certificate());
        List<String> paths = new ArrayList<>();
        leaves(MAPPER.readTree(json), "", paths);
        assertThat(paths.size()).isGreaterThan(150);
        for (String path : paths) {
            JsonNode changed = MAPPER.readTree(json);
            change(changed, path);
            assertThat(check(MAPPER.writeValueAsBytes(changed))).as("changed " + path).isNotEmpty();
            JsonNode removed = MAPPER.readTree(json);
            remove(removed, path);
            assertThat(check(MAPPER.writeValueAsBytes(removed))).as("removed " + path).isNotEmpty();
        }
    }

    @Test
    void tamperingIsFoundEvenIfAllHashesAreMadeToFit() throws IOException {
        byte[] json = CertificateJson.write(decide(Protocol.TWO_ROUNDS, 6).certificate());
        List<String> paths = new ArrayList<>();
        leaves(MAPPER.readTree(json), "", paths);
        paths.remove("/hash");
        termsFitted = 0;
        Set<String> unnoticed = new TreeSet<>();
        int fitted = 0;
        for (String path : paths) {
            ObjectNode changed = (ObjectNode) MAPPER.readTree(json);
            change(changed, path);
            List<String> wrong = check(MAPPER.writeValueAsBytes(changed));
            for (int again = 0; again < 6 && wrong.get(0).contains("the file says"); again++) {
                fitted++;
                changed.put("hash", wrong.get(0).split("hashes to |, the file")[1]);
                wrong = check(MAPPER.writeValueAsBytes(changed));
                if (wrong.isEmpty()) {
                    unnoticed.add(path);
                    break;
                }
                wrong = fitTermsHash(changed, wrong);
            }
            if (wrong.isEmpty()) {
                unnoticed.add(path);
            }
        }
        assertThat(fitted).isGreaterThan(60);
        assertThat(termsFitted).isGreaterThan(60);
        // The one thing that no agent signs; the event store's chain holds the hash that does.
        assertThat(unnoticed).isSubsetOf("/outcome/decided_at_ms");
    }

    /** As whoever changes the terms of a round would do; the signatures are what is left. */
    private static List<String> fitTermsHash(ObjectNode tree, List<String> wrong)
            throws IOException {
        Matcher stated = TERMS_HASH.matcher(wrong.get(0));
        if (stated.find()) {
            int round = Integer.parseInt(stated.group(1));
            ((ObjectNode) tree.path("rounds").get(round)).put("terms_hash", stated.group(2));
            termsFitted++;
        }
        return check(MAPPER.writeValueAsBytes(tree));
    }

    /** Lists and objects that are empty have no field to change. */
    @Test
    void whateverIsAddedToAnyListOrObjectIsFound() throws IOException {
        byte[] json = CertificateJson.write(decide(Protocol.TWO_ROUNDS, 6).certificate());
        List<String> paths = new ArrayList<>();
        containers(MAPPER.readTree(json), "", paths);
        assertThat(paths.size()).isGreaterThan(40);
        for (String path : paths) {
            JsonNode tree = MAPPER.readTree(json);
            JsonNode container = tree.at(path);
            if (container.isObject()) {
                ((ObjectNode) container).put("added", "1");
            } else if (container.isEmpty()) {
                ((ArrayNode) container).add("1");
            } else {
                ((ArrayNode) container).add(container.get(0).deepCopy());
            }
            assertThat(check(MAPPER.writeValueAsBytes(tree))).as("added to " + path).isNotEmpty();
        }
    }

    private static void containers(JsonNode node, String path, List<String> into) {
        if (node.isContainerNode()) {
            into.add(path);
        }
        node.properties().forEach(f -> containers(f.getValue(), path + "/" + f.getKey(), into));
        for (int i = 0; node.isArray() && i < node.size(); i++) {
            containers(node.get(i), path + "/" + i, into);
        }
    }

    @Test
    void addedFieldsAndMovedVotesAreFound() throws IOException {
        byte[] json = CertificateJson.write(decide(Protocol.WEIGHTED, 6).certificate());
        ObjectNode added = (ObjectNode) MAPPER.readTree(json);
        ((ObjectNode) added.path("rounds").get(0).path("roster")).put("note", "harmless");
        assertThat(check(MAPPER.writeValueAsBytes(added))).isNotEmpty();
        ObjectNode moved = (ObjectNode) MAPPER.readTree(json);
        ArrayNode votes = (ArrayNode) moved.path("rounds").get(0).path("votes");
        votes.add(votes.remove(0));
        assertThat(check(MAPPER.writeValueAsBytes(moved))).isNotEmpty();
        String twice = new String(json, java.nio.charset.StandardCharsets.UTF_8);
        assertThat(check(twice.replace("{", "{\"version\":1,").getBytes())).isNotEmpty();
    }

    @Test
    void takingAwayTheVotesThatDecidedIsFound() {
        Certificate all = decide(Protocol.WEIGHTED, 6).certificate();
        RoundRecord fewer = new RoundRecord(all.last().terms(), all.last().votes().subList(0, 3));
        assertThat(VERIFIER.check(new Certificate(List.of(fewer), all.outcome())))
                .anySatisfy(line -> assertThat(line).contains("UNRESOLVED"));
    }

    @Test
    void aRoundDecidedTwiceDoesNotPassForOneConfirmed() {
        Certificate confirmed = decide(Protocol.TWO_ROUNDS, 6).certificate();
        assertThat(confirmed.outcome().status()).isEqualTo(DecisionStatus.DECIDED);
        Certificate once = new Certificate(List.of(confirmed.last()), confirmed.outcome());
        assertThat(VERIFIER.check(once)).isNotEmpty();
        RoundRecord last = confirmed.last();
        Certificate same = new Certificate(List.of(last, last), confirmed.outcome());
        assertThat(VERIFIER.check(same)).isNotEmpty();
        assertThat(confirmed.last().terms().roster().seat("detection/rules"))
                .hasValueSatisfying(s -> assertThat(s.role()).isEqualTo(AgentRole.DETECTION));
    }

    private static void leaves(JsonNode node, String path, List<String> into) {
        if (node.isObject()) {
            node.properties().forEach(f -> leaves(f.getValue(), path + "/" + f.getKey(), into));
        } else if (node.isArray()) {
            for (int i = 0; i < node.size(); i++) {
                leaves(node.get(i), path + "/" + i, into);
            }
        } else {
            into.add(path);
        }
    }

    private static void change(JsonNode root, String path) {
        int slash = path.lastIndexOf('/');
        JsonNode parent = root.at(path.substring(0, slash));
        String name = path.substring(slash + 1);
        JsonNode old = root.at(path);
        JsonNode changed =
                old.isTextual()
                        ? MAPPER.getNodeFactory().textNode(changed(old.asText()))
                        : old.isInt()
                                ? MAPPER.getNodeFactory().numberNode(old.asInt() + 1)
                                : old.isLong()
                                        ? MAPPER.getNodeFactory().numberNode(old.asLong() + 1)
                                        : MAPPER.getNodeFactory().numberNode(old.asDouble() / 2);
        if (parent.isArray()) {
            ((ArrayNode) parent).set(Integer.parseInt(name), changed);
        } else {
            ((ObjectNode) parent).set(name, changed);
        }
    }

    /** Another text of the same form where there is a form: digits stay digits. */
    private static String changed(String text) {
        if (text.isEmpty()) {
            return "x";
        }
        char first = text.charAt(0);
        char other = first == '1' ? '2' : Character.isDigit(first) ? '1' : first == 'a' ? 'b' : 'a';
        return other + text.substring(1);
    }

    private static void remove(JsonNode root, String path) {
        int slash = path.lastIndexOf('/');
        JsonNode parent = root.at(path.substring(0, slash));
        String name = path.substring(slash + 1);
        if (parent.isArray()) {
            ((ArrayNode) parent).remove(Integer.parseInt(name));
        } else {
            ((ObjectNode) parent).remove(name);
        }
    }
}
