// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.operators.consensus;

import io.incidentcommander.model.consensus.CaseNews;
import io.incidentcommander.model.consensus.CausalNews;
import io.incidentcommander.model.consensus.Recommendation;
import io.incidentcommander.model.consensus.RoundRequest;
import io.incidentcommander.model.consensus.SignedRecommendation;
import io.incidentcommander.model.correlation.Topology;
import io.incidentcommander.model.detection.PatternMatch;
import io.incidentcommander.model.diagnosis.CausalVerdict;
import io.incidentcommander.model.lifecycle.Incident;
import io.incidentcommander.operators.correlation.control.ControlSettings;
import io.incidentcommander.udfs.consensus.agents.Ballots;
import io.incidentcommander.udfs.consensus.agents.BuiltInAgent;
import io.incidentcommander.udfs.consensus.agents.CaseFile;
import io.incidentcommander.udfs.consensus.signature.Ed25519Signatures;
import io.incidentcommander.udfs.consensus.signature.VoteSignatures;
import io.incidentcommander.udfs.correlation.control.ControlBook;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.functions.co.KeyedCoProcessFunction;
import org.apache.flink.util.Collector;

/**
 * Keyed by tenant: the built-in agents. They learn of incidents and patterns, and answer requests
 * with signed votes, as agents elsewhere do over the same streams. Bounds: an incident is kept
 * until three minutes after its end, with what the metrics say of it, a pattern ten minutes, a
 * request whose incident is not known yet until its round ends.
 *
 * <p>The agent that reads metrics votes once it is told what they say of the incident, but not
 * later than it is given, and before the round ends: then by calls alone.
 */
public final class BuiltInAgentsFunction
        extends KeyedCoProcessFunction<String, CaseNews, RoundRequest, SignedRecommendation> {
    private static final long serialVersionUID = 1L;
    private static final long KEEP_ENDED_MILLIS = 180_000;
    private static final long KEEP_MATCH_MILLIS = 600_000;
    private static final long SWEEP_MILLIS = 60_000;

    private static final MapStateDescriptor<String, Incident> INCIDENTS =
            new MapStateDescriptor<>(
                    "agent-incidents", Types.STRING, TypeInformation.of(Incident.class));
    private static final MapStateDescriptor<String, PatternMatch> MATCHES =
            new MapStateDescriptor<>(
                    "agent-patterns", Types.STRING, TypeInformation.of(PatternMatch.class));
    private static final MapStateDescriptor<String, RoundRequest> WAITING =
            new MapStateDescriptor<>(
                    "agent-requests", Types.STRING, TypeInformation.of(RoundRequest.class));

    /** Incidents that the compromised agent has lied about; only in demonstrations. */
    private static final ValueStateDescriptor<Integer> LIES =
            new ValueStateDescriptor<>("agent-lies", Types.INT);

    private static final MapStateDescriptor<String, CausalNews> RANKINGS =
            new MapStateDescriptor<>(
                    "agent-rankings", Types.STRING, TypeInformation.of(CausalNews.class));

    /** Requests that the agent of metrics has not answered yet. */
    private static final MapStateDescriptor<String, RoundRequest> UNRANKED =
            new MapStateDescriptor<>(
                    "agent-requests-unranked",
                    Types.STRING,
                    TypeInformation.of(RoundRequest.class));

    /** So many incidents it is to be outvoted in before it gives itself away. */
    private static final int LIES_BEFORE_BOLD = 4;

    /** So long before a round ends a vote has to be on its way. */
    private static final long TO_BE_HEARD_MILLIS = 2_000;

    private static final BuiltInAgent OF_METRICS = BuiltInAgent.DIAGNOSIS_CAUSAL;

    private final Ballots ballots;
    private final AgentSecrets secrets;
    private final ControlSettings control;
    private final String compromised;
    private final long metricsWithinMillis;
    private final VoteSignatures signatures = new Ed25519Signatures();

    private transient Map<BuiltInAgent, byte[]> keys;
    private transient ControlBook book;
    private transient Map<String, Topology> topologies;
    private transient MapState<String, Incident> incidents;
    private transient MapState<String, PatternMatch> matches;
    private transient MapState<String, RoundRequest> waiting;
    private transient ValueState<Integer> lies;
    private transient MapState<String, CausalNews> rankings;
    private transient MapState<String, RoundRequest> unranked;

    /**
     * @param control who calls whom, as it is known from the start
     * @param compromised the agent that lies, for demonstrations
     * @param metricsWithinMillis event time from a request, in which the agent of metrics waits for
     *     them; 0 if nobody ranks by metrics
     */
    public BuiltInAgentsFunction(
            Ballots ballots,
            AgentSecrets secrets,
            ControlSettings control,
            Optional<BuiltInAgent> compromised,
            long metricsWithinMillis) {
        this.metricsWithinMillis = metricsWithinMillis;
        this.ballots = ballots;
        this.secrets = secrets;
        this.control = control;
        this.compromised = compromised.map(BuiltInAgent::agent).orElse("");
    }

    @Override
    public void open(OpenContext context) throws Exception {
        keys = new HashMap<>();
        secrets.read()
                .forEach((id, key) -> BuiltInAgent.ofName(id).ifPresent(a -> keys.put(a, key)));
        book = ControlBook.of(control.files(), control.maxSilences(), new ArrayList<>());
        topologies = new HashMap<>();
        incidents = getRuntimeContext().getMapState(INCIDENTS);
        matches = getRuntimeContext().getMapState(MATCHES);
        waiting = getRuntimeContext().getMapState(WAITING);
        lies = getRuntimeContext().getState(LIES);
        rankings = getRuntimeContext().getMapState(RANKINGS);
        unranked = getRuntimeContext().getMapState(UNRANKED);
    }

    @Override
    public void processElement1(CaseNews news, Context context, Collector<SignedRecommendation> out)
            throws Exception {
        if (news.match().isPresent()) {
            PatternMatch match = news.match().get();
            matches.put(match.patternId() + " " + match.subject(), match);
            sweepAfter(match.lastMillis() + KEEP_MATCH_MILLIS, context);
            return;
        }
        if (news.ranking().isPresent()) {
            hear(news.ranking().get(), context, out);
            return;
        }
        Incident incident = news.event().orElseThrow().incident();
        incidents.put(incident.incidentId(), incident);
        if (incident.isClosed()) {
            sweepAfter(incident.closedAtMillis() + KEEP_ENDED_MILLIS, context);
        }
        RoundRequest request = waiting.get(incident.incidentId());
        if (request != null) {
            waiting.remove(incident.incidentId());
            answer(request, incident, context, out);
        }
    }

    @Override
    public void processElement2(
            RoundRequest request, Context context, Collector<SignedRecommendation> out)
            throws Exception {
        Incident incident = incidents.get(request.terms().incidentId());
        if (incident == null) {
            waiting.put(request.terms().incidentId(), request);
            sweepAfter(request.terms().closesAtMillis(), context);
        } else {
            answer(request, incident, context, out);
        }
    }

    @Override
    public void onTimer(long time, OnTimerContext context, Collector<SignedRecommendation> out)
            throws Exception {
        List<RoundRequest> late = new ArrayList<>();
        for (RoundRequest request : unranked.values()) {
            if (waitsUntil(request) <= time) {
                late.add(request);
            }
        }
        late.sort(Comparator.comparing(request -> request.terms().incidentId()));
        for (RoundRequest request : late) {
            answerUnranked(request, out);
        }
        sweep(
                incidents.values().iterator(),
                incident ->
                        incident.isClosed()
                                && incident.closedAtMillis() + KEEP_ENDED_MILLIS <= time);
        sweep(matches.values().iterator(), match -> match.lastMillis() + KEEP_MATCH_MILLIS <= time);
        sweep(waiting.values().iterator(), request -> request.terms().closesAtMillis() <= time);
        forgetRankings();
    }

    /** What the metrics say of an incident is kept as long as the incident. */
    private void forgetRankings() throws Exception {
        Iterator<String> known = rankings.keys().iterator();
        while (known.hasNext()) {
            if (!incidents.contains(known.next())) {
                known.remove();
            }
        }
    }

    private void hear(CausalNews ranking, Context context, Collector<SignedRecommendation> out)
            throws Exception {
        rankings.put(ranking.incidentId(), ranking);
        sweepAfter(Math.max(0, context.timerService().currentWatermark()), context);
        RoundRequest request = unranked.get(ranking.incidentId());
        if (request != null) {
            answerUnranked(request, out);
        }
    }

    private void answer(
            RoundRequest request,
            Incident incident,
            Context context,
            Collector<SignedRecommendation> out)
            throws Exception {
        CaseFile file = file(incident);
        for (BuiltInAgent agent : BuiltInAgent.values()) {
            boolean waits =
                    agent == OF_METRICS
                            && metricsWithinMillis > 0
                            && !rankings.contains(incident.incidentId());
            if (waits) {
                unranked.put(incident.incidentId(), request);
                context.timerService().registerEventTimeTimer(waitsUntil(request));
            } else {
                answer(agent, request, file, out);
            }
        }
    }

    private void answerUnranked(RoundRequest request, Collector<SignedRecommendation> out)
            throws Exception {
        unranked.remove(request.terms().incidentId());
        Incident incident = incidents.get(request.terms().incidentId());
        if (incident != null) {
            answer(OF_METRICS, request, file(incident), out);
        }
    }

    private long waitsUntil(RoundRequest request) {
        return Math.min(
                request.terms().requestedAtMillis() + metricsWithinMillis,
                request.terms().closesAtMillis() - TO_BE_HEARD_MILLIS);
    }

    private CaseFile file(Incident incident) throws Exception {
        List<PatternMatch> seen = new ArrayList<>();
        matches.values().forEach(seen::add);
        CausalNews ranking = rankings.get(incident.incidentId());
        return new CaseFile(
                incident,
                seen,
                topology(incident.tenant()),
                ranking == null ? CausalVerdict.noMetrics() : ranking.verdict());
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
        if (agent.agent().equals(compromised)) {
            int told = lies.value() == null ? 0 : lies.value();
            boolean first = request.terms().attempt() == 1 && request.terms().round() == 1;
            lies.update(first ? told + 1 : told);
            boolean bold = lies.value() > LIES_BEFORE_BOLD;
            ballots.compromised(agent, request, file, bold)
                    .forEach(lie -> out.collect(sign(lie, key)));
        } else {
            ballots.honest(agent, request, file).ifPresent(said -> out.collect(sign(said, key)));
        }
    }

    private SignedRecommendation sign(Recommendation said, byte[] key) {
        return new SignedRecommendation(said, signatures.sign(key, said.statement().canonical()));
    }

    private Topology topology(String tenant) {
        return topologies.computeIfAbsent(
                tenant, name -> book.rules(name, Long.MIN_VALUE).topology());
    }

    /** At whole minutes: however much there is to forget, it is one timer a minute. */
    private static void sweepAfter(long time, KeyedCoProcessFunction<?, ?, ?, ?>.Context context) {
        context.timerService().registerEventTimeTimer((time / SWEEP_MILLIS + 1) * SWEEP_MILLIS);
    }

    private static <T> void sweep(Iterator<T> all, Predicate<T> isOver) {
        while (all.hasNext()) {
            if (isOver.test(all.next())) {
                all.remove();
            }
        }
    }
}
