// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.udfs.consensus;

import io.incidentcommander.model.consensus.CandidateList;
import java.util.List;
import java.util.Objects;

/** What agents are to deliberate about: an incident, in one attempt. Immutable. */
public final class Question {
    private final String tenant;
    private final String incidentId;
    private final int attempt;
    private final CandidateList candidates;
    private final List<String> evidence;

    /**
     * @param attempt 1 for the first time; each attempt gets exactly one decision
     * @param evidence ids of all that is known, which votes may cite
     */
    public Question(
            String tenant,
            String incidentId,
            int attempt,
            CandidateList candidates,
            List<String> evidence) {
        this.tenant = Objects.requireNonNull(tenant, "tenant");
        this.incidentId = Objects.requireNonNull(incidentId, "incidentId");
        this.attempt = attempt;
        this.candidates = Objects.requireNonNull(candidates, "candidates");
        this.evidence = List.copyOf(evidence);
    }

    public String tenant() {
        return tenant;
    }

    public String incidentId() {
        return incidentId;
    }

    public int attempt() {
        return attempt;
    }

    public CandidateList candidates() {
        return candidates;
    }

    public List<String> evidence() {
        return evidence;
    }
}
