// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.operators.consensus;

import io.incidentcommander.model.consensus.RegisteredAgent;
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
 * Before the tally, in parallel and without a key: verifies signatures. A wrong one goes on as a
 * finding that blames nobody. A vote by a key not known here goes on unchecked: the tally, which
 * froze the keys of the round, checks it.
 */
public final class VerifySignaturesFunction
        extends BroadcastProcessFunction<SignedRecommendation, RegisteredAgent, TallyInput> {
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
    public void processElement(
            SignedRecommendation vote, ReadOnlyContext context, Collector<TallyInput> out)
            throws Exception {
        Optional<RegisteredAgent> agent =
                AgentKeys.find(
                        fromTheStart,
                        context.getBroadcastState(AgentKeys.DESCRIPTOR),
                        vote.recommendation().tenant(),
                        vote.agent());
        int epoch = vote.recommendation().keyEpoch();
        if (agent.isEmpty() || agent.get().keyEpoch() != epoch) {
            out.collect(TallyInput.of(vote, SignatureCheck.UNCHECKED));
        } else if (SignatureFindings.holds(signatures, agent.get().publicKey(), vote)) {
            out.collect(TallyInput.of(vote, SignatureCheck.VALID));
        } else {
            out.collect(TallyInput.of(SignatureFindings.bad(vote)));
        }
    }

    @Override
    public void processBroadcastElement(
            RegisteredAgent message, Context context, Collector<TallyInput> out) throws Exception {
        if (signatures.isUsable(message.publicKey())) {
            AgentKeys.merge(context.getBroadcastState(AgentKeys.DESCRIPTOR), message);
        }
    }
}
