// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.operators.consensus;

import io.incidentcommander.model.consensus.Decision;
import io.incidentcommander.model.consensus.Finding;
import io.incidentcommander.model.consensus.RegisteredAgent;
import io.incidentcommander.model.consensus.RoundRequest;
import io.incidentcommander.model.consensus.TallyInput;
import io.incidentcommander.udfs.consensus.Deliberator;
import io.incidentcommander.udfs.consensus.OfferedActions;
import io.incidentcommander.udfs.consensus.RoundPolicy;
import io.incidentcommander.udfs.consensus.Seating;
import io.incidentcommander.udfs.consensus.reputation.Standings;
import io.incidentcommander.udfs.consensus.signature.Ed25519Signatures;
import io.incidentcommander.udfs.consensus.signature.VoteSignatures;
import java.util.ArrayList;
import java.util.Collection;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.streaming.api.functions.co.KeyedBroadcastProcessFunction;
import org.apache.flink.util.Collector;
import org.apache.flink.util.OutputTag;

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

    private final Deliberator deliberator;
    private final Seating seating;
    private final Standings standings;
    private final ArrayList<RegisteredAgent> fromTheStart;
    private final OfferedActions catalogue;
    private final VoteSignatures signatures = new Ed25519Signatures();

    private transient WorkingValues.CurrentKey key;
    private transient TallyState state;
    private transient KnownAgents agents;
    private transient AgentConduct conduct;
    private transient Deliberations deliberations;

    /**
     * @param fromTheStart agents that are known before the first message
     * @param catalogue what agents may propose
     */
    public TallyFunction(
            RoundPolicy policy,
            Seating seating,
            Standings standings,
            Collection<RegisteredAgent> fromTheStart,
            OfferedActions catalogue) {
        this.fromTheStart = new ArrayList<>(fromTheStart);
        this.deliberator = new Deliberator(policy);
        this.seating = seating;
        this.standings = standings;
        this.catalogue = catalogue;
    }

    @Override
    public void open(OpenContext context) {
        state = new TallyState(getRuntimeContext(), key);
        agents = new KnownAgents(fromTheStart);
        conduct = new AgentConduct(state, standings);
        deliberations =
                new Deliberations(
                        deliberator,
                        state,
                        (question, of) ->
                                new TenantCircumstances(
                                        state, agents, seating, standings, catalogue, of, question),
                        signatures,
                        conduct);
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
            deliberations.vote(input.vote().get(), input.check(), context, out);
        } else if (input.proposal().isPresent()) {
            deliberations.propose(input.proposal().get(), input.check(), context, out);
        } else if (input.question().isPresent()) {
            deliberations.ask(input.question().get(), context, out);
        } else if (input.finding().isPresent()) {
            conduct.take(input.finding().get(), context);
        } else {
            conduct.judge(input.outcome().orElseThrow(), context);
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
                case DueTimes.WAKE_UP:
                    deliberations.wakeUp(id, time, context, out);
                    break;
                case DueTimes.FORGET_DELIBERATION:
                    state.forgetDeliberation(id);
                    break;
                case DueTimes.FORGET_CAST:
                    state.forgetCast(id);
                    break;
                case DueTimes.FORGET_ORPHANS:
                    state.takeOrphans(id);
                    break;
                default:
                    throw new IllegalStateException("Nothing is due as " + due);
            }
        }
    }
}
