// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.operators.consensus;

import io.incidentcommander.model.consensus.Recommendation;
import io.incidentcommander.model.consensus.RoundRequest;
import io.incidentcommander.model.consensus.SignedRecommendation;
import io.incidentcommander.model.diagnosis.Diagnosis;
import io.incidentcommander.udfs.consensus.agents.ModelAgent;
import io.incidentcommander.udfs.consensus.signature.Ed25519Signatures;
import io.incidentcommander.udfs.consensus.signature.VoteSignatures;
import java.time.Duration;
import java.util.Optional;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.StateTtlConfig;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.streaming.api.functions.co.KeyedCoProcessFunction;
import org.apache.flink.util.Collector;

/**
 * Keyed by incident: turns the newest diagnosis into a signed vote, at once if there is one, else
 * when it comes while the round is open; the tally does not count what comes later. It waits for a
 * model alone and holds nobody's time back. State: a diagnosis and a request an incident. Neither
 * input has a time of its own, so both are left to Flink's clean-up after a day, long after any
 * round.
 */
public final class ModelAgentFunction
        extends KeyedCoProcessFunction<String, Diagnosis, RoundRequest, SignedRecommendation> {
    private static final long serialVersionUID = 1L;
    private static final StateTtlConfig A_DAY =
            StateTtlConfig.newBuilder(Duration.ofDays(1)).build();

    private final ModelAgent agent;
    private final AgentSecrets secrets;
    private final VoteSignatures signatures = new Ed25519Signatures();

    private transient Optional<byte[]> key;
    private transient ValueState<Diagnosis> newest;
    private transient ValueState<RoundRequest> waiting;

    public ModelAgentFunction(ModelAgent agent, AgentSecrets secrets) {
        this.agent = agent;
        this.secrets = secrets;
    }

    @Override
    public void open(OpenContext context) throws Exception {
        key = Optional.ofNullable(secrets.read().get(agent.agent()));
        ValueStateDescriptor<Diagnosis> diagnosis =
                new ValueStateDescriptor<>("newest-diagnosis", TypeInformation.of(Diagnosis.class));
        diagnosis.enableTimeToLive(A_DAY);
        newest = getRuntimeContext().getState(diagnosis);
        ValueStateDescriptor<RoundRequest> request =
                new ValueStateDescriptor<>(
                        "request-in-wait", TypeInformation.of(RoundRequest.class));
        request.enableTimeToLive(A_DAY);
        waiting = getRuntimeContext().getState(request);
    }

    @Override
    public void processElement1(
            Diagnosis diagnosis, Context context, Collector<SignedRecommendation> out)
            throws Exception {
        newest.update(diagnosis);
        RoundRequest request = waiting.value();
        if (request != null) {
            waiting.clear();
            answer(request, diagnosis, out);
        }
    }

    @Override
    public void processElement2(
            RoundRequest request, Context context, Collector<SignedRecommendation> out)
            throws Exception {
        Diagnosis diagnosis = newest.value();
        if (diagnosis == null) {
            waiting.update(request);
        } else {
            answer(request, diagnosis, out);
        }
    }

    private void answer(
            RoundRequest request, Diagnosis diagnosis, Collector<SignedRecommendation> out) {
        Optional<Recommendation> said = agent.vote(request, diagnosis);
        if (key.isPresent() && said.isPresent()) {
            out.collect(
                    new SignedRecommendation(
                            said.get(),
                            signatures.sign(key.get(), said.get().statement().canonical())));
        }
    }
}
