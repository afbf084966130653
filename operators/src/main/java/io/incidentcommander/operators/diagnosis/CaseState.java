// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.operators.diagnosis;

import io.incidentcommander.model.detection.PatternMatch;
import io.incidentcommander.model.diagnosis.Analysis;
import io.incidentcommander.model.diagnosis.logs.ServiceLogs;
import io.incidentcommander.model.ingest.Alert;
import io.incidentcommander.udfs.diagnosis.offline.FirstAlerts;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.function.Predicate;
import org.apache.flink.api.common.functions.RuntimeContext;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;

/**
 * What is known of a tenant's cases, by service, so that who asks about an incident reads what is
 * of its services alone. Bounds: the {@link FirstAlerts} of a service, what its logs say and the
 * last {@value #MOST_MATCHES_OF_SERVICE} patterns, each for ten minutes; incidents until three
 * after their end.
 */
final class CaseState {
    private static final int MOST_OF_SERVICE = FirstAlerts.MOST_OF_SERVICE;
    private static final long KEEP_MILLIS = FirstAlerts.KEEP_MILLIS;
    private static final long KEEP_ENDED_MILLIS = 180_000;
    private static final int MOST_MATCHES_OF_SERVICE = 20;

    private static final MapStateDescriptor<String, List<Alert>> ALERTS =
            new MapStateDescriptor<>(
                    "case-alerts", Types.STRING, Types.LIST(TypeInformation.of(Alert.class)));
    private static final MapStateDescriptor<String, ServiceLogs> LOGS =
            new MapStateDescriptor<>(
                    "case-logs", Types.STRING, TypeInformation.of(ServiceLogs.class));
    private static final MapStateDescriptor<String, List<PatternMatch>> MATCHES =
            new MapStateDescriptor<>(
                    "case-patterns-of-service",
                    Types.STRING,
                    Types.LIST(TypeInformation.of(PatternMatch.class)));
    private static final MapStateDescriptor<String, Analysis> ANALYSES =
            new MapStateDescriptor<>(
                    "case-analyses", Types.STRING, TypeInformation.of(Analysis.class));

    private final MapState<String, List<Alert>> alerts;
    private final MapState<String, ServiceLogs> logs;
    private final MapState<String, List<PatternMatch>> matches;
    private final MapState<String, Analysis> analyses;

    CaseState(RuntimeContext context) {
        alerts = context.getMapState(ALERTS);
        logs = context.getMapState(LOGS);
        matches = context.getMapState(MATCHES);
        analyses = context.getMapState(ANALYSES);
    }

    void add(Alert alert) throws Exception {
        List<Alert> known = alerts.get(alert.service());
        List<Alert> kept = new ArrayList<>();
        if (known != null) {
            for (Alert one : known) {
                if (one.eventTimeMillis() + KEEP_MILLIS > alert.eventTimeMillis()) {
                    kept.add(one);
                }
            }
            boolean isNew = kept.stream().noneMatch(one -> one.name().equals(alert.name()));
            if (kept.size() == known.size() && !(isNew && kept.size() < MOST_OF_SERVICE)) {
                return; // Most often: a read and no write.
            }
            if (!isNew) {
                alerts.put(alert.service(), kept);
                return;
            }
        }
        if (kept.size() < MOST_OF_SERVICE) {
            kept.add(alert);
        }
        alerts.put(alert.service(), kept);
    }

    void put(ServiceLogs said) throws Exception {
        if (said.findings().isEmpty()) {
            logs.remove(said.service());
        } else {
            logs.put(said.service(), said);
        }
    }

    /** In the place of what the pattern told of its subject before; the oldest leaves. */
    void put(PatternMatch match) throws Exception {
        for (String service : match.services()) {
            List<PatternMatch> kept = new ArrayList<>(matches(service));
            kept.removeIf(one -> isOfSame(one, match));
            if (kept.size() >= MOST_MATCHES_OF_SERVICE) {
                kept.remove(0);
            }
            kept.add(match);
            matches.put(service, kept);
        }
    }

    private static boolean isOfSame(PatternMatch one, PatternMatch other) {
        return one.patternId().equals(other.patternId()) && one.subject().equals(other.subject());
    }

    void put(Analysis analysis) throws Exception {
        analyses.put(analysis.incident().incidentId(), analysis);
    }

    Analysis analysis(String incidentId) throws Exception {
        return analyses.get(incidentId);
    }

    List<Alert> alerts(String service) throws Exception {
        List<Alert> known = alerts.get(service);
        return known == null ? List.of() : known;
    }

    List<ServiceLogs> logs(List<String> services) throws Exception {
        List<ServiceLogs> said = new ArrayList<>();
        for (String service : services) {
            ServiceLogs one = logs.get(service);
            if (one != null) {
                said.add(one);
            }
        }
        return said;
    }

    /** Each once, though it names several of the services. */
    List<PatternMatch> matches(List<String> services) throws Exception {
        List<PatternMatch> all = new ArrayList<>();
        for (String service : services) {
            for (PatternMatch match : matches(service)) {
                if (all.stream().noneMatch(one -> isOfSame(one, match))) {
                    all.add(match);
                }
            }
        }
        return all;
    }

    private List<PatternMatch> matches(String service) throws Exception {
        List<PatternMatch> known = matches.get(service);
        return known == null ? List.of() : known;
    }

    /** By incident id, so that the order is the same after a restore. */
    List<Analysis> due(long time) throws Exception {
        List<Analysis> due = new ArrayList<>();
        for (Analysis analysis : analyses.values()) {
            if (analysis.dueAtMillis() <= time) {
                due.add(analysis);
            }
        }
        due.sort((a, b) -> a.incident().incidentId().compareTo(b.incident().incidentId()));
        return due;
    }

    void forget(long time) throws Exception {
        drop(
                alerts,
                known ->
                        known.isEmpty()
                                || known.get(known.size() - 1).eventTimeMillis() + KEEP_MILLIS
                                        <= time);
        drop(logs, said -> said.untilMillis() + KEEP_MILLIS <= time);
        drop(matches, known -> known.get(known.size() - 1).lastMillis() + KEEP_MILLIS <= time);
        drop(
                analyses,
                analysis ->
                        analysis.incident().isClosed()
                                && analysis.incident().closedAtMillis() + KEEP_ENDED_MILLIS
                                        <= time);
    }

    boolean isEmpty() throws Exception {
        return alerts.isEmpty() && logs.isEmpty() && matches.isEmpty() && !hasClosed();
    }

    private boolean hasClosed() throws Exception {
        for (Analysis analysis : analyses.values()) {
            if (analysis.incident().isClosed()) {
                return true;
            }
        }
        return false;
    }

    private static <T> void drop(MapState<String, T> state, Predicate<T> isOver) throws Exception {
        Iterator<T> all = state.values().iterator();
        while (all.hasNext()) {
            if (isOver.test(all.next())) {
                all.remove();
            }
        }
        if (state.isEmpty()) {
            state.clear();
        }
    }
}
