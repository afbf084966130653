// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.datagen.storm;

import io.incidentcommander.datagen.storm.FaultScenario.Spread;
import io.incidentcommander.model.ingest.Severity;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * One fault as the seed has it: which service fails, whom it reaches, and what fires where. The
 * first symptoms are the origin's own. Immutable.
 */
final class FaultPlan {
    private static final int LEAST_SERVICES = 3;
    private static final int MOST_SERVICES = 9;
    private static final int MOST_HOPS = 4;
    private static final int TRIES = 80;
    private static final double[] REACHED = {0.95, 0.8, 0.6, 0.5};
    private static final Severity[] SEVERITIES = Severity.values();

    private static final RecordFormat[] FORMATS = {
        RecordFormat.ALERTMANAGER,
        RecordFormat.EVENTBRIDGE,
        RecordFormat.SNS,
        RecordFormat.DATADOG,
        RecordFormat.GRAFANA,
        RecordFormat.CANONICAL,
        RecordFormat.PAGERDUTY_EVENTS
    };

    private final FaultScenario scenario;
    private final String origin;
    private final Map<String, Integer> hops;
    private final List<Symptom> symptoms;

    /** By the number of symptoms that fire, from one: they fire in order of onset. */
    private final AliasTable[] draws;

    private FaultPlan(
            FaultScenario scenario,
            String origin,
            Map<String, Integer> hops,
            List<Symptom> symptoms) {
        this.scenario = scenario;
        this.origin = origin;
        this.hops = Collections.unmodifiableMap(new LinkedHashMap<>(hops));
        this.symptoms = List.copyOf(symptoms);
        this.draws = new AliasTable[symptoms.size() + 1];
        for (int n = 1; n <= symptoms.size(); n++) {
            draws[n] =
                    AliasTable.of(
                            symptoms.stream().limit(n).mapToDouble(Symptom::weight).toArray());
        }
    }

    /**
     * @param taken services that should not suffer twice; respected where there is room
     */
    static FaultPlan of(FaultScenario scenario, Landscape landscape, long seed, Set<String> taken) {
        Draws draws = Draws.of(seed).fork(scenario.ordinal());
        List<Integer> origins = landscape.ofRoles(scenario.origins());
        for (int attempt = 0; ; attempt++) {
            Draws own = draws.fork(attempt);
            int origin = own.oneOf(origins);
            Map<Integer, Integer> hops = spread(scenario, landscape.graph(), origin, own);
            Map<String, Integer> reached = new LinkedHashMap<>();
            hops.forEach((service, hop) -> reached.put(landscape.graph().name(service), hop));
            boolean good =
                    reached.size() >= LEAST_SERVICES
                            && Collections.disjoint(reached.keySet(), taken);
            if (good || attempt == TRIES) {
                List<Symptom> symptoms = symptoms(scenario, landscape.graph(), hops, own);
                return new FaultPlan(scenario, landscape.graph().name(origin), reached, symptoms);
            }
        }
    }

    FaultScenario scenario() {
        return scenario;
    }

    String origin() {
        return origin;
    }

    /** The origin first, then as the fault reaches them. */
    List<String> affected() {
        return List.copyOf(hops.keySet());
    }

    /** The affected services by how many calls they are from the origin. */
    Map<String, Integer> hops() {
        return hops;
    }

    /** By onset. */
    List<Symptom> symptoms() {
        return symptoms;
    }

    /** The number of the symptom that a random draw shows when so much has passed. */
    int symptomAt(double progress, long random) {
        int firing = 1;
        while (firing < symptoms.size() && symptoms.get(firing).onset() <= progress) {
            firing++;
        }
        return draws[firing].sample(random);
    }

    /** Services by hops from the origin, in order of hops. */
    private static Map<Integer, Integer> spread(
            FaultScenario scenario, ServiceGraph graph, int origin, Draws draws) {
        Map<Integer, Integer> hops = new LinkedHashMap<>(Map.of(origin, 0));
        List<Integer> wave = List.of(origin);
        for (int hop = 1; hop <= MOST_HOPS; hop++) {
            List<Integer> next = new ArrayList<>();
            for (int at : wave) {
                boolean up = scenario.spread() == Spread.TO_CALLERS;
                for (int to : up ? graph.dependents(at) : graph.dependencies(at)) {
                    boolean room = hops.size() < MOST_SERVICES && !hops.containsKey(to);
                    if (room && draws.chance(REACHED[hop - 1])) {
                        hops.put(to, hop);
                        next.add(to);
                    }
                }
            }
            wave = next;
        }
        return hops;
    }

    private static List<Symptom> symptoms(
            FaultScenario scenario, ServiceGraph graph, Map<Integer, Integer> hops, Draws draws) {
        List<Symptom> all = new ArrayList<>();
        for (Map.Entry<Integer, Integer> reached : hops.entrySet()) {
            String service = graph.name(reached.getKey());
            if (reached.getValue() == 0) {
                origin(scenario, service, draws, all);
            } else {
                dependent(scenario, service, reached.getValue(), draws, all);
            }
        }
        all.sort(Comparator.comparingDouble(Symptom::onset));
        return all;
    }

    private static void origin(
            FaultScenario scenario, String service, Draws draws, Collection<Symptom> to) {
        List<AlertKind> kinds = shuffled(SymptomWords.ofOrigin(scenario), draws);
        int rules = draws.between(2, 4);
        for (int i = 0; i < rules; i++) {
            double onset = i == 0 ? 0 : draws.unit() * 0.15;
            to.add(alert(scenario, service, kinds.get(i), onset, draws.between(2, 4), draws));
        }
        if (scenario == FaultScenario.MEMORY_LEAK) {
            AlertKind gauge = SymptomWords.gauge(draws.below(3));
            to.add(
                    Symptom.of(
                            service,
                            gauge,
                            Severity.INFO,
                            RecordFormat.OTLP_METRICS,
                            0.02,
                            1,
                            draws.between(1, 3)));
        }
    }

    private static void dependent(
            FaultScenario scenario, String service, int hop, Draws draws, Collection<Symptom> to) {
        double reached = 0.06 + 0.06 * hop + draws.unit() * 0.04;
        List<AlertKind> general = shuffled(SymptomWords.effects(), draws);
        List<AlertKind> knowing = shuffled(SymptomWords.effectsOf(scenario), draws);
        int rules = draws.between(1, 3);
        for (int i = 0; i < rules; i++) {
            boolean knows = hop == 1 && i < knowing.size() && draws.chance(0.4);
            AlertKind kind = knows ? knowing.get(i) : general.get(i);
            double onset = reached + (i == 0 ? 0 : draws.unit() * 0.05);
            to.add(alert(scenario, service, kind, onset, draws.between(2, 5), draws));
        }
    }

    private static Symptom alert(
            FaultScenario scenario,
            String service,
            AlertKind kind,
            double onset,
            int weight,
            Draws draws) {
        int usual = scenario.severity().ordinal();
        int step = draws.chance(0.3) ? -1 : draws.chance(0.1) ? 1 : 0;
        Severity severity = SEVERITIES[Math.max(Severity.LOW.ordinal(), Math.min(4, usual + step))];
        return Symptom.of(
                service, kind, severity, draws.oneOf(FORMATS), onset, weight, draws.between(1, 8));
    }

    private static List<AlertKind> shuffled(List<AlertKind> kinds, Draws draws) {
        List<AlertKind> mixed = new ArrayList<>();
        for (AlertKind kind : kinds) {
            mixed.add(draws.below(mixed.size() + 1), kind);
        }
        return mixed;
    }
}
