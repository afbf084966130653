// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.udfs.consensus;

import io.incidentcommander.model.consensus.Action;
import io.incidentcommander.model.consensus.ActionId;
import io.incidentcommander.model.consensus.Decision;
import io.incidentcommander.model.consensus.Deliberation;
import io.incidentcommander.model.consensus.Finding;
import io.incidentcommander.model.consensus.RoundRequest;
import io.incidentcommander.model.consensus.SignedProposal;
import io.incidentcommander.model.consensus.SignedRecommendation;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** One deliberation under test: steps it and collects what comes out. */
final class Table {
    final List<Decision> decisions = new ArrayList<>();
    final List<Finding> findings = new ArrayList<>();
    final List<RoundRequest> requests = new ArrayList<>();
    final Set<String> revoked = new HashSet<>();
    final Set<Action> offered = new HashSet<>();
    Deliberation deliberation;
    long now = Agents.NOW;

    private final Deliberator deliberator;
    private final Circumstances circumstances;

    Table(Circumstances circumstances) {
        this(RoundPolicy.DEFAULT, circumstances);
    }

    Table(RoundPolicy policy, Circumstances circumstances) {
        this.deliberator = new Deliberator(policy);
        this.circumstances = revoking(circumstances);
        take(deliberator.open(Agents.question(), now, this.circumstances));
    }

    RoundRequest request() {
        return requests.get(requests.size() - 1);
    }

    VoteVerdict cast(SignedRecommendation vote) {
        Step step = deliberator.vote(deliberation, vote, now, circumstances);
        take(step);
        return step.verdict().orElseThrow();
    }

    VoteVerdict vote(String agent, ActionId action, double confidence) {
        return cast(Agents.vote(request(), agent, action, confidence));
    }

    void revoke(String agent) {
        revoked.add(agent);
    }

    ProposalVerdict propose(String agent, Action action) {
        return propose(Agents.proposal(request(), agent, action));
    }

    ProposalVerdict propose(SignedProposal proposal) {
        Step step = deliberator.propose(deliberation, proposal, circumstances);
        take(step);
        return step.proposal().orElseThrow();
    }

    Optional<Long> wakeUpAt() {
        return deliberator.wakeUpAt(deliberation, now);
    }

    /** Lets event time pass, timer by timer. */
    void until(long time) {
        while (wakeUpAt().filter(at -> at <= time).isPresent()) {
            now = wakeUpAt().orElseThrow();
            take(deliberator.onTime(deliberation, now, circumstances));
        }
        now = time;
    }

    void toTheEnd() {
        until(Agents.NOW + RoundPolicy.MAX_DEADLOCK_MILLIS);
    }

    private Circumstances revoking(Circumstances others) {
        return new Circumstances() {
            @Override
            public RoundSetup setup(long nowMillis) {
                return others.setup(nowMillis);
            }

            @Override
            public boolean isRevoked(String agent, int keyEpoch) {
                return revoked.contains(agent);
            }

            @Override
            public boolean offers(Action action) {
                return offered.contains(action);
            }

            @Override
            public double[] earlierConfidences(String agent) {
                return others.earlierConfidences(agent);
            }
        };
    }

    private void take(Step step) {
        deliberation = step.deliberation();
        requests.addAll(step.requests());
        findings.addAll(step.findings());
        step.decision().ifPresent(decisions::add);
    }
}
