// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.model.consensus;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.incidentcommander.model.consensus.TallyInput.SignatureCheck;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class AgentMessagesTest {
    private static final String KEY = "ab".repeat(32);
    private static final Action RESTART =
            new Action("restart", "1", "checkout", Map.of("grace", "30s"));

    private static RoundRequest request() {
        Roster roster =
                new Roster(
                        Map.of(AgentRole.DETECTION, 1_000_000),
                        List.of(
                                new Seat(
                                        "a",
                                        AgentRole.DETECTION,
                                        "rules",
                                        3,
                                        KEY,
                                        500_000,
                                        SeatStanding.DOUBTED,
                                        1_000_000)),
                        CapStatus.INFEASIBLE,
                        List.of(),
                        0);
        RoundTerms terms =
                RoundTerms.builder()
                        .tenant("acme")
                        .incidentId("i")
                        .attempt(1)
                        .round(2)
                        .protocol(Protocol.WEIGHTED)
                        .candidates(CandidateList.of(List.of(RESTART)))
                        .roster(roster)
                        .confidence(0.7)
                        .trusted(3)
                        .requestedAtMillis(5)
                        .openedAtMillis(4)
                        .closesAtMillis(6)
                        .build();
        return new RoundRequest(
                terms,
                RequestReason.NO_MAJORITY,
                List.of(new ActionSupport(RESTART.id(), 400_000, 0.6)),
                List.of("alert-1"));
    }

    private static SignedRecommendation vote() {
        return new SignedRecommendation(
                Recommendation.builder()
                        .answering(request())
                        .from(request().terms().roster().seats().get(0))
                        .action(RESTART.id())
                        .confidence(0.8)
                        .evidenceIds(List.of("alert-1"))
                        .reasoning("because")
                        .rollbackPlan("undo")
                        .issuedAtMillis(7)
                        .build(),
                new byte[64]);
    }

    private static SignedProposal proposal() {
        return SignedProposal.answering(
                request(), request().terms().roster().seats().get(0), RESTART, 7);
    }

    private static String text(byte[] json) {
        return new String(json, UTF_8);
    }

    private static byte[] changed(byte[] json, String from, String to) {
        assertThat(text(json)).contains(from);
        return text(json).replace(from, to).getBytes(UTF_8);
    }

    @Test
    void whatIsWrittenIsReadTheSame() throws IOException {
        assertThat(AgentMessages.readRequest(AgentMessages.write(request()))).isEqualTo(request());
        assertThat(AgentMessages.readFromAgent(AgentMessages.write(vote())))
                .isEqualTo(TallyInput.of(vote(), SignatureCheck.UNCHECKED));
        assertThat(AgentMessages.readFromAgent(AgentMessages.write(proposal())))
                .isEqualTo(TallyInput.of(proposal(), SignatureCheck.UNCHECKED));
        RegisteredAgent agent =
                new RegisteredAgent("acme", "a", AgentRole.PREDICTION, "lstm", 2, KEY, 1);
        assertThat(AgentMessages.readAgent(AgentMessages.write(agent))).isEqualTo(agent);
        for (VerifiedOutcome outcome :
                List.of(
                        VerifiedOutcome.right("acme", "i", 1, RESTART.id(), 9),
                        VerifiedOutcome.wrong("acme", "i", 1, RESTART.id(), 9))) {
            assertThat(AgentMessages.readOutcome(AgentMessages.write(outcome))).isEqualTo(outcome);
        }
    }

    @Test
    void aWholeNumberIsAConfidenceToo() throws IOException {
        byte[] one = changed(AgentMessages.write(vote()), "0.8", "1");
        assertThat(AgentMessages.readFromAgent(one).vote().orElseThrow().confidence())
                .isEqualTo(1.0);
    }

    @Test
    void whatIsNoSuchMessageIsAnErrorThatSaysWhy() {
        byte[] vote = AgentMessages.write(vote());
        byte[] proposal = AgentMessages.write(proposal());
        for (byte[] bad :
                List.of(
                        new byte[0],
                        "[]".getBytes(UTF_8),
                        "null".getBytes(UTF_8),
                        "{".getBytes(UTF_8),
                        AgentMessages.write(request()),
                        new byte[AgentMessages.MAX_BYTES + 1],
                        changed(vote, "\"version\":1", "\"version\":2"),
                        changed(vote, "\"round\":2", "\"round\":\"2\""),
                        changed(vote, "\"round\":2", "\"round\":2.5"),
                        changed(vote, "\"role\":\"detection\"", "\"role\":\"king\""),
                        changed(vote, "\"confidence\":0.8", "\"confidence\":\"0.8\""),
                        changed(vote, "\"reasoning\":\"because\",", ""),
                        changed(vote, "[\"alert-1\"]", "[1]"),
                        changed(vote, "AAAA", "AA"),
                        changed(vote, "because", "x".repeat(4_001)),
                        changed(vote, "\"risk\"", "\"more\":1,\"risk\""),
                        changed(vote, "\"risk\"", "\"round\":2,\"risk\""),
                        changed(proposal, "\"round\":2", "\"round\":\"2\""),
                        changed(proposal, "\"issued_at_ms\":7", "\"issued_at_ms\":7.5"),
                        changed(proposal, "\"30s\"", "30"),
                        changed(proposal, "\"parameters\":{\"grace\":\"30s\"}", "\"more\":1"),
                        changed(proposal, "\"candidate\"", "\"action\""),
                        changed(proposal, "\"agent\"", "\"role\":\"detection\",\"agent\""),
                        changed(proposal, "checkout", "x".repeat(1_025)),
                        changed(proposal, "AAAA", "AA"))) {
            assertThatThrownBy(() -> AgentMessages.readFromAgent(bad))
                    .as(text(bad).substring(0, Math.min(bad.length, 900)))
                    .isInstanceOf(IOException.class);
        }
    }

    @Test
    void termsThatDoNotHashToWhatIsSaidAreRefused() {
        byte[] request = changed(AgentMessages.write(request()), "500000", "600000");
        assertThatThrownBy(() -> AgentMessages.readRequest(request))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("hash");
    }

    @Test
    void anOutcomeSaysOneThing() {
        byte[] outcome =
                AgentMessages.write(VerifiedOutcome.right("acme", "i", 1, RESTART.id(), 9));
        assertThatThrownBy(
                        () ->
                                AgentMessages.readOutcome(
                                        changed(
                                                outcome,
                                                "\"right\":",
                                                "\"wrong\":\"x\",\"right\":")))
                .isInstanceOf(IOException.class);
    }
}
