// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.udfs.diagnosis.causal;

import io.incidentcommander.model.diagnosis.CallGraph;
import io.incidentcommander.model.diagnosis.MetricKey;
import io.incidentcommander.model.diagnosis.MetricTable;
import io.incidentcommander.model.diagnosis.Symptom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Random;

/**
 * An application of services, functions, databases, queues and a gateway, measured by one of
 * several {@link Vocabulary vocabularies} and periods, with one fault at one node. Load goes down
 * the calls; waiting and failures go up, through retries, fallbacks and time-outs. Everything
 * follows from the seed; no constant of the ranking is in it.
 */
final class SimulatedApplication {
    /** What goes wrong. */
    enum Fault {
        CPU_HOG,
        MEMORY_LEAK,
        DISK_STRESS,
        /** The node answers late, and its own measurements show it. */
        DELAY,
        /** Packets from and to the node are late: seen by its callers, not by itself. */
        NETWORK_DELAY,
        PACKET_LOSS,
        ERRORS,
        CRASH,
        SURGE,
        NONE
    }

    /** Where in the graph. */
    enum Place {
        FRONT,
        MIDDLE,
        LEAF
    }

    private enum Kind {
        GATEWAY,
        SERVICE,
        FUNCTION,
        DATABASE,
        QUEUE
    }

    /** Period in seconds, and rows of the normal period and of the issue. */
    static final class Shape {
        final double period;
        final int normalRows;
        final int issueRows;
        final int onset;

        Shape(double period, int normalRows, int issueRows, int onset) {
            this.period = period;
            this.normalRows = normalRows;
            this.issueRows = issueRows;
            this.onset = onset;
        }

        @Override
        public String toString() {
            return (int) period + "s " + normalRows + "/" + issueRows + "@" + onset;
        }
    }

    static final List<Shape> SHAPES =
            List.of(
                    new Shape(300, 590, 5, 1),
                    new Shape(60, 240, 8, 4),
                    new Shape(1, 600, 600, 0),
                    new Shape(1, 600, 300, 150),
                    new Shape(15, 400, 40, 10),
                    new Shape(5, 120, 60, 0));

    final Shape shape;
    final Fault fault;
    final int size;
    final int culprit;
    final double strength;
    final Vocabulary vocabulary;
    private final Random random;
    private final Kind[] kind;
    private final int[][] callees;
    private final double[][] calls;
    private final double[][] passes;
    private final boolean[] retries;
    private final double[] own;
    private final double[] cpuPerRequest;
    private final double[] cpuIdle;
    private final double[] memory;
    private final double baseRate;
    private final double rhythm;
    private final double drift;
    private final double gaps;
    private final boolean bursts;
    private final boolean closedLoop;
    private final Map<MetricKey, double[]> normal = new HashMap<>();
    private final Map<MetricKey, double[]> issue = new HashMap<>();

    SimulatedApplication(long seed, Fault fault, Place place, double strength) {
        this.random = new Random(seed * 7919 + fault.ordinal() * 31L + place.ordinal());
        this.fault = fault;
        this.strength = strength;
        this.shape = SHAPES.get(random.nextInt(SHAPES.size()));
        this.vocabulary = Vocabulary.values()[random.nextInt(Vocabulary.values().length)];
        this.size = 5 + (int) (65 * Math.pow(random.nextDouble(), 2));
        this.kind = new Kind[size];
        this.callees = new int[size][];
        this.calls = new double[size][];
        this.passes = new double[size][];
        this.retries = new boolean[size];
        this.own = new double[size];
        this.cpuPerRequest = new double[size];
        this.cpuIdle = new double[size];
        this.memory = new double[size];
        wire();
        this.baseRate = 5 * Math.pow(20, random.nextDouble());
        this.rhythm = random.nextInt(3) == 0 ? 0 : 0.3 * random.nextDouble();
        this.drift = random.nextInt(3) == 0 ? 0.1 * random.nextGaussian() : 0;
        this.gaps = random.nextInt(3) == 0 ? 0.05 * random.nextDouble() : 0;
        this.bursts = random.nextInt(3) == 0;
        this.closedLoop = random.nextBoolean();
        this.culprit = fault == Fault.SURGE ? 0 : culprit(place);
        run(normal, 0, shape.normalRows, false);
        run(issue, shape.normalRows + random.nextInt(100), shape.issueRows, true);
        spoil();
    }

    private void wire() {
        List<List<Integer>> to = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            to.add(new ArrayList<>());
        }
        for (int i = 1; i < size; i++) {
            int callers = 1 + random.nextInt(2);
            for (int c = 0; c < callers; c++) {
                int caller = (int) (i * Math.pow(random.nextDouble(), 1.5));
                if (!to.get(caller).contains(i)) {
                    to.get(caller).add(i);
                }
            }
        }
        for (int i = 0; i < size; i++) {
            boolean leaf = to.get(i).isEmpty();
            int draw = random.nextInt(10);
            kind[i] =
                    i == 0
                            ? Kind.GATEWAY
                            : leaf && draw < 6
                                    ? (draw < 5 ? Kind.DATABASE : Kind.QUEUE)
                                    : draw < 8 ? Kind.SERVICE : Kind.FUNCTION;
            int n = to.get(i).size();
            callees[i] = to.get(i).stream().mapToInt(x -> x).toArray();
            calls[i] = new double[n];
            passes[i] = new double[n];
            for (int c = 0; c < n; c++) {
                calls[i][c] = random.nextInt(3) == 0 ? 1 : 0.2 + 0.8 * random.nextDouble();
                passes[i][c] = random.nextInt(4) == 0 ? 0.2 : 1;
            }
            retries[i] = random.nextInt(4) == 0;
            own[i] = 0.002 * Math.pow(50, random.nextDouble());
            cpuPerRequest[i] = 0.0005 + 0.003 * random.nextDouble();
            cpuIdle[i] = 0.002 + 0.03 * random.nextDouble();
            memory[i] = 5e7 * Math.pow(20, random.nextDouble());
        }
    }

    /**
     * A node of the place that gets a fair share of requests, so that there is something to see.
     */
    private int culprit(Place place) {
        double[] share = new double[size];
        share[0] = 1;
        for (int i = 0; i < size; i++) {
            for (int c = 0; c < callees[i].length; c++) {
                share[callees[i][c]] += share[i] * calls[i][c];
            }
        }
        List<Integer> fit = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            boolean leaf = callees[i].length == 0;
            boolean fits = place == Place.FRONT ? i == 0 : i > 0 && leaf == (place == Place.LEAF);
            if (fits && share[i] > 0.1) {
                fit.add(i);
            }
        }
        return fit.isEmpty() ? random.nextInt(size) : fit.get(random.nextInt(fit.size()));
    }

    private void run(Map<MetricKey, double[]> into, int from, int rows, boolean faulty) {
        double walk = 0;
        double late = 0;
        for (int row = 0; row < rows; row++) {
            boolean now = faulty && row >= shape.onset && fault != Fault.NONE;
            int since = row - shape.onset;
            double t = (from + row) / (double) shape.normalRows;
            double day = 1 + rhythm * Math.sin(7 * t) + drift * t;
            walk = 0.95 * walk + 0.02 * random.nextGaussian();
            double rate = baseRate * day * Math.exp(walk);
            rate *= now && fault == Fault.SURGE ? 1 + 3 * strength : 1;
            rate *= closedLoop ? 1 / (1 + late) : 1;
            boolean burst = bursts && random.nextInt(60) == 0;
            Moment m = new Moment(rate, now, since, burst);
            late = Math.max(0, m.latency[0] / typicalFront() - 1) * 0.3;
            for (int i = 0; i < size; i++) {
                vocabulary.write(into(into, rows, row, name(i)), m.sample(i));
            }
        }
    }

    private static Vocabulary.Sink into(
            Map<MetricKey, double[]> into, int rows, int row, String node) {
        return (metric, statistic, value) ->
                into.computeIfAbsent(new MetricKey(node, metric, statistic), k -> new double[rows])[
                                row] =
                        value;
    }

    private double typicalFront() {
        double[] latency = new double[size];
        for (int i = size - 1; i >= 0; i--) {
            latency[i] = own[i];
            for (int c = 0; c < callees[i].length; c++) {
                latency[i] += calls[i][c] * latency[callees[i][c]];
            }
        }
        return latency[0];
    }

    /** All nodes in one period. */
    private final class Moment {
        final double[] requests = new double[size];
        final double[] latency = new double[size];
        final double[] failing = new double[size];
        final double[] tail = new double[size];
        private final boolean now;
        private final int since;
        private final boolean burst;
        private final double busy;

        Moment(double rate, boolean now, int since, boolean burst) {
            this.now = now;
            this.since = since;
            this.burst = burst;
            this.busy = rate / baseRate;
            up();
            requests[0] = poisson(rate * shape.period);
            for (int i = 0; i < size; i++) {
                for (int c = 0; c < callees[i].length; c++) {
                    int callee = callees[i][c];
                    double again = retries[i] ? 1 + failing[callee] : 1;
                    requests[callee] += poisson(requests[i] * calls[i][c] * again);
                }
                if (now && i == culprit && fault == Fault.CRASH) {
                    requests[i] = poisson(requests[i] * (1 - Math.min(1, strength)));
                }
            }
        }

        private boolean here(int i, Fault what) {
            return now && i == culprit && fault == what;
        }

        private double ramp() {
            return Math.min(1, (since + 1.0) / Math.max(1, 0.5 * (shape.issueRows - shape.onset)));
        }

        private void up() {
            int odd = burst ? random.nextInt(size) : -1;
            for (int i = size - 1; i >= 0; i--) {
                double mine = own[i] * (0.7 + 0.3 * busy * busy) * noise(0.05);
                double stretch = 1;
                stretch += here(i, Fault.CPU_HOG) ? 2 * strength : 0;
                stretch += here(i, Fault.DISK_STRESS) ? (isStore(i) ? 2 : 0.5) * strength : 0;
                stretch += here(i, Fault.MEMORY_LEAK) ? 0.6 * strength * ramp() : 0;
                stretch += i == odd ? random.nextDouble() : 0;
                mine *= stretch;
                mine += here(i, Fault.DELAY) ? 0.2 * strength : 0;
                double ok = 1;
                ok -= here(i, Fault.ERRORS) ? 0.15 * strength : 0;
                ok -= here(i, Fault.MEMORY_LEAK) ? 0.03 * strength * ramp() : 0;
                ok -= here(i, Fault.CRASH) ? Math.min(0.9, 0.9 * strength) : 0;
                tail[i] = 2.5 * mine;
                for (int c = 0; c < callees[i].length; c++) {
                    int callee = callees[i][c];
                    double wire = wire(i, callee);
                    double lost = lost(i, callee);
                    double wait = Math.min(latency[callee] + wire, 5);
                    double again = retries[i] ? 1 + failing[callee] : 1;
                    mine += calls[i][c] * wait * again;
                    tail[i] += calls[i][c] * (tail[callee] + wire * 1.5 + lost * 6);
                    double fails = 1 - (1 - failing[callee]) * (1 - lost * 0.5);
                    fails *= retries[i] ? fails : 1;
                    ok *= 1 - calls[i][c] * passes[i][c] * fails;
                }
                latency[i] = mine;
                failing[i] = Math.min(1, Math.max(0, 1 - ok));
            }
        }

        private double wire(int caller, int callee) {
            boolean cut = now && (caller == culprit || callee == culprit);
            return cut && fault == Fault.NETWORK_DELAY
                    ? 0.15 * strength
                    : cut && fault == Fault.PACKET_LOSS ? 0.05 * strength : 0;
        }

        private double lost(int caller, int callee) {
            boolean cut = now && (caller == culprit || callee == culprit);
            return cut && fault == Fault.PACKET_LOSS ? 0.04 * strength : 0;
        }

        Sample sample(int i) {
            Sample s = new Sample();
            s.store = isStore(i);
            s.queue = kind[i] == Kind.QUEUE;
            s.period = shape.period;
            s.requests = requests[i];
            double few = 1 / Math.sqrt(1 + requests[i]);
            s.latency = requests[i] == 0 ? Double.NaN : latency[i] * noise(0.02 + 0.5 * few);
            s.p50 = s.latency * 0.8 * noise(0.02 + 0.3 * few);
            s.p90 = s.latency + tail[i] * noise(0.05 + 0.6 * few);
            s.p99 = s.latency + 2.5 * tail[i] * noise(0.15 + 0.8 * few);
            double expected = requests[i] * Math.min(1, failing[i] + 0.0005);
            s.failed = Math.min(requests[i], poisson(expected));
            double perSecond = requests[i] / shape.period;
            s.cpu = (cpuIdle[i] + cpuPerRequest[i] * perSecond) * noise(0.08);
            s.cpu += here(i, Fault.CPU_HOG) ? 0.6 * Math.min(1.5, strength) * noise(0.1) : 0;
            s.memory = memory[i] * noise(0.01);
            s.memory *= here(i, Fault.MEMORY_LEAK) ? 1 + 1.5 * strength * ramp() : 1;
            s.disk = (isStore(i) ? 2000 * perSecond : 200) * noise(0.3) + 100;
            s.disk += here(i, Fault.DISK_STRESS) ? 3e6 * strength * noise(0.2) : 0;
            boolean net = here(i, Fault.NETWORK_DELAY) || here(i, Fault.PACKET_LOSS);
            s.network = perSecond * 3000 * noise(0.05) * (net ? 1 - 0.2 * strength : 1) + 50;
            s.depth = Math.max(0, 3 * busy * noise(0.5) + (s.latency > own[i] * 1.6 ? 10 : 0));
            return s;
        }

        private boolean isStore(int i) {
            return kind[i] == Kind.DATABASE || kind[i] == Kind.QUEUE;
        }
    }

    /** What one node did in one period, in basic units, before a vocabulary writes it down. */
    static final class Sample {
        boolean store;
        boolean queue;
        double period;
        double requests;
        double failed;
        double latency;
        double p50;
        double p90;
        double p99;
        double cpu;
        double memory;
        double disk;
        double network;
        double depth;
    }

    private void spoil() {
        List<MetricKey> keys = new ArrayList<>(normal.keySet());
        keys.sort(null);
        for (MetricKey key : keys) {
            if (gaps > 0) {
                for (double[] values : List.of(normal.get(key), issue.get(key))) {
                    for (int row = 0; row < values.length; row++) {
                        values[row] = random.nextDouble() < gaps ? Double.NaN : values[row];
                    }
                }
                boolean others = !key.node().equals(name(culprit));
                if (others && random.nextInt(60) == 0) {
                    Arrays.fill(issue.get(key), Double.NaN);
                } else if (others && random.nextInt(60) == 0) {
                    normal.remove(key);
                    issue.remove(key);
                }
            }
        }
    }

    private double noise(double size) {
        return Math.exp(size * random.nextGaussian());
    }

    private double poisson(double mean) {
        return Math.max(0, Math.rint(mean + Math.sqrt(mean) * random.nextGaussian()));
    }

    String name(int node) {
        String[] words = {"gateway", "svc", "fn", "db", "queue"};
        return words[kind[node].ordinal()] + "-" + (char) ('a' + node * 7 % 26) + node;
    }

    String culprit() {
        return name(culprit);
    }

    CallGraph graph() {
        CallGraph.Builder graph = CallGraph.builder();
        for (int i = 0; i < size; i++) {
            graph.node(name(i));
            for (int callee : callees[i]) {
                graph.call(name(i), name(callee));
            }
        }
        return graph.build();
    }

    MetricTable normal() {
        return new MetricTable(times(0, shape.normalRows), normal);
    }

    MetricTable issue() {
        return new MetricTable(times(shape.normalRows + 60, shape.issueRows), issue);
    }

    Symptom symptom() {
        return new Symptom(name(0), Optional.empty(), OptionalDouble.empty());
    }

    private double[] times(int from, int rows) {
        double[] times = new double[rows];
        for (int i = 0; i < rows; i++) {
            times[i] = 1_700_000_000L + (from + i) * shape.period;
        }
        return times;
    }
}
