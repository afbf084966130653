// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.udfs.consensus.agents;

import io.incidentcommander.model.consensus.AgentRole;
import io.incidentcommander.model.consensus.CandidateList;
import java.util.Arrays;
import java.util.Optional;

/**
 * The agents there are: four of four families, the seats of the default roster that need no model
 * and no forecast, with a second diagnosis in the model's place. Their power is 0.2857, 0.2857,
 * 0.2857 and 0.1429: without any one of them more than two thirds are left. All four see the same
 * incident and choose from the same catalogue; a family fails alone only in how it reads the
 * incident.
 */
public enum BuiltInAgent {
    /** Takes the classification of the incident at its word. */
    DETECTION_RULES(AgentRole.DETECTION, "rules") {
        @Override
        Leaning lean(CaseFile file) {
            return Leanings.byClassification(file);
        }
    },
    /** Looks for the cause in the patterns that were seen. */
    DIAGNOSIS_PATTERNS(AgentRole.DIAGNOSIS, "patterns") {
        @Override
        Leaning lean(CaseFile file) {
            return Leanings.byPatterns(file);
        }
    },
    /**
     * Looks for the cause in the metrics of the affected services and those around them; where
     * these say nothing, where the calls of the affected services lead.
     */
    DIAGNOSIS_CAUSAL(AgentRole.DIAGNOSIS, "causal") {
        @Override
        Leaning lean(CaseFile file) {
            return Leanings.byMetrics(file);
        }
    },
    /** Weighs what a runbook risks against how bad the incident is. */
    RESOLUTION_RUNBOOK(AgentRole.RESOLUTION, "runbook") {
        @Override
        Leaning lean(CaseFile file) {
            return Leanings.bySeverity(file);
        }
    };

    private final AgentRole role;
    private final String family;

    BuiltInAgent(AgentRole role, String family) {
        this.role = role;
        this.family = family;
    }

    public static Optional<BuiltInAgent> ofName(String agent) {
        return Arrays.stream(values()).filter(known -> known.agent().equals(agent)).findFirst();
    }

    abstract Leaning lean(CaseFile file);

    /**
     * What this agent recommends.
     *
     * @param candidates what may be voted for
     * @param standing how much power stands behind each so far; nothing in the first round
     */
    public Opinion opinion(
            CaseFile file, RunbookCatalogue catalogue, CandidateList candidates, Support standing) {
        return new Choice(catalogue, candidates, standing).of(file, lean(file));
    }

    /** Id of the agent: role and family. */
    public String agent() {
        return role.word() + "/" + family;
    }

    public AgentRole role() {
        return role;
    }

    public String family() {
        return family;
    }
}
