// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.jobs.consensus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.incidentcommander.jobs.CommanderCli;
import io.incidentcommander.model.consensus.ActionId;
import io.incidentcommander.model.consensus.AgentMessages;
import io.incidentcommander.model.consensus.Certificate;
import io.incidentcommander.model.consensus.CertificateJson;
import io.incidentcommander.model.consensus.Decision;
import io.incidentcommander.model.consensus.Finding;
import io.incidentcommander.model.consensus.FindingJson;
import io.incidentcommander.model.consensus.FindingKind;
import io.incidentcommander.model.consensus.SignedVote;
import io.incidentcommander.model.consensus.VerifiedOutcome;
import io.incidentcommander.model.consensus.reputation.AgentStanding;
import io.incidentcommander.udfs.consensus.reputation.StandingPolicy;
import io.incidentcommander.udfs.consensus.reputation.Standings;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** What a company did, written down, and recomputed from what was written. */
class ConductRecordTest {
    private static final long START = 1_750_000_000_000L;
    private static final long BETWEEN = 600_000;
    private static final int DECISIONS = 20;
    private static final Standings RULES = new Standings(StandingPolicy.defaults());

    @TempDir private Path directory;
    private long last;

    /** Leaves certificates and outcomes; returns the standings as they came about. */
    private Map<String, AgentStanding> play() throws Exception {
        Random random = new Random(5);
        SimulationPlan plan = SimulationPlan.of(6, "1", Attack.OVERCONFIDENT, DECISIONS, 5);
        Company company = Company.of(plan, random);
        AgentBook book = new AgentBook(company);
        List<String> feedback = new ArrayList<>();
        for (int d = 0; d < DECISIONS; d++) {
            SimulatedIncident incident = new SimulatedIncident(random);
            Decision decision =
                    new Debate(
                                    plan,
                                    new Faults(),
                                    book,
                                    company,
                                    new Adversary(plan),
                                    incident,
                                    d,
                                    random,
                                    new ArrayList<>())
                            .decide(START + d * BETWEEN);
            Files.write(
                    directory.resolve(d + ".json"), CertificateJson.write(decision.certificate()));
            Map<String, ActionId> votes = new TreeMap<>();
            for (SignedVote vote : decision.certificate().last().votes()) {
                votes.put(vote.agent(), vote.action());
            }
            last = START + d * BETWEEN + BETWEEN / 2;
            book.verified(
                    decision.decisionId(),
                    incident.right(),
                    votes,
                    decision.outcome().decidedAtMillis(),
                    last);
            feedback.add(
                    new String(
                            AgentMessages.write(
                                    VerifiedOutcome.right(
                                            Company.TENANT,
                                            decision.incidentId(),
                                            1,
                                            incident.right(),
                                            last)),
                            StandardCharsets.UTF_8));
        }
        feedback.add(feedback.get(0)); // told twice
        feedback.add(
                new String(
                        AgentMessages.write(
                                VerifiedOutcome.right(
                                        Company.TENANT, "never", 1, ActionId.ABSTAIN, START)),
                        StandardCharsets.UTF_8));
        Files.write(directory.resolve("outcomes.ndjson"), feedback);
        Map<String, AgentStanding> standings = new TreeMap<>();
        book.standings().forEach(standing -> standings.put(standing.agentId(), standing));
        return standings;
    }

    private JsonNode recompute(String... more) throws Exception {
        List<String> arguments =
                new ArrayList<>(
                        List.of(
                                "consensus",
                                "recompute",
                                "--certificates",
                                directory.toString(),
                                "--outcomes",
                                directory.resolve("outcomes.ndjson").toString(),
                                "--json"));
        arguments.addAll(List.of(more));
        StringWriter out = new StringWriter();
        CommandLine line = new CommandLine(new CommanderCli()).setOut(new PrintWriter(out));
        assertThat(line.execute(arguments.toArray(new String[0]))).isZero();
        return new ObjectMapper().readTree(out.toString());
    }

    @Test
    void reputationsAreThoseThatCameAboutAndOthersUnderAnotherPolicy() throws Exception {
        Map<String, AgentStanding> standings = play();
        JsonNode result = recompute("--discount", "0.5");
        assertThat(result.get("outcomes").asInt()).isEqualTo(DECISIONS + 1);
        assertThat(result.get("outcomes_without_certificate").asInt()).isEqualTo(1);
        int moved = 0;
        for (AgentStanding standing : standings.values()) {
            JsonNode agent = result.get("agents").get(standing.agentId());
            double was = RULES.reputation(standing, last).value();
            assertThat(agent.get("as_judged").get("reputation").asDouble())
                    .isCloseTo(was, within(1e-12));
            double other = agent.get("other_policy").get("reputation").asDouble();
            moved += Math.abs(other - was) > 0.01 ? 1 : 0;
        }
        assertThat(moved).isPositive();
    }

    /** What the book was told of, with its proofs, is what the job would have told. */
    @Test
    void findingsAreHeldAgainstWhoTheyNameAndQuarantineItAgain() throws Exception {
        play();
        Path file = directory.resolve("findings.ndjson");
        List<String> lines = new ArrayList<>();
        Certificate any = CertificateJson.read(Files.readAllBytes(directory.resolve("19.json")));
        SignedVote vote = any.last().votes().get(0);
        long at = last + 1;
        for (FindingKind kind : List.of(FindingKind.EQUIVOCATION, FindingKind.STALE_ROUND)) {
            Finding finding = Finding.of(kind, at, "two votes", vote, vote);
            assertThat(FindingJson.read(FindingJson.write(finding))).isEqualTo(finding);
            lines.add(new String(FindingJson.write(finding), StandardCharsets.UTF_8));
        }
        lines.add(lines.get(0)); // told twice
        Files.write(file, lines);
        JsonNode without = recompute().get("agents").get(vote.agent()).get("as_judged");
        JsonNode with = recompute("--findings", file.toString());
        assertThat(with.get("findings_held").asInt()).isEqualTo(2);
        JsonNode agent = with.get("agents").get(vote.agent()).get("as_judged");
        assertThat(without.get("phase").asText()).isNotEqualTo("QUARANTINED");
        assertThat(agent.get("phase").asText()).isEqualTo("QUARANTINED");
    }

    @Test
    void underTheSamePolicyNothingDiffers() throws Exception {
        play();
        for (JsonNode agent : recompute().get("agents")) {
            assertThat(agent.get("other_policy")).isEqualTo(agent.get("as_judged"));
        }
    }
}
