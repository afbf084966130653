// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.operators.consensus;

import io.incidentcommander.model.codec.Sha256;
import io.incidentcommander.model.consensus.Action;
import io.incidentcommander.model.consensus.ActionId;
import io.incidentcommander.model.consensus.CandidateList;
import io.incidentcommander.model.consensus.Decision;
import io.incidentcommander.model.consensus.Finding;
import io.incidentcommander.model.consensus.Question;
import io.incidentcommander.model.consensus.Recommendation;
import io.incidentcommander.model.consensus.RegisteredAgent;
import io.incidentcommander.model.consensus.RoundRequest;
import io.incidentcommander.model.consensus.Seat;
import io.incidentcommander.model.consensus.SignedProposal;
import io.incidentcommander.model.consensus.SignedRecommendation;
import io.incidentcommander.model.consensus.TallyInput;
import io.incidentcommander.model.consensus.TallyInput.SignatureCheck;
import io.incidentcommander.udfs.consensus.DefaultRoster;
import io.incidentcommander.udfs.consensus.RoundPolicy;
import io.incidentcommander.udfs.consensus.Seating;
import io.incidentcommander.udfs.consensus.reputation.StandingPolicy;
import io.incidentcommander.udfs.consensus.reputation.Standings;
import io.incidentcommander.udfs.consensus.signature.Ed25519Signatures;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.runtime.state.StateBackend;
import org.apache.flink.runtime.state.hashmap.HashMapStateBackend;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.KeyedTwoInputStreamOperatorTestHarness;

/** The default agents, with real keys, around a tally on a harness. */
final class Council implements AutoCloseable {
    static final String TENANT = "acme";
    static final long NOW = 1_700_000_000_000L;
    static final Action RESTART = new Action("restart", "1", "checkout", Map.of());
    static final Action SCALE = new Action("scale", "1", "checkout", Map.of());

    /** On no list, but an agent may propose it. */
    static final Action FLUSH = new Action("flush", "1", "checkout", Map.of());

    private static final Ed25519Signatures SIGNATURES = new Ed25519Signatures();

    final KeyedTwoInputStreamOperatorTestHarness<String, TallyInput, RegisteredAgent, Decision>
            harness;

    Council() throws Exception {
        this(1, 1, 0, null);
        for (DefaultRoster member : DefaultRoster.values()) {
            control(registered(member, 1, 0));
        }
    }

    Council(int maxParallelism, int parallelism, int index, OperatorSubtaskState state)
            throws Exception {
        this(maxParallelism, parallelism, index, state, new HashMapStateBackend());
    }

    Council(
            int maxParallelism,
            int parallelism,
            int index,
            OperatorSubtaskState state,
            StateBackend backend)
            throws Exception {
        Standings standings = new Standings(StandingPolicy.defaults());
        harness =
                new KeyedTwoInputStreamOperatorTestHarness<>(
                        new TallyOperator(
                                new TallyFunction(
                                        RoundPolicy.DEFAULT,
                                        Seating.defaults(standings),
                                        standings,
                                        List.of(),
                                        action -> action.runbook().equals(FLUSH.runbook()))),
                        TallyInput::tenant,
                        any -> "",
                        Types.STRING,
                        maxParallelism,
                        parallelism,
                        index);
        harness.setStateBackend(backend);
        harness.setup();
        if (state != null) {
            harness.initializeState(state);
        }
        harness.open();
    }

    static RegisteredAgent registered(DefaultRoster member, int epoch, int revokedUpTo) {
        return registered(TENANT, member, epoch, revokedUpTo);
    }

    static RegisteredAgent registered(
            String tenant, DefaultRoster member, int epoch, int revokedUpTo) {
        return new RegisteredAgent(
                tenant,
                member.agent(),
                member.role(),
                member.family(),
                epoch,
                SIGNATURES.publicKey(privateKey(member.agent(), epoch)),
                revokedUpTo);
    }

    private static byte[] privateKey(String agent, int epoch) {
        return Sha256.of((agent + epoch).getBytes(StandardCharsets.UTF_8));
    }

    static Question question(String incident) {
        return question(TENANT, incident);
    }

    static Question question(String tenant, String incident) {
        return new Question(
                tenant, incident, 1, CandidateList.of(List.of(RESTART, SCALE)), List.of());
    }

    static SignedRecommendation vote(
            RoundRequest request, DefaultRoster member, ActionId action, double confidence) {
        return sign(
                Recommendation.builder()
                        .answering(request)
                        .from(request.terms().roster().seat(member.agent()).orElseThrow())
                        .action(action)
                        .confidence(confidence)
                        .issuedAtMillis(NOW));
    }

    static SignedRecommendation sign(Recommendation.Builder said) {
        Recommendation recommendation = said.build();
        byte[] key = privateKey(recommendation.agent(), recommendation.keyEpoch());
        return new SignedRecommendation(
                recommendation, SIGNATURES.sign(key, recommendation.statement().canonical()));
    }

    static SignedProposal proposal(RoundRequest request, DefaultRoster member, Action action) {
        Seat seat = request.terms().roster().seat(member.agent()).orElseThrow();
        SignedProposal unsigned = SignedProposal.answering(request, seat, action, NOW);
        byte[] key = privateKey(member.agent(), seat.keyEpoch());
        return unsigned.signed(SIGNATURES.sign(key, unsigned.canonical()));
    }

    void control(RegisteredAgent message) throws Exception {
        harness.processElement2(new StreamRecord<>(message, NOW));
    }

    void ask(Question question, long time) throws Exception {
        harness.processElement1(new StreamRecord<>(TallyInput.of(question), time));
    }

    void cast(SignedRecommendation vote) throws Exception {
        send(TallyInput.of(vote, SignatureCheck.VALID));
    }

    /** Without a time of its own, as the streams of agents send it. */
    void send(TallyInput input) throws Exception {
        harness.processElement1(new StreamRecord<>(input));
    }

    void time(long watermark) throws Exception {
        harness.processBothWatermarks(new Watermark(watermark));
    }

    List<RoundRequest> requests() {
        List<RoundRequest> requests = new ArrayList<>();
        var side = harness.getSideOutput(TallyFunction.REQUESTS);
        if (side != null) {
            side.forEach(record -> requests.add(record.getValue()));
        }
        return requests;
    }

    RoundRequest request() {
        List<RoundRequest> all = requests();
        return all.get(all.size() - 1);
    }

    List<Finding> findings() {
        List<Finding> findings = new ArrayList<>();
        var side = harness.getSideOutput(TallyFunction.FINDINGS);
        if (side != null) {
            side.forEach(record -> findings.add(record.getValue()));
        }
        return findings;
    }

    /** Entries of keyed state once all that is at work is written. */
    int stateEntries() throws Exception {
        harness.snapshot(99, 99);
        return harness.numKeyedStateEntries();
    }

    List<Decision> decisions() {
        return harness.extractOutputValues();
    }

    @Override
    public void close() throws Exception {
        harness.close();
    }
}
