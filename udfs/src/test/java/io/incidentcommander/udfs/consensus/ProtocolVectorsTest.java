// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.udfs.consensus;

import static org.assertj.core.api.Assertions.assertThat;

import io.incidentcommander.model.codec.CanonicalWriter;
import io.incidentcommander.model.codec.Sha256;
import io.incidentcommander.model.consensus.Action;
import io.incidentcommander.model.consensus.AgentRole;
import io.incidentcommander.model.consensus.Recommendation;
import io.incidentcommander.model.consensus.RiskLevel;
import io.incidentcommander.model.consensus.SignedProposal;
import io.incidentcommander.model.consensus.VoteStatement;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The vectors that docs/protocol.md gives to agents in other languages. */
class ProtocolVectorsTest {
    private static final Pattern VECTOR = Pattern.compile("(?m)^(\\w+): ([0-9a-f]+)$");

    private static final Action ACTION =
            new Action("restart", "3", "checkout", Map.of("grace", "30s"));

    private static Recommendation recommendation() {
        return Recommendation.builder()
                .tenant("acme")
                .incidentId("inc-1")
                .round(2)
                .terms("11".repeat(32))
                .requestId("req-1")
                .agent("diagnosis/model")
                .role(AgentRole.DIAGNOSIS)
                .family("model")
                .action(ACTION.id())
                .confidence(0.875)
                .risk(RiskLevel.MEDIUM)
                .estimatedMillis(60_000)
                .issuedAtMillis(1_700_000_000_000L)
                .evidenceIds(List.of("alert-1", "log-2"))
                .reasoning("heap is full")
                .rollbackPlan("none needed")
                .build();
    }

    private static SignedProposal proposal() {
        return new SignedProposal(
                "acme",
                "inc-1",
                1,
                2,
                "11".repeat(32),
                "diagnosis/model",
                1,
                ACTION,
                1_700_000_000_000L,
                new byte[64]);
    }

    private static Map<String, String> documented() throws IOException {
        Map<String, String> vectors = new LinkedHashMap<>();
        Matcher line = VECTOR.matcher(Files.readString(Path.of("..", "docs", "protocol.md")));
        while (line.find()) {
            vectors.put(line.group(1), line.group(2));
        }
        return vectors;
    }

    @Test
    void theDocumentedVectorsAreWhatWeComputeAndVerify() throws IOException {
        byte[] key = new byte[32];
        for (int i = 0; i < key.length; i++) {
            key[i] = (byte) i;
        }
        byte[] statement = recommendation().statement().canonical();
        Map<String, String> computed = new LinkedHashMap<>();
        computed.put("private_key", Sha256.hex(key));
        computed.put("public_key", Agents.SIGNATURES.publicKey(key));
        computed.put("action_canonical", Sha256.hex(actionBytes()));
        computed.put("action_id", ACTION.id().hex());
        computed.put("escalate_id", Action.ESCALATE.id().hex());
        computed.put("no_action_id", Action.NO_ACTION.id().hex());
        computed.put("statement", Sha256.hex(statement));
        computed.put("signature", Sha256.hex(Agents.SIGNATURES.sign(key, statement)));
        byte[] proposal = proposal().canonical();
        computed.put("proposal", Sha256.hex(proposal));
        computed.put("proposal_signature", Sha256.hex(Agents.SIGNATURES.sign(key, proposal)));
        assertThat(documented()).isEqualTo(computed);
        assertThat(VoteStatement.read(statement)).isEqualTo(recommendation().statement());
    }

    /** Written by hand from the document, not by the class that it describes. */
    private static byte[] actionBytes() {
        CanonicalWriter out = new CanonicalWriter();
        for (String text : new String[] {"action", null, "restart", "3", "checkout"}) {
            if (text == null) {
                out.int8(1);
            } else {
                out.int32(text.length()).fixed(text.getBytes(StandardCharsets.UTF_8));
            }
        }
        byte[] bytes = out.int32(1).text("grace").text("30s").toByteArray();
        assertThat(Sha256.hex(Sha256.of(bytes))).isEqualTo(ACTION.id().hex());
        return bytes;
    }

    @Test
    void theFirstVectorOfRfc8032Holds() {
        byte[] key =
                Sha256.parse("9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60");
        assertThat(Agents.SIGNATURES.publicKey(key))
                .isEqualTo("d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a");
        assertThat(Sha256.hex(Agents.SIGNATURES.sign(key, new byte[0])))
                .isEqualTo(
                        "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a3"
                            + "3bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b");
    }
}
