// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.datagen.correlation;

import io.incidentcommander.datagen.correlation.SimulatedFault.Relation;
import io.incidentcommander.datagen.storm.Draws;
import io.incidentcommander.datagen.storm.ServiceGraph;
import io.incidentcommander.model.sampling.NotableAlert;
import io.incidentcommander.model.sampling.NotifyReason;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Set;

/**
 * Makes a {@link SimulatedStorm}. A fault spreads from its origin to callers, at each hop after a
 * delay and with a probability that falls with the distance; some services suffer in silence. The
 * second fault of each three begins together with the first but elsewhere, the third a little later
 * with a service in common, where the graph has room for such.
 */
final class StormSimulator {
    /** 2026-01-01T00:00:00Z. */
    static final long START_MILLIS = 1_767_225_600_000L;

    private static final long HISTORY_MILLIS = 1_800_000L;
    private static final long BETWEEN_MILLIS = 1_200_000L;
    private static final int MOST_HOPS = 5;
    private static final int MOST_SERVICES = 40;
    private static final int TRIES = 60;
    private static final double[] REACHED = {0.9, 0.8, 0.65, 0.5, 0.4};
    private static final double SILENT = 0.15;

    private final StormShape shape;
    private final ServiceGraph graph;
    private final Draws draws;
    private final SimulatedAlerts alerts = new SimulatedAlerts();
    private final List<LabelledAlert> all = new ArrayList<>();

    StormSimulator(StormShape shape) {
        this.shape = shape;
        this.graph = shape.graph().graph(shape.services(), shape.seed());
        this.draws = Draws.of(shape.seed());
    }

    SimulatedStorm simulate() {
        List<SimulatedFault> faults = new ArrayList<>();
        long start = START_MILLIS + HISTORY_MILLIS;
        long end = start;
        for (int i = 0; i < shape.faults(); i++) {
            Relation relation = Relation.values()[i % Relation.values().length];
            if (relation == Relation.ALONE && i > 0) {
                start += BETWEEN_MILLIS;
            }
            SimulatedFault fault = fault(i, relation, start, faults);
            end = Math.max(end, symptoms(i, fault));
            faults.add(fault);
        }
        int signals = (int) all.stream().filter(a -> isFiring(a.alert().reason())).count();
        noise((int) Math.round(signals * shape.noisePerSignal()), end);
        return new SimulatedStorm(shape, graph, faults, all);
    }

    static boolean isFiring(NotifyReason reason) {
        return reason != NotifyReason.RESOLVED;
    }

    private SimulatedFault fault(int number, Relation wanted, long start, List<SimulatedFault> up) {
        SimulatedFault last = null;
        for (int attempt = 0; attempt < TRIES; attempt++) {
            Draws own = draws.fork(1_000L * number + attempt);
            long begin = start + own.between(0, wanted == Relation.SAME_SERVICE ? 90_000 : 20_000);
            int origin = origin(own);
            Map<String, Long> reached = spread(origin, begin, own);
            Relation relation = relation(wanted, origin, reached, up);
            last = new SimulatedFault(graph.name(origin), relation, reached);
            if (relation == wanted && (reached.size() > 1 || attempt > TRIES / 2)) {
                return last;
            }
        }
        return last;
    }

    /** Half of the time by who is called most. */
    private int origin(Draws own) {
        int any = own.below(graph.size());
        int[] called = graph.dependencies(any);
        return called.length == 0 || own.chance(0.5) ? any : called[own.below(called.length)];
    }

    private Relation relation(
            Relation wanted, int origin, Map<String, Long> reached, List<SimulatedFault> earlier) {
        Optional<SimulatedFault> previous =
                earlier.isEmpty() ? Optional.empty() : Optional.of(earlier.get(earlier.size() - 1));
        if (wanted == Relation.ALONE || previous.isEmpty()) {
            return Relation.ALONE;
        }
        Set<String> shared = new HashSet<>(previous.get().reachedMillis().keySet());
        boolean inside = shared.contains(graph.name(origin));
        shared.retainAll(reached.keySet());
        boolean before = reached.containsKey(previous.get().origin());
        return shared.isEmpty()
                ? Relation.SAME_TIME
                : inside || before ? Relation.ALONE : Relation.SAME_SERVICE;
    }

    private Map<String, Long> spread(int origin, long begin, Draws own) {
        Map<String, Long> reached = new HashMap<>();
        PriorityQueue<long[]> open =
                new PriorityQueue<>(
                        Comparator.<long[]>comparingLong(a -> a[0]).thenComparingLong(a -> a[1]));
        open.add(new long[] {begin, origin, 0});
        Set<Integer> seen = new HashSet<>(Set.of(origin));
        while (!open.isEmpty() && reached.size() < MOST_SERVICES) {
            long[] next = open.poll();
            reached.put(graph.name((int) next[1]), next[0]);
            if (next[2] == MOST_HOPS) {
                continue;
            }
            for (int caller : graph.dependents((int) next[1])) {
                if (!seen.contains(caller) && own.chance(REACHED[(int) next[2]])) {
                    seen.add(caller);
                    long delay = 2_000 + (long) own.exponential(12_000);
                    open.add(new long[] {next[0] + Math.min(90_000, delay), caller, next[2] + 1});
                }
            }
        }
        return reached;
    }

    /** When the last of them is over. */
    private long symptoms(int number, SimulatedFault fault) {
        Draws own = draws.fork(5_000_000L + number);
        long end = fault.reachedMillis().get(fault.origin()) + own.between(180_000, 420_000);
        for (Map.Entry<String, Long> reached : fault.reachedMillis().entrySet()) {
            boolean origin = reached.getKey().equals(fault.origin());
            if (!origin && own.chance(SILENT)) {
                continue;
            }
            int rules = origin ? own.between(2, 4) : own.between(1, 3);
            for (int rule = 0; rule < rules; rule++) {
                int kind = own.below(SimulatedAlerts.kinds());
                int hosts = own.between(1, 3);
                long first = reached.getValue() + (rule == 0 ? 0 : (long) own.exponential(15_000));
                for (int host = 0; host < hosts; host++) {
                    long time = first + (host == 0 ? 0 : own.between(0, 10_000));
                    add(number, alerts.symptom(reached.getKey(), origin, kind, host, time, own));
                    add(number, alerts.resolved(Math.max(end, time) + own.between(0, 30_000)));
                }
            }
        }
        return end + 30_000;
    }

    /** Rules that fire now and then for no cause; the same ones again, some of them flapping. */
    private void noise(int count, long end) {
        Draws own = draws.fork(9_000_000L);
        int rules = Math.max(1, count / 6);
        int made = 0;
        while (made < count) {
            int rule = (int) (rules * Math.pow(own.unit(), 2));
            String service = graph.name(draws.fork(7_000_000L + rule).below(graph.size()));
            long time = START_MILLIS + (long) (own.unit() * (end - START_MILLIS));
            int flaps = own.chance(0.15) ? own.between(2, 6) : 1;
            for (int flap = 0; flap < flaps && made < count; flap++, made++) {
                add(SimulatedStorm.NOISE, alerts.noise(service, rule, time, flap > 0, own));
                time += own.between(10_000, 60_000);
                add(SimulatedStorm.NOISE, alerts.resolved(time));
                time += own.between(10_000, 60_000);
            }
        }
    }

    private void add(int fault, NotableAlert alert) {
        all.add(new LabelledAlert(alert, fault));
    }
}
