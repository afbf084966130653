// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.jobs.live;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.incidentcommander.model.consensus.Decision;
import io.incidentcommander.model.consensus.SignedVote;
import io.incidentcommander.model.diagnosis.DiagnosisSource.Road;
import io.incidentcommander.udfs.consensus.agents.BuiltInAgent;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** What was wrong with the commander itself in a run, and what went in its place. Immutable. */
final class RunDisruptions {
    private static final String SLACK = "slack";

    private final Map<Disruption, String> fallbacks;

    private RunDisruptions(Map<Disruption, String> fallbacks) {
        this.fallbacks = new EnumMap<>(Disruption.class);
        this.fallbacks.putAll(fallbacks);
    }

    /**
     * What the decisions and diagnoses of the run show of it.
     *
     * @param restarts of the job
     * @param inTheStorm what people were told until it was over
     */
    static RunDisruptions of(
            RunPlan plan,
            RunDecisions decisions,
            RunDiagnoses diagnoses,
            long restarts,
            RunTold inTheStorm) {
        Map<Disruption, String> fallbacks = new EnumMap<>(Disruption.class);
        plan.killed()
                .ifPresent(
                        dead ->
                                fallbacks.put(
                                        Disruption.KILLED_AGENT,
                                        withoutAgent(dead.agent(), decisions)));
        plan.compromised()
                .map(BuiltInAgent::agent)
                .ifPresent(
                        liar ->
                                fallbacks.put(
                                        Disruption.COMPROMISED_AGENT,
                                        againstAgent(liar, decisions)));
        if (plan.disrupts(Disruption.BEDROCK_THROTTLED)) {
            fallbacks.put(Disruption.BEDROCK_THROTTLED, roads(diagnoses));
        }
        if (plan.disrupts(Disruption.TASK_MANAGER_LOST)) {
            fallbacks.put(
                    Disruption.TASK_MANAGER_LOST,
                    "the job went on from its last checkpoint on another; restarts: " + restarts);
        }
        if (plan.disrupts(Disruption.SLACK_HANGS)) {
            fallbacks.put(
                    Disruption.SLACK_HANGS,
                    String.format(
                            "Slack showed %,d messages until the storm was over, what is for it"
                                    + " waited; the others meanwhile: %s",
                            inTheStorm.messagesOf(SLACK), inTheStorm.countsBut(SLACK)));
        }
        return new RunDisruptions(fallbacks);
    }

    private static String withoutAgent(String dead, RunDecisions decisions) {
        List<Decision> silent =
                decisions.made().stream()
                        .map(RunDecisions.Made::decision)
                        .filter(made -> !voted(dead, made))
                        .collect(Collectors.toList());
        long agreed = silent.stream().filter(made -> made.status().agreed()).count();
        return String.format(
                "%s said nothing in %,d of %,d decisions; the others decided %,d, a human is asked"
                        + " for %,d",
                dead, silent.size(), decisions.made().size(), agreed, silent.size() - agreed);
    }

    private static boolean voted(String agent, Decision decision) {
        return decision.certificate().last().votes().stream()
                .map(SignedVote::agent)
                .anyMatch(agent::equals);
    }

    private static String againstAgent(String liar, RunDecisions decisions) {
        long outvoted =
                decisions.made().stream()
                        .filter(made -> RunDecisions.outvoted(made.decision()).contains(liar))
                        .count();
        return String.format(
                "%s was outvoted in %,d of %,d decisions and %s",
                liar,
                outvoted,
                decisions.made().size(),
                decisions.quarantined().contains(liar) ? "quarantined" : "not quarantined");
    }

    private static String roads(RunDiagnoses diagnoses) {
        List<String> taken = new ArrayList<>();
        for (Road road : Road.values()) {
            long made =
                    diagnoses.made().stream()
                            .filter(one -> one.diagnosis().source().road() == road)
                            .count();
            if (made > 0) {
                taken.add(String.format("%,d by %s", made, road.word()));
            }
        }
        return "diagnoses: " + (taken.isEmpty() ? "none" : String.join(", ", taken));
    }

    void describe(ObjectNode json) {
        ArrayNode list = json.putArray("disruptions");
        fallbacks.forEach(
                (disruption, fallback) ->
                        list.addObject()
                                .put("disruption", disruption.optionName())
                                .put("fallback", fallback));
    }

    /** A line each, for a human. */
    String text() {
        StringBuilder text = new StringBuilder();
        fallbacks.forEach(
                (disruption, fallback) ->
                        text.append(
                                String.format(
                                        "%-10s %s: %s%n",
                                        text.length() == 0 ? "disrupted" : "",
                                        disruption.optionName(),
                                        fallback)));
        return text.toString();
    }
}
