// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.udfs.consensus.agents;

import io.incidentcommander.model.consensus.Action;
import io.incidentcommander.model.consensus.CandidateList;
import io.incidentcommander.model.lifecycle.Incident;
import io.incidentcommander.model.lifecycle.IncidentType;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The runbooks that actions are made of, in the order in which they are to be preferred. The
 * candidates for an incident are a function of the catalogue and the incident alone. Immutable.
 */
public final class RunbookCatalogue implements Serializable {
    private static final long serialVersionUID = 1L;

    /** Services of an incident that a runbook is offered for. */
    private static final int MOST_TARGETS = 3;

    private final ArrayList<Runbook> runbooks;

    RunbookCatalogue(Collection<Runbook> runbooks) {
        this.runbooks = new ArrayList<>(runbooks);
    }

    /**
     * What may be done about the incident: the best runbook for its type on each probable origin,
     * then the next; ESCALATE and NO_ACTION always. Against an incident of unknown type there is no
     * runbook.
     */
    public CandidateList candidates(Incident incident) {
        List<Action> ranked = new ArrayList<>();
        for (Runbook runbook : against(incident.type())) {
            for (String service : targets(incident)) {
                ranked.add(runbook.on(service));
            }
        }
        return CandidateList.of(ranked);
    }

    /** The best first. */
    public List<Runbook> against(IncidentType type) {
        return runbooks.stream()
                .filter(runbook -> runbook.helpsAgainst(type))
                .collect(Collectors.toUnmodifiableList());
    }

    /** The runbook of an action; empty for ESCALATE, NO_ACTION and what is not in the catalogue. */
    public Optional<Runbook> of(Action action) {
        return runbooks.stream().filter(runbook -> runbook.is(action)).findFirst();
    }

    /**
     * Whether the action is a runbook in its version, with the parameters that stand in the
     * catalogue, on some service: what an agent may propose. On which service it may run is the
     * policy's to say.
     */
    public boolean offers(Action action) {
        return !action.target().isEmpty()
                && of(action)
                        .filter(runbook -> runbook.on(action.target()).equals(action))
                        .isPresent();
    }

    public int size() {
        return runbooks.size();
    }

    /** The probable origins first, then other affected services. */
    static List<String> targets(Incident incident) {
        List<String> services = new ArrayList<>(incident.grounds().origins());
        incident.services().stream().filter(s -> !services.contains(s)).forEach(services::add);
        return services.subList(0, Math.min(MOST_TARGETS, services.size()));
    }
}
