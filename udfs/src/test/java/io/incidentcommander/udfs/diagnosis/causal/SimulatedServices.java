// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.udfs.diagnosis.causal;

import io.incidentcommander.model.diagnosis.CallGraph;
import io.incidentcommander.model.diagnosis.MetricKey;
import io.incidentcommander.model.diagnosis.MetricTable;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * Services that call each other, period by period: load goes down the calls, waiting and failures
 * go up. Layered random graph, every service called by one to three above it. A fault begins in the
 * middle of the issue. Everything follows from the seed.
 */
final class SimulatedServices {
    static final int NORMAL_ROWS = 240;
    static final int ISSUE_ROWS = 8;
    static final int ONSET = 4;

    private static final double PERIOD_SECONDS = 60;

    /** What can go wrong at a service. */
    enum Fault {
        SLOW,
        FAILING,
        CPU,
        MEMORY,
        SURGE,
        NONE
    }

    private final Random random;
    private final int services;
    private final List<List<Integer>> callees = new ArrayList<>();
    private final double[] ownLatency;
    private final double[] cpuPerRequest;
    private final Map<MetricKey, double[]> normal = new HashMap<>();
    private final Map<MetricKey, double[]> issue = new HashMap<>();
    final int culprit;
    final Fault fault;

    SimulatedServices(long seed, int services, Fault fault) {
        this.random = new Random(seed);
        this.services = services;
        this.fault = fault;
        this.ownLatency = new double[services];
        this.cpuPerRequest = new double[services];
        for (int i = 0; i < services; i++) {
            callees.add(new ArrayList<>());
            ownLatency[i] = 0.005 + 0.1 * random.nextDouble();
            cpuPerRequest[i] = 0.02 + 0.05 * random.nextDouble();
        }
        for (int i = 1; i < services; i++) {
            int callers = 1 + random.nextInt(2);
            for (int c = 0; c < callers; c++) {
                int caller = (int) (i * Math.pow(random.nextDouble(), 0.7));
                if (!callees.get(caller).contains(i)) {
                    callees.get(caller).add(i);
                }
            }
        }
        this.culprit = fault == Fault.SURGE ? 0 : random.nextInt(services);
        fill(normal, NORMAL_ROWS, Fault.NONE);
        fill(issue, ISSUE_ROWS, fault);
    }

    String name(int service) {
        return "svc-" + (char) ('a' + service * 7 % 26) + service;
    }

    CallGraph graph() {
        CallGraph.Builder graph = CallGraph.builder();
        for (int i = 0; i < services; i++) {
            graph.node(name(i));
            for (int callee : callees.get(i)) {
                graph.call(name(i), name(callee));
            }
        }
        return graph.build();
    }

    MetricTable normal() {
        return new MetricTable(times(0, NORMAL_ROWS), normal);
    }

    MetricTable issue() {
        return new MetricTable(times(NORMAL_ROWS + 60, ISSUE_ROWS), issue);
    }

    private static double[] times(int from, int rows) {
        double[] times = new double[rows];
        for (int i = 0; i < rows; i++) {
            times[i] = 1_700_000_000L + (from + i) * PERIOD_SECONDS;
        }
        return times;
    }

    private void fill(Map<MetricKey, double[]> into, int rows, Fault happening) {
        for (int row = 0; row < rows; row++) {
            boolean now = row >= ONSET;
            double day = 1 + 0.2 * Math.sin(row / 20.0);
            double surge = now && happening == Fault.SURGE ? 4 : 1;
            double[] requests = new double[services];
            requests[0] = Math.rint(400 * day * surge * noise(0.05));
            for (int i = 0; i < services; i++) {
                for (int callee : callees.get(i)) {
                    requests[callee] += Math.rint(requests[i] * 0.6 * noise(0.05));
                }
            }
            double[] latency = new double[services];
            double[] failing = new double[services];
            for (int i = services - 1; i >= 0; i--) {
                boolean here = now && i == culprit;
                double slow = here && happening == Fault.SLOW ? 0.4 : 0;
                double cpuBound = here && happening == Fault.CPU ? 3 : 1;
                double busy = surge > 1 ? 1.6 : 1;
                latency[i] = (ownLatency[i] * cpuBound * busy + slow) * noise(0.08);
                double succeeds = here && happening == Fault.FAILING ? 0.9 : 1;
                succeeds *= here && happening == Fault.MEMORY ? 0.96 : 1;
                succeeds *= random.nextInt(50) == 0 ? 0.998 : 1;
                for (int callee : callees.get(i)) {
                    latency[i] += 0.6 * latency[callee];
                    succeeds *= 1 - 0.6 * failing[callee];
                }
                failing[i] = 1 - succeeds;
                double cpu = cpuPerRequest[i] * requests[i] * noise(0.05) + 2;
                double memory = 500 * noise(0.02);
                set(into, rows, row, i, "cpu", "", here && happening == Fault.CPU ? cpu + 60 : cpu);
                set(
                        into,
                        rows,
                        row,
                        i,
                        "mem_used",
                        "",
                        here && happening == Fault.MEMORY
                                ? memory * (1 + 0.3 * (row - ONSET + 1))
                                : memory);
                set(into, rows, row, i, "requests", "Sum", requests[i]);
                set(into, rows, row, i, "availability", "Average", 100 * succeeds);
                set(into, rows, row, i, "latency", "Average", latency[i]);
                set(into, rows, row, i, "latency", "p50", latency[i] * 0.8 * noise(0.05));
                set(into, rows, row, i, "latency", "p99", latency[i] * 3 * noise(0.3));
            }
        }
    }

    private void set(
            Map<MetricKey, double[]> into,
            int rows,
            int row,
            int service,
            String metric,
            String statistic,
            double value) {
        into.computeIfAbsent(
                                new MetricKey(name(service), metric, statistic),
                                k -> new double[rows])[row] =
                value;
    }

    private double noise(double size) {
        return Math.exp(size * random.nextGaussian());
    }
}
