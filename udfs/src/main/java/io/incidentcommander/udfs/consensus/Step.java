// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.udfs.consensus;

import io.incidentcommander.model.consensus.Decision;
import io.incidentcommander.model.consensus.Deliberation;
import io.incidentcommander.model.consensus.Finding;
import io.incidentcommander.model.consensus.RoundRequest;
import io.incidentcommander.model.consensus.RoundTerms;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/**
 * What one event made of a deliberation: where it stands, and what has to go out. Filled by the
 * {@link Deliberator} during one call, read only afterwards.
 */
public final class Step {
    private static final String INVENTED = "";

    private final List<RoundRequest> requests = new ArrayList<>(1);
    private final List<Finding> findings = new ArrayList<>(0);
    private Deliberation deliberation;
    private Optional<VoteVerdict> verdict = Optional.empty();
    private Optional<ProposalVerdict> proposal = Optional.empty();
    private Optional<Decision> decision = Optional.empty();

    Step(Deliberation before) {
        this.deliberation = before;
    }

    void become(Deliberation next) {
        deliberation = next;
    }

    void ask(RoundRequest request) {
        requests.add(request);
    }

    void judge(VoteVerdict of) {
        verdict = Optional.of(of);
    }

    void judge(ProposalVerdict of) {
        proposal = Optional.of(of);
    }

    /**
     * Adds a finding, once for a kind, agent and round. Whoever invents names, or rounds that never
     * were, fills no state and tells of it once: all of them count as one.
     */
    void find(Finding finding) {
        RoundTerms terms = deliberation.terms();
        String named =
                terms.roster().seat(finding.agent()).isPresent() ? finding.agent() : INVENTED;
        boolean was = finding.round() >= 1 && finding.round() <= terms.round();
        String note = finding.kind() + "|" + (was ? finding.round() : INVENTED) + "|" + named;
        if (!deliberation.isNoted(note)) {
            deliberation = deliberation.withNoted(note);
            findings.add(finding);
        }
    }

    void decide(Decision made) {
        decision = Optional.of(made);
    }

    public Deliberation deliberation() {
        return deliberation;
    }

    /** Requests for rounds that opened, in order. */
    public List<RoundRequest> requests() {
        return Collections.unmodifiableList(requests);
    }

    public List<Finding> findings() {
        return Collections.unmodifiableList(findings);
    }

    /** Of the vote that was the event; empty for other events. */
    public Optional<VoteVerdict> verdict() {
        return verdict;
    }

    /** Of the proposal that was the event; empty for other events. */
    public Optional<ProposalVerdict> proposal() {
        return proposal;
    }

    /** Present in exactly one step of a deliberation. */
    public Optional<Decision> decision() {
        return decision;
    }
}
