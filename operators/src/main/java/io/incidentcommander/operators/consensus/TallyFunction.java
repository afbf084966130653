// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.operators.consensus;

import io.incidentcommander.model.consensus.ActionId;
import io.incidentcommander.model.consensus.Ballot;
import io.incidentcommander.model.consensus.Decision;
import io.incidentcommander.model.consensus.Deliberation;
import io.incidentcommander.model.consensus.Finding;
import io.incidentcommander.model.consensus.FindingKind;
import io.incidentcommander.model.consensus.Question;
import io.incidentcommander.model.consensus.RegisteredAgent;
import io.incidentcommander.model.consensus.RoundRequest;
import io.incidentcommander.model.consensus.Seat;
import io.incidentcommander.model.consensus.SignedRecommendation;
import io.incidentcommander.model.consensus.TallyInput;
import io.incidentcommander.model.consensus.TallyInput.SignatureCheck;
import io.incidentcommander.model.consensus.VerifiedOutcome;
import io.incidentcommander.model.consensus.VotesCast;
import io.incidentcommander.model.consensus.reputation.Evidence;
import io.incidentcommander.model.consensus.reputation.JudgedOutcome;
import io.incidentcommander.udfs.consensus.Deliberator;
import io.incidentcommander.udfs.consensus.OutcomeJudgement;
import io.incidentcommander.udfs.consensus.RoundPolicy;
import io.incidentcommander.udfs.consensus.Seating;
import io.incidentcommander.udfs.consensus.Step;
import io.incidentcommander.udfs.consensus.collusion.CollusionWatch;
import io.incidentcommander.udfs.consensus.collusion.JointErrors;
import io.incidentcommander.udfs.consensus.reputation.Standings;
import io.incidentcommander.udfs.consensus.signature.Ed25519Signatures;
import io.incidentcommander.udfs.consensus.signature.VoteSignatures;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.streaming.api.functions.co.KeyedBroadcastProcessFunction;
import org.apache.flink.util.Collector;
import org.apache.flink.util.OutputTag;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keyed by tenant: leads its deliberations by {@link Deliberator}, with the standings of its agents
 * beside them, so that a decision and the reputation it used and changed are one atomic step. Emits
 * decisions; requests and findings leave by the side. Event time alone moves it on. Runs in a
 * {@link TallyOperator}.
 */
public final class TallyFunction
        extends KeyedBroadcastProcessFunction<String, TallyInput, RegisteredAgent, Decision> {
    public static final OutputTag<RoundRequest> REQUESTS =
            new OutputTag<>("round-requests", TypeInformation.of(RoundRequest.class));
    public static final OutputTag<Finding> FINDINGS =
            new OutputTag<>("findings", TypeInformation.of(Finding.class));

    private static final long serialVersionUID = 1L;
    private static final Logger LOG = LoggerFactory.getLogger(TallyFunction.class);
    private static final long KEEP_DECIDED_MILLIS = 600_000;
    private static final long KEEP_CAST_MILLIS = 24L * 3_600_000;
    private static final long KEEP_ORPHANS_MILLIS = RoundPolicy.MAX_DEADLOCK_MILLIS;

    /** What is forgotten is so at whole seconds: one timer a second, however much it is. */
    private static final long FORGET_EVERY_MILLIS = 1_000;

    private static final char WAKE_UP = 'w';
    private static final char FORGET_DELIBERATION = 'd';
    private static final char FORGET_CAST = 'c';
    private static final char FORGET_ORPHANS = 'o';

    private final Deliberator deliberator;
    private final Seating seating;
    private final Standings standings;
    private final ArrayList<RegisteredAgent> fromTheStart;
    private final VoteSignatures signatures = new Ed25519Signatures();

    private transient WorkingValues.CurrentKey key;
    private transient TallyState state;
    private transient KnownAgents agents;

    public TallyFunction(RoundPolicy policy, Seating seating, Standings standings) {
        this(policy, seating, standings, List.of());
    }

    /**
     * @param fromTheStart agents that are known before the first message
     */
    public TallyFunction(
            RoundPolicy policy,
            Seating seating,
            Standings standings,
            Collection<RegisteredAgent> fromTheStart) {
        this.fromTheStart = new ArrayList<>(fromTheStart);
        this.deliberator = new Deliberator(policy);
        this.seating = seating;
        this.standings = standings;
    }

    @Override
    public void open(OpenContext context) {
        state = new TallyState(getRuntimeContext(), key);
        agents = new KnownAgents(fromTheStart);
    }

    /** Who tells and sets the current tenant; before {@link #open}. */
    void keyedBy(WorkingValues.CurrentKey current) {
        key = current;
    }

    /** Writes all that is at work to state. */
    void store() throws Exception {
        state.store();
    }

    @Override
    public void processElement(TallyInput input, ReadOnlyContext context, Collector<Decision> out)
            throws Exception {
        if (input.vote().isPresent()) {
            vote(input.vote().get(), input.check(), context, out);
        } else if (input.question().isPresent()) {
            ask(input.question().get(), context, out);
        } else if (input.finding().isPresent()) {
            take(input.finding().get(), context);
        } else {
            judge(input.outcome().orElseThrow(), context);
        }
    }

    @Override
    public void processBroadcastElement(
            RegisteredAgent message, Context context, Collector<Decision> out) throws Exception {
        if (signatures.isUsable(message.publicKey())) {
            AgentKeys.merge(context.getBroadcastState(AgentKeys.DESCRIPTOR), message);
            agents.forget();
        }
    }

    @Override
    public void onTimer(long time, OnTimerContext context, Collector<Decision> out)
            throws Exception {
        for (String due : state.takeDue(time)) {
            String id = due.substring(1);
            switch (due.charAt(0)) {
                case WAKE_UP:
                    wakeUp(id, time, context, out);
                    break;
                case FORGET_DELIBERATION:
                    state.forgetDeliberation(id);
                    break;
                case FORGET_CAST:
                    state.forgetCast(id);
                    break;
                case FORGET_ORPHANS:
                    state.takeOrphans(id);
                    break;
                default:
                    throw new IllegalStateException("Nothing is due as " + due);
            }
        }
    }

    /** Opens a deliberation, once: whoever asks again gets no second decision. */
    private void ask(Question question, ReadOnlyContext context, Collector<Decision> out)
            throws Exception {
        String id = TallyState.id(question.incidentId(), question.attempt());
        if (state.deliberation(id).isPresent() || state.cast(id).isPresent()) {
            return;
        }
        state.put(id, question);
        long now = timeOf(context, 0);
        Step step =
                deliberator.open(question, now, new TenantCircumstances(this, context, question));
        apply(id, step, now, context, out);
        for (SignedRecommendation waiting : state.takeOrphans(id)) {
            vote(waiting, SignatureCheck.UNCHECKED, context, out);
        }
    }

    private void vote(
            SignedRecommendation vote,
            SignatureCheck check,
            ReadOnlyContext context,
            Collector<Decision> out)
            throws Exception {
        String id =
                TallyState.id(vote.recommendation().incidentId(), vote.recommendation().attempt());
        Optional<Deliberation> found = read(id, context, out);
        if (found.isEmpty()) {
            keepOrphan(id, vote, context);
            return;
        }
        Deliberation before = found.get();
        if (check == SignatureCheck.UNCHECKED && !isSigned(vote, before)) {
            take(SignatureFindings.bad(vote), context);
            return;
        }
        long now =
                Math.max(
                        before.terms().requestedAtMillis(),
                        context.timerService().currentWatermark());
        Question question = state.question(id).orElseThrow();
        Step step =
                deliberator.vote(
                        before, vote, now, new TenantCircumstances(this, context, question));
        if (!step.deliberation().equals(before)) {
            apply(id, step, now, context, out);
        }
    }

    /**
     * What cannot be read is lost: agents are asked once more, and what they say is for a human.
     */
    private Optional<Deliberation> read(String id, ReadOnlyContext context, Collector<Decision> out)
            throws Exception {
        try {
            return state.deliberation(id);
        } catch (IOException e) {
            LOG.error("The deliberation {} cannot be read", id, e);
        }
        Question question = state.question(id).orElseThrow();
        long now = timeOf(context, 0);
        Step step =
                deliberator.fallback(
                        question, now, new TenantCircumstances(this, context, question));
        apply(id, step, now, context, out);
        return Optional.of(step.deliberation());
    }

    /** By the key of the seat; who has none is told so by the deliberator. */
    private boolean isSigned(SignedRecommendation vote, Deliberation deliberation) {
        Optional<Seat> seat = deliberation.terms().roster().seat(vote.agent());
        return seat.isEmpty()
                || seat.get().keyEpoch() != vote.recommendation().keyEpoch()
                || SignatureFindings.holds(signatures, seat.get().publicKey(), vote);
    }

    /** After a restore a vote can overtake the question; after its decision it is of no use. */
    private void keepOrphan(String id, SignedRecommendation vote, ReadOnlyContext context)
            throws Exception {
        if (state.cast(id).isEmpty() && state.keep(id, vote)) {
            long now = timeOf(context, vote.recommendation().issuedAtMillis());
            forget(now + KEEP_ORPHANS_MILLIS, FORGET_ORPHANS + id, context);
        }
    }

    private void wakeUp(String id, long time, OnTimerContext context, Collector<Decision> out)
            throws Exception {
        Optional<Deliberation> found = read(id, context, out);
        if (found.isPresent() && found.get().outcome().isEmpty()) {
            Question question = state.question(id).orElseThrow();
            Step step =
                    deliberator.onTime(
                            found.get(), time, new TenantCircumstances(this, context, question));
            apply(id, step, time, context, out);
            if (step.decision().isEmpty()) {
                scheduleWakeUp(id, step, time, context);
            }
        }
    }

    private void apply(
            String id, Step step, long now, ReadOnlyContext context, Collector<Decision> out)
            throws Exception {
        state.put(id, step.deliberation());
        for (RoundRequest request : step.requests()) {
            context.output(REQUESTS, request);
        }
        for (Finding finding : step.findings()) {
            take(finding, context);
        }
        if (step.decision().isPresent()) {
            Decision decision = step.decision().get();
            remember(id, step.deliberation(), decision, context);
            out.collect(decision);
        } else if (!step.requests().isEmpty()) {
            scheduleWakeUp(id, step, now, context);
        }
    }

    private void remember(String id, Deliberation ended, Decision decision, ReadOnlyContext context)
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
        forget(decidedAt + KEEP_DECIDED_MILLIS, FORGET_DELIBERATION + id, context);
        forget(decidedAt + KEEP_CAST_MILLIS, FORGET_CAST + id, context);
    }

    /** Tells a finding, and holds it against its agent as far as its kind says. */
    private void take(Finding finding, ReadOnlyContext context) throws Exception {
        context.output(FINDINGS, finding);
        if (finding.kind().points() > 0) {
            suspect(
                    finding.agent(),
                    new Evidence(
                            finding.findingId(),
                            finding.kind().name(),
                            finding.kind().points(),
                            finding.atMillis()));
        }
    }

    private void suspect(String agent, Evidence evidence) throws Exception {
        state.put(standings.suspected(state.standing(agent), evidence).standing());
    }

    /** Moves the reputation of who voted, and looks for agents that err together. */
    private void judge(VerifiedOutcome outcome, ReadOnlyContext context) throws Exception {
        Optional<VotesCast> votes =
                state.cast(TallyState.id(outcome.incidentId(), outcome.attempt()));
        if (votes.isEmpty()) {
            return; // too late, or of a deliberation that never was
        }
        Map<String, JudgedOutcome> judged = OutcomeJudgement.judge(votes.get(), outcome);
        for (Map.Entry<String, JudgedOutcome> agent : judged.entrySet()) {
            state.put(
                    standings.judged(state.standing(agent.getKey()), agent.getValue()).standing());
        }
        CollusionWatch.Seen seen =
                CollusionWatch.judged(
                        state.judged(),
                        votes.get(),
                        outcome.right(),
                        outcome.wrong(),
                        outcome.verifiedAtMillis());
        state.put(seen.history());
        long now = timeOf(context, outcome.verifiedAtMillis());
        for (Map.Entry<String, JointErrors> accused : seen.accused().entrySet()) {
            context.output(FINDINGS, collusion(accused, outcome, now));
            suspect(accused.getKey(), seen.evidence(accused.getKey(), now));
        }
    }

    /** The votes that show it are in the certificates of the tenant's latest decisions. */
    private static Finding collusion(
            Map.Entry<String, JointErrors> accused, VerifiedOutcome outcome, long now) {
        return new Finding(
                FindingKind.COLLUSION,
                outcome.tenant(),
                outcome.incidentId(),
                outcome.attempt(),
                0,
                accused.getKey(),
                now,
                accused.getValue().toString(),
                List.of());
    }

    private void scheduleWakeUp(String id, Step step, long now, ReadOnlyContext context)
            throws Exception {
        Optional<Long> next = deliberator.wakeUpAt(step.deliberation(), now);
        if (next.isPresent()) {
            schedule(next.get(), WAKE_UP + id, context);
        }
    }

    private void forget(long time, String what, ReadOnlyContext context) throws Exception {
        schedule((time / FORGET_EVERY_MILLIS + 1) * FORGET_EVERY_MILLIS, what, context);
    }

    private void schedule(long time, String what, ReadOnlyContext context) throws Exception {
        if (state.addDue(time, what)) {
            context.timerService().registerEventTimeTimer(time);
        }
    }

    /** Of the element if it has a time, else the watermark's, else what the element says. */
    private static long timeOf(ReadOnlyContext context, long otherwise) {
        if (context.timestamp() != null) {
            return context.timestamp();
        }
        long watermark = context.timerService().currentWatermark();
        return watermark == Long.MIN_VALUE ? otherwise : watermark;
    }

    TallyState state() {
        return state;
    }

    KnownAgents agents() {
        return agents;
    }

    Seating seating() {
        return seating;
    }

    Standings standings() {
        return standings;
    }
}
