// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.operators.consensus;

import io.incidentcommander.model.consensus.CaseNews;
import io.incidentcommander.model.consensus.CausalNews;
import io.incidentcommander.model.consensus.Recommendation;
import io.incidentcommander.model.consensus.RoundRequest;
import io.incidentcommander.model.consensus.SignedRecommendation;
import io.incidentcommander.model.correlation.Topology;
import io.incidentcommander.model.detection.PatternMatch;
import io.incidentcommander.model.lifecycle.Incident;
import io.incidentcommander.udfs.consensus.agents.BuiltInAgent;
import io.incidentcommander.udfs.consensus.agents.CaseFile;
import io.incidentcommander.udfs.consensus.signature.Ed25519Signatures;
import io.incidentcommander.udfs.consensus.signature.VoteSignatures;
import io.incidentcommander.udfs.correlation.control.ControlBook;
import java.io.IOException;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import org.apache.flink.api.common.functions.RuntimeContext;
import org.apache.flink.streaming.api.TimerService;
import org.apache.flink.util.Collector;

/**
 * What the operators of the built-in agents have in common. Keyed by tenant: the agents learn of
 * incidents and patterns, and answer requests with signed votes, as agents elsewhere do over the
 * same streams. State: {@link AgentCases}. Who calls whom is what holds at the time of the request.
 *
 * <p>The agent that reads metrics votes once it is told what they say of the incident, but not
 * later than it is given, and before the round ends: then by calls alone. In the task's thread,
 * under the current key.
 */
final class AgentDesk {
    private static final long SWEEP_MILLIS = 60_000;

    /** So many incidents it is to be outvoted in before it gives itself away. */
    private static final int LIES_BEFORE_BOLD = 3;

    /** So long before a round ends a vote has to be on its way. */
    private static final long TO_BE_HEARD_MILLIS = 2_000;

    private static final BuiltInAgent OF_METRICS = BuiltInAgent.DIAGNOSIS_CAUSAL;

    private final BuiltInAgentsSetup setup;
    private final ControlBook book;
    private final AgentCases cases;
    private final Map<BuiltInAgent, byte[]> keys = new EnumMap<>(BuiltInAgent.class);
    private final VoteSignatures signatures = new Ed25519Signatures();

    /**
     * @throws IOException if the keys cannot be read
     */
    AgentDesk(BuiltInAgentsSetup setup, ControlBook book, RuntimeContext context)
            throws IOException {
        this.setup = setup;
        this.book = book;
        this.cases = new AgentCases(context);
        setup.secrets()
                .read()
                .forEach((id, key) -> BuiltInAgent.ofName(id).ifPresent(a -> keys.put(a, key)));
    }

    void hear(CaseNews news, TimerService timers, Collector<SignedRecommendation> out)
            throws Exception {
        if (news.match().isPresent()) {
            PatternMatch match = news.match().get();
            cases.put(match);
            sweepAfter(match.lastMillis() + AgentCases.KEEP_MATCH_MILLIS, timers);
        } else if (news.ranking().isPresent()) {
            hear(news.ranking().get(), timers, out);
        } else {
            hear(news.event().orElseThrow().incident(), timers, out);
        }
    }

    private void hear(Incident incident, TimerService timers, Collector<SignedRecommendation> out)
            throws Exception {
        cases.put(incident);
        if (incident.isClosed()) {
            sweepAfter(incident.closedAtMillis() + AgentCases.KEEP_ENDED_MILLIS, timers);
        }
        Optional<RoundRequest> request = cases.awaited(incident.incidentId());
        if (request.isPresent()) {
            answer(request.get(), incident, timers, out);
        }
    }

    private void hear(CausalNews ranking, TimerService timers, Collector<SignedRecommendation> out)
            throws Exception {
        cases.put(ranking);
        sweepAfter(Math.max(0, timers.currentWatermark()), timers);
        Optional<RoundRequest> request = cases.awaitedRanking(ranking.incidentId());
        if (request.isPresent()) {
            answerByMetrics(request.get(), out);
        }
    }

    void ask(RoundRequest request, TimerService timers, Collector<SignedRecommendation> out)
            throws Exception {
        Optional<Incident> incident = cases.incident(request.terms().incidentId());
        if (incident.isPresent()) {
            answer(request, incident.get(), timers, out);
        } else {
            cases.await(request);
            sweepAfter(request.terms().closesAtMillis(), timers);
        }
    }

    /** A timer fired. */
    void due(long time, Collector<SignedRecommendation> out) throws Exception {
        for (RoundRequest request : cases.unranked()) {
            if (waitsUntil(request) <= time) {
                cases.awaitedRanking(request.terms().incidentId());
                answerByMetrics(request, out);
            }
        }
        cases.forget(time);
    }

    private void answer(
            RoundRequest request,
            Incident incident,
            TimerService timers,
            Collector<SignedRecommendation> out)
            throws Exception {
        CaseFile file = file(request, incident);
        for (BuiltInAgent agent : BuiltInAgent.values()) {
            boolean waits =
                    agent == OF_METRICS
                            && !setup.isCompromised(agent) // who lies needs no metrics
                            && setup.metricsWithinMillis() > 0
                            && !cases.isRanked(incident.incidentId());
            if (waits) {
                cases.awaitRanking(request);
                timers.registerEventTimeTimer(waitsUntil(request));
            } else {
                answer(agent, request, file, out);
            }
        }
    }

    private void answerByMetrics(RoundRequest request, Collector<SignedRecommendation> out)
            throws Exception {
        Optional<Incident> incident = cases.incident(request.terms().incidentId());
        if (incident.isPresent()) {
            answer(OF_METRICS, request, file(request, incident.get()), out);
        }
    }

    private long waitsUntil(RoundRequest request) {
        return Math.min(
                request.terms().requestedAtMillis() + setup.metricsWithinMillis(),
                request.terms().closesAtMillis() - TO_BE_HEARD_MILLIS);
    }

    private CaseFile file(RoundRequest request, Incident incident) throws Exception {
        Topology topology =
                book.rules(incident.tenant(), request.terms().requestedAtMillis()).topology();
        return new CaseFile(
                incident, cases.matches(), topology, cases.ranking(incident.incidentId()));
    }

    private void answer(
            BuiltInAgent agent,
            RoundRequest request,
            CaseFile file,
            Collector<SignedRecommendation> out)
            throws Exception {
        byte[] key = keys.get(agent);
        if (key == null) {
            return; // not of this roster
        }
        if (setup.isCompromised(agent)) {
            boolean first = request.terms().attempt() == 1 && request.terms().round() == 1;
            int told = cases.lies() + (first ? 1 : 0);
            cases.lies(told);
            setup.ballots()
                    .compromised(agent, request, file, told > LIES_BEFORE_BOLD)
                    .forEach(lie -> out.collect(sign(lie, key)));
        } else {
            setup.ballots()
                    .honest(agent, request, file)
                    .ifPresent(said -> out.collect(sign(said, key)));
        }
    }

    private SignedRecommendation sign(Recommendation said, byte[] key) {
        return new SignedRecommendation(said, signatures.sign(key, said.statement().canonical()));
    }

    /** At whole minutes: however much there is to forget, it is one timer a minute. */
    private static void sweepAfter(long time, TimerService timers) {
        timers.registerEventTimeTimer((time / SWEEP_MILLIS + 1) * SWEEP_MILLIS);
    }
}
