// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.operators.consensus;

import io.incidentcommander.model.consensus.RegisteredAgent;
import io.incidentcommander.model.consensus.SignedProposal;
import io.incidentcommander.model.consensus.SignedRecommendation;
import io.incidentcommander.model.consensus.TallyInput;
import io.incidentcommander.model.consensus.TallyInput.SignatureCheck;
import io.incidentcommander.udfs.consensus.signature.Ed25519Signatures;
import io.incidentcommander.udfs.consensus.signature.VoteSignatures;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.apache.flink.streaming.api.functions.co.BroadcastProcessFunction;
import org.apache.flink.util.Collector;

/**
 * Before the tally, in parallel and without a key: verifies the signatures of votes and proposals.
 * A wrong one goes on as a finding that blames nobody. What is signed by a key not known here goes
 * on unchecked: the tally, which froze the keys of the round, checks it.
 */
public final class VerifySignaturesFunction
        extends BroadcastProcessFunction<TallyInput, RegisteredAgent, TallyInput> {
    private static final long serialVersionUID = 1L;

    private final VoteSignatures signatures = new Ed25519Signatures();
    private final ArrayList<RegisteredAgent> fromTheStart;

    public VerifySignaturesFunction() {
        this(List.of());
    }

    /**
     * @param fromTheStart agents that are known before the first message
     */
    public VerifySignaturesFunction(Collection<RegisteredAgent> fromTheStart) {
        this.fromTheStart = new ArrayList<>(fromTheStart);
    }

    @Override
    public void processElement(TallyInput input, ReadOnlyContext context, Collector<TallyInput> out)
            throws Exception {
        if (input.vote().isPresent()) {
            out.collect(checked(input.vote().get(), context));
        } else {
            out.collect(checked(input.proposal().orElseThrow(), context));
        }
    }

    private TallyInput checked(SignedRecommendation vote, ReadOnlyContext context)
            throws Exception {
        Optional<String> key =
                key(
                        context,
                        vote.recommendation().tenant(),
                        vote.agent(),
                        vote.recommendation().keyEpoch());
        if (key.isEmpty()) {
            return TallyInput.of(vote, SignatureCheck.UNCHECKED);
        }
        return SignatureFindings.holds(signatures, key.get(), vote)
                ? TallyInput.of(vote, SignatureCheck.VALID)
                : TallyInput.of(SignatureFindings.bad(vote));
    }

    private TallyInput checked(SignedProposal proposal, ReadOnlyContext context) throws Exception {
        Optional<String> key =
                key(context, proposal.tenant(), proposal.agent(), proposal.keyEpoch());
        if (key.isEmpty()) {
            return TallyInput.of(proposal, SignatureCheck.UNCHECKED);
        }
        return SignatureFindings.holds(signatures, key.get(), proposal)
                ? TallyInput.of(proposal, SignatureCheck.VALID)
                : TallyInput.of(SignatureFindings.bad(proposal));
    }

    /** Of the agent in this epoch, as far as it is known here. */
    private Optional<String> key(ReadOnlyContext context, String tenant, String agent, int epoch)
            throws Exception {
        return AgentKeys.find(
                        fromTheStart,
                        context.getBroadcastState(AgentKeys.DESCRIPTOR),
                        tenant,
                        agent)
                .filter(known -> known.keyEpoch() == epoch)
                .map(RegisteredAgent::publicKey);
    }

    @Override
    public void processBroadcastElement(
            RegisteredAgent message, Context context, Collector<TallyInput> out) throws Exception {
        if (signatures.isUsable(message.publicKey())) {
            AgentKeys.merge(context.getBroadcastState(AgentKeys.DESCRIPTOR), message);
        }
    }
}
