// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.jobs.live;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.incidentcommander.model.consensus.AgentMessages;
import io.incidentcommander.model.consensus.CertificateJson;
import io.incidentcommander.model.consensus.Decision;
import io.incidentcommander.model.consensus.DecisionStatus;
import io.incidentcommander.model.consensus.Finding;
import io.incidentcommander.model.consensus.FindingJson;
import io.incidentcommander.model.consensus.RegisteredAgent;
import io.incidentcommander.model.consensus.Roster;
import io.incidentcommander.model.consensus.VerifiedOutcome;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Collectors;

/** What a run leaves of its decisions: a certificate each, and their part of the summary. */
final class DecisionRecord {
    /** How decisions turned out: messages of the feedback stream, one a line. */
    static final String OUTCOMES = "outcomes.ndjson";

    /** What was found, with its proof: one a line. */
    static final String FINDINGS = "findings.ndjson";

    private DecisionRecord() {}

    /** The certificates, and the public keys to hold them against. */
    static void write(RunDirectory directory, RunDecisions decisions, List<RegisteredAgent> agents)
            throws IOException {
        Files.createDirectories(directory.certificates());
        for (RunDecisions.Made made : decisions.made()) {
            Path file = directory.root().resolve(made.certificate());
            Files.write(file, CertificateJson.write(made.decision().certificate()));
        }
        try (OutputStream out = Files.newOutputStream(directory.root().resolve(OUTCOMES))) {
            for (VerifiedOutcome outcome : decisions.outcomes()) {
                out.write(AgentMessages.write(outcome));
                out.write('\n');
            }
        }
        try (OutputStream out = Files.newOutputStream(directory.root().resolve(FINDINGS))) {
            for (Finding finding : decisions.findings()) {
                out.write(FindingJson.write(finding));
                out.write('\n');
            }
        }
        Files.write(
                directory.certificates().resolve("keys.txt"),
                agents.stream()
                        .map(a -> a.agent() + " " + a.keyEpoch() + " " + a.publicKey())
                        .collect(Collectors.toList()));
    }

    /** What was decided about an incident, and when. */
    static void describe(
            RunDecisions decisions, String incidentId, long beganMillis, ObjectNode json) {
        Optional<RunDecisions.Made> last = decisions.last(incidentId);
        if (last.isEmpty()) {
            json.putNull("decided_s");
            json.putNull("decision");
            return;
        }
        long first = decisions.first(incidentId).orElseThrow().seenMillis();
        json.put("decided_s", (first - beganMillis) / 1000.0);
        Decision decision = last.get().decision();
        ObjectNode node = json.putObject("decision");
        node.put("action", RunDecisions.Made.action(decision));
        node.put("confidence", decision.outcome().support().confidence());
        node.put("certificate", last.get().certificate());
        node.put("status", word(decision.status()));
        node.put("attempt", decision.attempt());
        node.put("tolerates", decision.toleratedAgents());
    }

    /** The run's decisions together. */
    static void describe(
            RunDecisions decisions, Roster roster, Optional<String> compromised, ObjectNode json) {
        ObjectNode node = json.putObject("consensus");
        node.put("roster", roster.tolerance());
        node.put("decisions", decisions.made().size());
        for (DecisionStatus status : DecisionStatus.values()) {
            node.put(word(status), count(decisions, status));
        }
        node.put("overtaken", decisions.overtaken());
        node.put("compromised_agent", compromised.orElse(null));
        node.put(
                "compromised_outvoted",
                decisions.made().stream()
                        .filter(m -> m.decision().status() == DecisionStatus.DECIDED)
                        .filter(
                                m ->
                                        compromised
                                                .filter(
                                                        RunDecisions.outvoted(m.decision())
                                                                ::contains)
                                                .isPresent())
                        .count());
        Optional<Exposure> exposure = compromised.map(agent -> Exposure.of(decisions, agent));
        putSeconds(node, "compromised_caught_s", exposure.map(Exposure::caughtMillis));
        putSeconds(node, "compromised_out_s", exposure.map(Exposure::outMillis));
        node.put("outcomes_right", rights(decisions));
        node.put("outcomes_wrong", decisions.outcomes().size() - rights(decisions));
        ObjectNode reputations = node.putObject("reputation");
        decisions.reputations().forEach(reputations::put);
        ArrayNode out = node.putArray("quarantined");
        decisions.quarantined().forEach(out::add);
        ArrayNode findings = node.putArray("findings");
        for (Finding finding : decisions.blaming()) {
            ObjectNode entry = findings.addObject();
            entry.put("agent", finding.agent());
            entry.put("kind", finding.kind().name().toLowerCase(Locale.ROOT));
            entry.put("incident_id", finding.incidentId());
            entry.put("detail", finding.detail());
        }
    }

    /** For a human, some lines. */
    static String text(RunDecisions decisions, Roster roster, Optional<String> compromised) {
        StringBuilder text = new StringBuilder();
        long decided = count(decisions, DecisionStatus.DECIDED);
        long overtaken = decisions.overtaken();
        long escalations = decisions.escalations();
        text.append(
                String.format(
                        "decisions  %,d: %,d decided%s, %,d for a human%s; %s agents%n",
                        decisions.made().size(),
                        decided,
                        escalations == 0
                                ? ""
                                : String.format(" (%,d of them to escalate)", escalations),
                        decisions.made().size() - decided - overtaken,
                        overtaken == 0
                                ? ""
                                : String.format(", %,d overtaken by a newer question", overtaken),
                        roster.tolerance()));
        if (roster.toleratedAgents() == 0) {
            text.append(String.format("           WARNING: no faulty agent is tolerated%n"));
        }
        text.append(
                String.format(
                        "           %,d turned out right, %,d wrong; reputation after these %,d"
                                + " outcomes: %s%n",
                        rights(decisions),
                        decisions.outcomes().size() - rights(decisions),
                        decisions.outcomes().size(),
                        decisions.reputations().entrySet().stream()
                                .map(r -> String.format("%s %.2f", r.getKey(), r.getValue()))
                                .collect(Collectors.joining(", "))));
        compromised.ifPresent(agent -> text.append(exposure(agent, decisions)));
        return text.toString();
    }

    private static String exposure(String agent, RunDecisions decisions) {
        Exposure exposure = Exposure.of(decisions, agent);
        return String.format(
                "           %s is compromised: %s, %s%n",
                agent,
                exposure.caught()
                        .map(f -> "caught (" + f.kind() + ")" + after(exposure.caughtMillis()))
                        .orElse("NOT caught"),
                decisions.quarantined().contains(agent)
                        ? "quarantined" + after(exposure.outMillis())
                        : "NOT quarantined");
    }

    private static String after(OptionalLong millis) {
        return millis.isEmpty()
                ? ""
                : String.format(" %,d s after its first lie", millis.getAsLong() / 1000);
    }

    private static void putSeconds(ObjectNode node, String name, Optional<OptionalLong> millis) {
        OptionalLong known = millis.orElse(OptionalLong.empty());
        if (known.isPresent()) {
            node.put(name, known.getAsLong() / 1000.0);
        } else {
            node.putNull(name);
        }
    }

    private static long rights(RunDecisions decisions) {
        return decisions.outcomes().stream().filter(o -> o.right().isPresent()).count();
    }

    private static long count(RunDecisions decisions, DecisionStatus status) {
        return decisions.made().stream().filter(m -> m.decision().status() == status).count();
    }

    private static String word(DecisionStatus status) {
        return status.name().toLowerCase(Locale.ROOT);
    }
}
