// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.udfs.consensus.agents;

import io.incidentcommander.model.consensus.Action;
import io.incidentcommander.model.consensus.CandidateList;
import io.incidentcommander.model.consensus.RiskLevel;
import io.incidentcommander.model.ingest.Severity;
import io.incidentcommander.model.lifecycle.Incident;
import io.incidentcommander.model.lifecycle.IncidentType;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * From what an agent holds an incident to be to what it recommends. The best runbook on the origin
 * has the agent's whole belief, a further runbook nine tenths of the one before, another service
 * eight tenths. In later rounds an agent goes with the most supported of what it holds more likely
 * right than wrong, so that agents that agree on the matter find one another.
 */
final class Choice {
    private static final double NEXT_RUNBOOK = 0.9;
    private static final double OTHER_SERVICE = 0.8;
    private static final double LIKELY = 0.5;
    private static final double SURE_ENOUGH = 0.75;

    private final RunbookCatalogue catalogue;
    private final CandidateList candidates;
    private final Support standing;

    Choice(RunbookCatalogue catalogue, CandidateList candidates, Support standing) {
        this.catalogue = catalogue;
        this.candidates = candidates;
        this.standing = standing;
    }

    Opinion of(CaseFile file, Leaning leaning) {
        Incident incident = file.incident();
        if (incident.severity() == Severity.INFO) {
            return new Opinion(Action.NO_ACTION, SURE_ENOUGH, "only for information");
        }
        if (leaning.type() == IncidentType.UNKNOWN) {
            double belief = Math.max(SURE_ENOUGH, leaning.belief());
            return new Opinion(Action.ESCALATE, belief, "no runbook for what is not understood");
        }
        return options(incident, leaning).stream()
                .filter(option -> option.confidence() >= LIKELY)
                .max(
                        Comparator.comparingInt((Opinion o) -> standing.ppm(o.action().id()))
                                .thenComparingDouble(Opinion::confidence)
                                .thenComparing(o -> o.action().id()))
                .orElseGet(() -> handOver(leaning));
    }

    private static Opinion handOver(Leaning leaning) {
        double doubt = Math.max(LIKELY, 1 - leaning.belief());
        return new Opinion(Action.ESCALATE, doubt, "not sure enough: " + leaning.why());
    }

    private List<Opinion> options(Incident incident, Leaning leaning) {
        List<Opinion> options = new ArrayList<>();
        double belief = leaning.belief();
        for (Runbook runbook : catalogue.against(leaning.type())) {
            if (leaning.isCautious() && isTooRisky(runbook, incident)) {
                continue;
            }
            for (String service : RunbookCatalogue.targets(incident)) {
                Action action = runbook.on(service);
                boolean there = service.equals(leaning.origin());
                if (candidates.indexOf(action.id()) >= 0) {
                    double share = there ? belief : belief * OTHER_SERVICE;
                    options.add(new Opinion(action, share, leaning.why()));
                }
            }
            belief *= NEXT_RUNBOOK;
        }
        return options;
    }

    /** What risks much is for what is already bad. */
    private static boolean isTooRisky(Runbook runbook, Incident incident) {
        return runbook.risk().compareTo(RiskLevel.HIGH) >= 0
                && incident.severity().compareTo(Severity.HIGH) < 0;
    }
}
