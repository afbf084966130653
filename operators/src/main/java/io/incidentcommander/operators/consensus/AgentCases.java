// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.operators.consensus;

import io.incidentcommander.model.consensus.CausalNews;
import io.incidentcommander.model.consensus.RoundRequest;
import io.incidentcommander.model.detection.PatternMatch;
import io.incidentcommander.model.diagnosis.CausalVerdict;
import io.incidentcommander.model.lifecycle.Incident;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.apache.flink.api.common.functions.RuntimeContext;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;

/**
 * What the built-in agents know of a tenant. Bounds: an incident is kept until three minutes after
 * its end, with what the metrics say of it, a pattern ten minutes, a request whose incident is not
 * known yet until its round ends, one that waits for metrics until it is answered.
 */
final class AgentCases {
    static final long KEEP_ENDED_MILLIS = 180_000;
    static final long KEEP_MATCH_MILLIS = 600_000;

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

    private final MapState<String, Incident> incidents;
    private final MapState<String, PatternMatch> matches;
    private final MapState<String, RoundRequest> waiting;
    private final ValueState<Integer> lies;
    private final MapState<String, CausalNews> rankings;
    private final MapState<String, RoundRequest> unranked;

    AgentCases(RuntimeContext context) {
        incidents = context.getMapState(INCIDENTS);
        matches = context.getMapState(MATCHES);
        waiting = context.getMapState(WAITING);
        lies = context.getState(LIES);
        rankings = context.getMapState(RANKINGS);
        unranked = context.getMapState(UNRANKED);
    }

    void put(Incident incident) throws Exception {
        incidents.put(incident.incidentId(), incident);
    }

    void put(PatternMatch match) throws Exception {
        matches.put(match.patternId() + " " + match.subject(), match);
    }

    void put(CausalNews ranking) throws Exception {
        rankings.put(ranking.incidentId(), ranking);
    }

    Optional<Incident> incident(String id) throws Exception {
        return Optional.ofNullable(incidents.get(id));
    }

    List<PatternMatch> matches() throws Exception {
        List<PatternMatch> all = new ArrayList<>();
        matches.values().forEach(all::add);
        return all;
    }

    boolean isRanked(String incident) throws Exception {
        return rankings.contains(incident);
    }

    CausalVerdict ranking(String incident) throws Exception {
        CausalNews known = rankings.get(incident);
        return known == null ? CausalVerdict.noMetrics() : known.verdict();
    }

    /** Until its incident is known. */
    void await(RoundRequest request) throws Exception {
        waiting.put(request.terms().incidentId(), request);
    }

    /** What waited for the incident; it no longer does. */
    Optional<RoundRequest> awaited(String incident) throws Exception {
        return taken(waiting, incident);
    }

    /** Until the metrics have their say. */
    void awaitRanking(RoundRequest request) throws Exception {
        unranked.put(request.terms().incidentId(), request);
    }

    /** What waited for the metrics; it no longer does. */
    Optional<RoundRequest> awaitedRanking(String incident) throws Exception {
        return taken(unranked, incident);
    }

    /** Those that wait for metrics, by id of their incidents. */
    List<RoundRequest> unranked() throws Exception {
        List<RoundRequest> all = new ArrayList<>();
        unranked.values().forEach(all::add);
        all.sort(Comparator.comparing(request -> request.terms().incidentId()));
        return all;
    }

    int lies() throws Exception {
        return lies.value() == null ? 0 : lies.value();
    }

    void lies(int told) throws Exception {
        lies.update(told);
    }

    void forget(long time) throws Exception {
        drop(
                incidents.values().iterator(),
                incident ->
                        incident.isClosed()
                                && incident.closedAtMillis() + KEEP_ENDED_MILLIS <= time);
        drop(matches.values().iterator(), match -> match.lastMillis() + KEEP_MATCH_MILLIS <= time);
        drop(waiting.values().iterator(), request -> request.terms().closesAtMillis() <= time);
        Iterator<String> known = rankings.keys().iterator();
        while (known.hasNext()) {
            if (!incidents.contains(known.next())) {
                known.remove();
            }
        }
    }

    private static Optional<RoundRequest> taken(
            MapState<String, RoundRequest> from, String incident) throws Exception {
        RoundRequest request = from.get(incident);
        if (request != null) {
            from.remove(incident);
        }
        return Optional.ofNullable(request);
    }

    private static <T> void drop(Iterator<T> all, Predicate<T> isOver) {
        while (all.hasNext()) {
            if (isOver.test(all.next())) {
                all.remove();
            }
        }
    }
}
