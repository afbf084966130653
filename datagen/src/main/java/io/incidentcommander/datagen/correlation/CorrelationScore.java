// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.datagen.correlation;

import io.incidentcommander.model.sampling.NotifyReason;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * How well alerts were grouped, summed over storms. Only firing alerts count. The main incident of
 * a fault is the one that holds most of its alerts. Adds up; mutable, not thread safe.
 *
 * <ul>
 *   <li>Incidents per fault: incidents that hold any alert of the fault, mean over all faults; 0
 *       counts as it is.
 *   <li>Precision: of the alerts in main incidents, the share that is of the incident's fault;
 *       recall: of the alerts of faults, the share that is in the main incident. Noise in a main
 *       incident costs precision.
 *   <li>Pairs: of two alerts, at least one of them of a fault. Expected together if both are of the
 *       same fault.
 *   <li>Wrong merges: for each incident, faults it holds alerts of beyond one; wrong splits: for
 *       each fault, incidents beyond one.
 *   <li>Origin: of the main incident, against the fault's; a fault without incident is a miss.
 * </ul>
 */
public final class CorrelationScore {
    private long storms;
    private long faults;
    private long found;
    private long incidentsOfFaults;
    private long wrongMerges;
    private long wrongSplits;
    private long inMain;
    private long rightInMain;
    private long signals;
    private long incidents;
    private long noiseIncidents;
    private double pairsRight;
    private double pairsTogether;
    private double pairsExpected;
    private long first;
    private long inThree;
    private final List<Double> delays = new ArrayList<>();

    public CorrelationScore add(SimulatedStorm storm, Groups groups) {
        Table table = new Table(storm, groups);
        storms++;
        incidents += groups.incidents();
        for (int incident = 0; incident < groups.incidents(); incident++) {
            Map<Integer, Integer> of = table.byIncident.getOrDefault(incident, Map.of());
            Set<Integer> caused = new HashSet<>(of.keySet());
            caused.remove(SimulatedStorm.NOISE);
            noiseIncidents += caused.isEmpty() ? 1 : 0;
            wrongMerges += Math.max(0, caused.size() - 1);
            pairs(of);
        }
        for (int fault = 0; fault < storm.faults().size(); fault++) {
            fault(storm, groups, fault, table);
        }
        return this;
    }

    private void pairs(Map<Integer, Integer> of) {
        double all = 0;
        for (Map.Entry<Integer, Integer> part : of.entrySet()) {
            all += part.getValue();
            if (part.getKey() != SimulatedStorm.NOISE) {
                pairsRight += choose2(part.getValue());
            }
        }
        pairsTogether += choose2(all) - choose2(of.getOrDefault(SimulatedStorm.NOISE, 0));
    }

    private void fault(SimulatedStorm storm, Groups groups, int fault, Table table) {
        Map<Integer, Integer> of = table.byFault.getOrDefault(fault, Map.of());
        int alerts = table.alertsOfFault.getOrDefault(fault, 0);
        if (alerts == 0) {
            return;
        }
        faults++;
        signals += alerts;
        pairsExpected += choose2(alerts);
        incidentsOfFaults += of.size();
        wrongSplits += Math.max(0, of.size() - 1);
        if (of.isEmpty()) {
            return;
        }
        found++;
        int main = -1;
        long opened = Long.MAX_VALUE;
        for (Map.Entry<Integer, Integer> part : of.entrySet()) {
            opened = Math.min(opened, groups.openedMillis(part.getKey()));
            if (main < 0 || part.getValue() > of.get(main)) {
                main = part.getKey();
            }
        }
        rightInMain += of.get(main);
        inMain += table.byIncident.get(main).values().stream().mapToInt(n -> n).sum();
        delays.add(Math.max(0, opened - table.firstOfFault.get(fault)) / 1000.0);
        int rank = groups.origins(main).indexOf(storm.faults().get(fault).origin());
        first += rank == 0 ? 1 : 0;
        inThree += rank >= 0 && rank < 3 ? 1 : 0;
    }

    public long storms() {
        return storms;
    }

    public long faults() {
        return faults;
    }

    /** Share of the faults of which an incident holds an alert. */
    public double found() {
        return share(found, faults);
    }

    /** 1 is perfect. */
    public double incidentsPerFault() {
        return share(incidentsOfFaults, faults);
    }

    public double precision() {
        return share(rightInMain, inMain);
    }

    public double recall() {
        return share(rightInMain, signals);
    }

    public double pairPrecision() {
        return pairsTogether == 0 ? 1 : pairsRight / pairsTogether;
    }

    public double pairRecall() {
        return pairsExpected == 0 ? 1 : pairsRight / pairsExpected;
    }

    /** Harmonic mean of the two. */
    public double pairF1() {
        double sum = pairPrecision() + pairRecall();
        return sum == 0 ? 0 : 2 * pairPrecision() * pairRecall() / sum;
    }

    public long wrongMerges() {
        return wrongMerges;
    }

    public long wrongSplits() {
        return wrongSplits;
    }

    public long incidents() {
        return incidents;
    }

    /** Share of the incidents that hold no alert of a fault. */
    public double noiseIncidents() {
        return share(noiseIncidents, incidents);
    }

    /** Mean seconds from a fault's first alert to the first incident that holds any of its. */
    public double secondsToIncident() {
        return delays.stream().mapToDouble(d -> d).average().orElse(Double.NaN);
    }

    /** Share of the faults whose origin is ranked first. */
    public double originFirst() {
        return share(first, faults);
    }

    /** Share of the faults whose origin is among the first three. */
    public double originInThree() {
        return share(inThree, faults);
    }

    private static double share(long part, long whole) {
        return whole == 0 ? 0 : (double) part / whole;
    }

    private static double choose2(double n) {
        return n * (n - 1) / 2;
    }

    /** Counts of one storm's firing alerts. */
    private static final class Table {
        final Map<Integer, Map<Integer, Integer>> byIncident = new HashMap<>();
        final Map<Integer, Map<Integer, Integer>> byFault = new HashMap<>();
        final Map<Integer, Integer> alertsOfFault = new HashMap<>();
        final Map<Integer, Long> firstOfFault = new HashMap<>();

        Table(SimulatedStorm storm, Groups groups) {
            for (int i = 0; i < storm.alerts().size(); i++) {
                if (storm.alerts().get(i).reason() == NotifyReason.RESOLVED) {
                    continue;
                }
                int fault = storm.faultOf(i);
                int incident = groups.incidentOf(i);
                if (fault != SimulatedStorm.NOISE) {
                    alertsOfFault.merge(fault, 1, Integer::sum);
                    firstOfFault.putIfAbsent(
                            fault, storm.alerts().get(i).alert().eventTimeMillis());
                }
                if (incident != Groups.NONE) {
                    byIncident
                            .computeIfAbsent(incident, k -> new HashMap<>())
                            .merge(fault, 1, Integer::sum);
                }
                if (incident != Groups.NONE && fault != SimulatedStorm.NOISE) {
                    byFault.computeIfAbsent(fault, k -> new HashMap<>())
                            .merge(incident, 1, Integer::sum);
                }
            }
        }
    }
}
