// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.benchmarks.consensus;

import io.incidentcommander.model.codec.Sha256;
import io.incidentcommander.model.consensus.Action;
import io.incidentcommander.model.consensus.CandidateList;
import io.incidentcommander.model.consensus.Decision;
import io.incidentcommander.model.consensus.Question;
import io.incidentcommander.model.consensus.Recommendation;
import io.incidentcommander.model.consensus.RegisteredAgent;
import io.incidentcommander.model.consensus.RoundRequest;
import io.incidentcommander.model.consensus.SignedRecommendation;
import io.incidentcommander.model.consensus.SignedVote;
import io.incidentcommander.model.consensus.TallyInput;
import io.incidentcommander.model.consensus.TallyInput.SignatureCheck;
import io.incidentcommander.model.consensus.VerifiedOutcome;
import io.incidentcommander.operators.consensus.TallyFunction;
import io.incidentcommander.operators.consensus.TallyOperator;
import io.incidentcommander.udfs.consensus.DefaultRoster;
import io.incidentcommander.udfs.consensus.RoundPolicy;
import io.incidentcommander.udfs.consensus.Seating;
import io.incidentcommander.udfs.consensus.reputation.StandingPolicy;
import io.incidentcommander.udfs.consensus.reputation.Standings;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.contrib.streaming.state.EmbeddedRocksDBStateBackend;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.KeyedTwoInputStreamOperatorTestHarness;

/**
 * The tally of one tenant on RocksDB under the votes of the default agents: {@value #OPEN}
 * deliberations are open at a time and their votes come mixed, each decision is followed by its
 * outcome, and event time goes on by a millisecond for each. Signatures are not part of it: votes
 * come as verified.
 */
final class TallyLoad implements AutoCloseable {
    static final int OPEN = 200;

    private static final String TENANT = "acme";
    private static final long START = 1_700_000_000_000L;
    private static final Action RESTART = new Action("restart", "1", "checkout", Map.of());
    private static final Action SCALE = new Action("scale", "1", "checkout", Map.of("by", "2"));
    private static final SignedRecommendationMaker MAKER = new SignedRecommendationMaker();

    private final KeyedTwoInputStreamOperatorTestHarness<
                    String, TallyInput, RegisteredAgent, Decision>
            harness;
    private long snapshots;
    private long incidents;
    private List<TallyInput> questions = List.of();
    private List<TallyInput> votes = List.of();
    private List<TallyInput> outcomes = List.of();

    TallyLoad() throws Exception {
        Standings standings = new Standings(StandingPolicy.defaults());
        List<RegisteredAgent> agents = new ArrayList<>();
        for (DefaultRoster member : DefaultRoster.values()) {
            agents.add(
                    new RegisteredAgent(
                            RegisteredAgent.ALL_TENANTS,
                            member.agent(),
                            member.role(),
                            member.family(),
                            1,
                            Sha256.hex(Sha256.of(member.agent().getBytes(StandardCharsets.UTF_8))),
                            0));
        }
        harness =
                new KeyedTwoInputStreamOperatorTestHarness<>(
                        new TallyOperator(
                                new TallyFunction(
                                        RoundPolicy.DEFAULT,
                                        Seating.defaults(standings),
                                        standings,
                                        agents,
                                        action -> false)),
                        TallyInput::tenant,
                        any -> "",
                        Types.STRING,
                        128,
                        1,
                        0);
        harness.setStateBackend(new EmbeddedRocksDBStateBackend(true));
        harness.setup();
        harness.open();
    }

    /** Questions of the next deliberations; not part of the load. */
    void prepareQuestions() {
        questions = new ArrayList<>();
        for (int i = 0; i < OPEN; i++) {
            questions.add(
                    TallyInput.of(
                            new Question(
                                    TENANT,
                                    "incident-" + incidents++,
                                    1,
                                    CandidateList.of(List.of(RESTART, SCALE)),
                                    List.of("source:0:1:0", "source:0:2:0", "source:0:3:0"))));
        }
    }

    /** Opens the deliberations. */
    void ask() throws Exception {
        for (TallyInput question : questions) {
            harness.processElement1(new StreamRecord<>(question, START + incidents));
        }
    }

    /** Answers to what was asked; not part of the load. */
    void prepareVotes() {
        List<RoundRequest> requests = new ArrayList<>();
        harness.getSideOutput(TallyFunction.REQUESTS)
                .forEach(record -> requests.add(record.getValue()));
        votes = new ArrayList<>();
        outcomes = new ArrayList<>();
        for (DefaultRoster member : DefaultRoster.values()) {
            for (RoundRequest request : requests) {
                votes.add(TallyInput.of(MAKER.vote(request, member), SignatureCheck.VALID));
            }
        }
        for (RoundRequest request : requests) {
            outcomes.add(
                    TallyInput.of(
                            VerifiedOutcome.right(
                                    TENANT,
                                    request.terms().incidentId(),
                                    1,
                                    RESTART.id(),
                                    START + incidents)));
        }
    }

    /**
     * @return how many votes that were
     */
    int vote() throws Exception {
        for (TallyInput vote : votes) {
            harness.processElement1(new StreamRecord<>(vote));
        }
        return votes.size();
    }

    /** Tells how the decisions turned out, and lets time go on. */
    void judge() throws Exception {
        for (TallyInput outcome : outcomes) {
            harness.processElement1(new StreamRecord<>(outcome));
        }
        harness.processBothWatermarks(new Watermark(START + incidents));
    }

    /** Takes a snapshot, as a checkpoint would. */
    void store() throws Exception {
        snapshots++;
        harness.snapshot(snapshots, snapshots);
    }

    /** Decisions since the last call; forgets all output. */
    int decisions() {
        int decided = harness.extractOutputValues().size();
        harness.getOutput().clear();
        harness.getSideOutput(TallyFunction.REQUESTS).clear();
        return decided;
    }

    @Override
    public void close() throws Exception {
        harness.close();
    }

    /** Votes as agents give them, with nothing in the place of the signature. */
    private static final class SignedRecommendationMaker {
        SignedRecommendation vote(RoundRequest request, DefaultRoster member) {
            Recommendation said =
                    Recommendation.builder()
                            .answering(request)
                            .from(request.terms().roster().seat(member.agent()).orElseThrow())
                            .action(RESTART.id())
                            .confidence(0.9)
                            .evidenceIds(List.of("source:0:1:0", "source:0:3:0"))
                            .reasoning("The pool is exhausted since the last deployment.")
                            .rollbackPlan("Start the instances again.")
                            .issuedAtMillis(START)
                            .build();
            return new SignedRecommendation(said, new byte[SignedVote.SIGNATURE_BYTES]);
        }
    }
}
