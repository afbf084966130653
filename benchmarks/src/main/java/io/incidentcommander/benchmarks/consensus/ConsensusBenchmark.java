// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.benchmarks.consensus;

import io.incidentcommander.benchmarks.Cost;
import io.incidentcommander.benchmarks.Reference;
import io.incidentcommander.model.codec.Sha256;
import io.incidentcommander.model.consensus.Action;
import io.incidentcommander.model.consensus.CandidateList;
import io.incidentcommander.model.consensus.Decision;
import io.incidentcommander.model.consensus.Deliberation;
import io.incidentcommander.model.consensus.Protocol;
import io.incidentcommander.model.consensus.Question;
import io.incidentcommander.model.consensus.Recommendation;
import io.incidentcommander.model.consensus.RoundRequest;
import io.incidentcommander.model.consensus.SignedRecommendation;
import io.incidentcommander.udfs.consensus.Circumstances;
import io.incidentcommander.udfs.consensus.DefaultRoster;
import io.incidentcommander.udfs.consensus.Deliberator;
import io.incidentcommander.udfs.consensus.Rosters;
import io.incidentcommander.udfs.consensus.RoundPolicy;
import io.incidentcommander.udfs.consensus.RoundSetup;
import io.incidentcommander.udfs.consensus.Step;
import io.incidentcommander.udfs.consensus.signature.Ed25519Signatures;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What the core of consensus costs with the default roster, against verifying one signature. Each
 * call takes the next of many deliberations.
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 3, time = 1)
@Fork(2)
@State(Scope.Thread)
public class ConsensusBenchmark {
    private static final long NOW = 1_700_000_000_000L;
    private static final int DELIBERATIONS = 1024;
    private static final Action RESTART = new Action("restart", "1", "checkout", Map.of());

    private final Ed25519Signatures signatures = new Ed25519Signatures();
    private final Deliberator deliberator = new Deliberator(RoundPolicy.DEFAULT);
    private final List<Question> questions = new ArrayList<>();
    private final List<List<SignedRecommendation>> votes = new ArrayList<>();
    private final List<Deliberation> beforeThird = new ArrayList<>();
    private final Map<String, String> keys = new HashMap<>();
    private Circumstances circumstances;
    private int next;

    @Setup
    public void ask() {
        for (int i = 0; i < DELIBERATIONS; i++) {
            questions.add(
                    new Question(
                            "tenant",
                            "incident" + i,
                            1,
                            CandidateList.of(List.of(RESTART)),
                            List.of("alert-1", "alert-2", "metric-1")));
            circumstances = freeze();
            Step step = deliberator.open(questions.get(i), NOW, circumstances);
            votes.add(answers(step.requests().get(0)));
            step = vote(step.deliberation(), votes.get(i).get(0));
            beforeThird.add(vote(step.deliberation(), votes.get(i).get(1)).deliberation());
        }
    }

    /** One vote: all checks but the signature, and the tally of three. */
    @Benchmark
    public Step vote(Cost cost) {
        int i = turn();
        cost.records++;
        return vote(beforeThird.get(i), votes.get(i).get(2));
    }

    /** From the question to the decision and its certificate: freezing the roster, four votes. */
    @Benchmark
    public Decision decide(Cost cost) {
        cost.records++;
        return decide(turn(), false);
    }

    /** As above, each vote's signature verified. */
    @Benchmark
    public Decision decideVerifyingSignatures(Cost cost) {
        cost.records++;
        return decide(turn(), true);
    }

    @Benchmark
    @Reference
    public boolean verifyOneSignature(Cost cost) {
        cost.records++;
        return verify(votes.get(turn()).get(0));
    }

    private Decision decide(int i, boolean verifying) {
        Step step = deliberator.open(questions.get(i), NOW, freeze());
        for (SignedRecommendation vote : votes.get(i)) {
            if (step.decision().isPresent()) {
                break;
            }
            if (verifying && !verify(vote)) {
                throw new IllegalStateException("A signature of ours does not hold");
            }
            step = vote(step.deliberation(), vote);
        }
        return step.decision().orElseThrow();
    }

    private Step vote(Deliberation deliberation, SignedRecommendation vote) {
        return deliberator.vote(deliberation, vote, NOW, circumstances);
    }

    private boolean verify(SignedRecommendation vote) {
        return signatures.verify(
                keys().get(vote.agent()),
                vote.recommendation().statement().canonical(),
                vote.signature());
    }

    private Circumstances freeze() {
        return Circumstances.fixed(
                new RoundSetup(
                        Rosters.freeze(
                                Rosters.DEFAULT_WEIGHTS,
                                DefaultRoster.seats(agent -> keys().get(agent)),
                                Set.of()),
                        Protocol.WEIGHTED));
    }

    private List<SignedRecommendation> answers(RoundRequest request) {
        List<SignedRecommendation> answers = new ArrayList<>();
        for (DefaultRoster member : DefaultRoster.values()) {
            Recommendation said =
                    Recommendation.builder()
                            .answering(request)
                            .from(request.terms().roster().seat(member.agent()).orElseThrow())
                            .action(RESTART.id())
                            .confidence(0.9)
                            .evidenceIds(List.of("alert-1", "metric-1"))
                            .reasoning("The pool is exhausted since the last deployment.")
                            .rollbackPlan("Start the instances again.")
                            .issuedAtMillis(NOW)
                            .build();
            answers.add(
                    new SignedRecommendation(
                            said,
                            signatures.sign(seed(member.agent()), said.statement().canonical())));
        }
        return answers;
    }

    private Map<String, String> keys() {
        if (keys.isEmpty()) {
            for (DefaultRoster member : DefaultRoster.values()) {
                keys.put(member.agent(), signatures.publicKey(seed(member.agent())));
            }
        }
        return keys;
    }

    private static byte[] seed(String agent) {
        return Sha256.of(agent.getBytes(StandardCharsets.UTF_8));
    }

    private int turn() {
        next = next + 1 == DELIBERATIONS ? 0 : next + 1;
        return next;
    }
}
