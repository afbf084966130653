// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.operators.consensus;

import io.incidentcommander.model.consensus.ActionId;
import io.incidentcommander.model.consensus.Ballot;
import io.incidentcommander.model.consensus.Decision;
import io.incidentcommander.model.consensus.Deliberation;
import io.incidentcommander.model.consensus.Finding;
import io.incidentcommander.model.consensus.Question;
import io.incidentcommander.model.consensus.Roster;
import io.incidentcommander.model.consensus.RoundRequest;
import io.incidentcommander.model.consensus.SignedProposal;
import io.incidentcommander.model.consensus.SignedRecommendation;
import io.incidentcommander.model.consensus.TallyInput.SignatureCheck;
import io.incidentcommander.model.consensus.VotesCast;
import io.incidentcommander.udfs.consensus.Deliberator;
import io.incidentcommander.udfs.consensus.RoundPolicy;
import io.incidentcommander.udfs.consensus.Step;
import io.incidentcommander.udfs.consensus.signature.VoteSignatures;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.flink.util.Collector;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Leads the deliberations of the current tenant by {@link Deliberator}: what comes in is met with
 * the deliberation in state, and what follows is stored, told and scheduled.
 */
final class Deliberations {
    private static final Logger LOG = LoggerFactory.getLogger(Deliberations.class);
    private static final long KEEP_DECIDED_MILLIS = 600_000;
    private static final long KEEP_CAST_MILLIS = 24L * 3_600_000;
    private static final long KEEP_ORPHANS_MILLIS = RoundPolicy.MAX_DEADLOCK_MILLIS;

    private final Deliberator deliberator;
    private final TallyState state;
    private final Agents agents;
    private final VoteSignatures signatures;
    private final AgentConduct conduct;
    private final DueTimes due;

    Deliberations(
            Deliberator deliberator,
            TallyState state,
            Agents agents,
            VoteSignatures signatures,
            AgentConduct conduct) {
        this.deliberator = deliberator;
        this.state = state;
        this.agents = agents;
        this.signatures = signatures;
        this.conduct = conduct;
        this.due = new DueTimes(state);
    }

    /** Who takes part, as the deliberator asks for it. */
    interface Agents {
        TenantCircumstances circumstances(Question question, TallyFunction.ReadOnlyContext context);
    }

    /** Opens a deliberation, once: whoever asks again gets no second decision. */
    void ask(Question question, TallyFunction.ReadOnlyContext context, Collector<Decision> out)
            throws Exception {
        String id = TallyState.id(question.incidentId(), question.attempt());
        if (state.cast(id).isPresent() || read(id, context, out).isPresent()) {
            return;
        }
        state.put(id, question);
        long now = DueTimes.now(context, 0);
        Step step = deliberator.open(question, now, agents.circumstances(question, context));
        apply(id, step, now, context, out);
        for (SignedRecommendation waiting : state.takeOrphans(id)) {
            vote(waiting, SignatureCheck.UNCHECKED, context, out);
        }
    }

    void vote(
            SignedRecommendation vote,
            SignatureCheck check,
            TallyFunction.ReadOnlyContext context,
            Collector<Decision> out)
            throws Exception {
        String id =
                TallyState.id(vote.recommendation().incidentId(), vote.recommendation().attempt());
        Optional<Deliberation> found = read(id, context, out);
        if (found.isEmpty()) {
            if (check == SignatureCheck.VALID) {
                keepOrphan(id, vote, context);
            }
            return;
        }
        Deliberation before = found.get();
        if (check == SignatureCheck.UNCHECKED
                && !SignatureFindings.holds(signatures, before.terms().roster(), vote)) {
            conduct.take(SignatureFindings.bad(vote), context);
            return;
        }
        long now =
                Math.max(
                        before.terms().requestedAtMillis(),
                        context.timerService().currentWatermark());
        Question question = state.question(id).orElseThrow();
        Step step = deliberator.vote(before, vote, now, agents.circumstances(question, context));
        if (!step.deliberation().equals(before)) {
            apply(id, step, now, context, out);
        }
    }

    /** Takes an action for the next round; one that comes before its question is dropped. */
    void propose(
            SignedProposal proposal,
            SignatureCheck check,
            TallyFunction.ReadOnlyContext context,
            Collector<Decision> out)
            throws Exception {
        String id = TallyState.id(proposal.incidentId(), proposal.attempt());
        Optional<Deliberation> found = read(id, context, out);
        if (found.isEmpty()) {
            return;
        }
        Roster roster = found.get().terms().roster();
        if (check == SignatureCheck.UNCHECKED
                && !SignatureFindings.holds(signatures, roster, proposal)) {
            conduct.take(SignatureFindings.bad(proposal), context);
            return;
        }
        Question question = state.question(id).orElseThrow();
        Step step =
                deliberator.propose(found.get(), proposal, agents.circumstances(question, context));
        LOG.debug("{} for {}: {}", proposal, id, step.proposal());
        if (!step.deliberation().equals(found.get())) {
            state.put(id, step.deliberation());
        }
    }

    /**
     * What cannot be read is lost: agents are asked once more, and what they say is for a human.
     * Once there is a decision nobody is asked: there is no second.
     */
    private Optional<Deliberation> read(
            String id, TallyFunction.ReadOnlyContext context, Collector<Decision> out)
            throws Exception {
        try {
            return state.deliberation(id);
        } catch (IOException e) {
            LOG.error("The deliberation {} cannot be read", id, e);
        }
        if (state.cast(id).isPresent()) {
            return Optional.empty();
        }
        Question question = state.question(id).orElseThrow();
        long now = DueTimes.now(context, 0);
        Step step = deliberator.fallback(question, now, agents.circumstances(question, context));
        apply(id, step, now, context, out);
        return Optional.of(step.deliberation());
    }

    /**
     * After a restore a vote can overtake the question; after its decision it is of no use. Only
     * what a registered agent signed is kept: else whoever can write to the topic could fill state
     * with votes of tenants and incidents that never were.
     */
    private void keepOrphan(
            String id, SignedRecommendation vote, TallyFunction.ReadOnlyContext context)
            throws Exception {
        if (state.cast(id).isEmpty() && state.keep(id, vote)) {
            long now = DueTimes.now(context, vote.recommendation().issuedAtMillis());
            due.forget(now + KEEP_ORPHANS_MILLIS, DueTimes.FORGET_ORPHANS + id, context);
        }
    }

    void wakeUp(String id, long time, TallyFunction.OnTimerContext context, Collector<Decision> out)
            throws Exception {
        Optional<Deliberation> found = read(id, context, out);
        if (found.isPresent() && found.get().outcome().isEmpty()) {
            Question question = state.question(id).orElseThrow();
            Step step =
                    deliberator.onTime(found.get(), time, agents.circumstances(question, context));
            apply(id, step, time, context, out);
            if (step.decision().isEmpty()) {
                scheduleWakeUp(id, step, time, context);
            }
        }
    }

    private void apply(
            String id,
            Step step,
            long now,
            TallyFunction.ReadOnlyContext context,
            Collector<Decision> out)
            throws Exception {
        state.put(id, step.deliberation());
        for (RoundRequest request : step.requests()) {
            context.output(TallyFunction.REQUESTS, request);
        }
        for (Finding finding : step.findings()) {
            conduct.take(finding, context);
        }
        if (step.decision().isPresent()) {
            Decision decision = step.decision().get();
            remember(id, step.deliberation(), decision, context);
            out.collect(decision);
        } else if (!step.requests().isEmpty()) {
            scheduleWakeUp(id, step, now, context);
        }
    }

    private void remember(
            String id, Deliberation ended, Decision decision, TallyFunction.ReadOnlyContext context)
            throws Exception {
        Map<String, ActionId> actions = new TreeMap<>();
        for (Ballot ballot : ended.ballots()) {
            boolean said =
                    ballot.status() == Ballot.Status.COUNTED
                            || ballot.status() == Ballot.Status.POWERLESS;
            if (said && !ballot.action().isAbstention()) {
                actions.put(ballot.agent(), ballot.action());
                state.addConfidence(ballot.agent(), ballot.confidence());
            }
        }
        long decidedAt = decision.outcome().decidedAtMillis();
        state.put(id, new VotesCast(decision.decisionId(), decidedAt, actions));
        due.forget(decidedAt + KEEP_DECIDED_MILLIS, DueTimes.FORGET_DELIBERATION + id, context);
        due.forget(decidedAt + KEEP_CAST_MILLIS, DueTimes.FORGET_CAST + id, context);
    }

    private void scheduleWakeUp(
            String id, Step step, long now, TallyFunction.ReadOnlyContext context)
            throws Exception {
        Optional<Long> next = deliberator.wakeUpAt(step.deliberation(), now);
        if (next.isPresent()) {
            due.wakeUp(next.get(), id, context);
        }
    }
}
