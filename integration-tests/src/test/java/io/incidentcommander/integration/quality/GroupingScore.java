// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.integration.quality;

import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collector;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * How well incidents stand for what really happened, scored on labelled alerts.
 *
 * <p>Reduction is 1 - incidents / alerts. The recall of phases is the share of those present of
 * which at least one alert survives, that is was kept and is part of an incident. Purity is the
 * mean, over incidents with attack alerts, of the share of these that belong to the most frequent
 * phase. Precision and recall are over pairs of attack alerts: together in an incident, against of
 * the same phase; an alert without an incident is with no other. Only alerts labelled one by one
 * count as attack alerts.
 */
final class GroupingScore {
    private final List<LabelledAlert> alerts;
    private final long incidents;
    private final Map<String, Map<String, Long>> attacksByIncident;

    /**
     * @param incidents how many there are, those without any of the alerts too
     */
    GroupingScore(List<LabelledAlert> alerts, long incidents) {
        this.alerts = List.copyOf(alerts);
        this.incidents = incidents;
        this.attacksByIncident =
                alerts.stream()
                        .filter(alert -> alert.isAttack() && alert.hasIncident())
                        .collect(Collectors.groupingBy(LabelledAlert::incident, byPhase()));
    }

    long alerts() {
        return alerts.size();
    }

    long incidents() {
        return incidents;
    }

    double reduction() {
        return 1 - (double) incidents / alerts.size();
    }

    double survivorShare() {
        return (double) alerts.stream().filter(LabelledAlert::survives).count() / alerts.size();
    }

    /** By the windows of time in which the phases took place: phase to whether it is seen. */
    Map<String, Boolean> phasesByTime() {
        return seen(LabelledAlert::window);
    }

    /** By the labels of single alerts. */
    Map<String, Boolean> phasesByEvent() {
        return seen(LabelledAlert::phase);
    }

    static double recall(Map<String, Boolean> phases) {
        return share(phases.values().stream().filter(seen -> seen).count(), phases.size());
    }

    long attackIncidents() {
        return attacksByIncident.size();
    }

    double purity() {
        return attacksByIncident.values().stream()
                .mapToDouble(phases -> share(max(phases.values()), sum(phases.values())))
                .average()
                .orElse(1);
    }

    double pairPrecision() {
        return share(
                together(), pairs(attacksByIncident.values().stream().map(p -> sum(p.values()))));
    }

    double pairRecall() {
        Map<String, Long> phases =
                alerts.stream().filter(LabelledAlert::isAttack).collect(byPhase());
        return share(together(), pairs(phases.values().stream()));
    }

    double pairF1() {
        double precision = pairPrecision();
        double recall = pairRecall();
        return precision + recall == 0 ? 0 : 2 * precision * recall / (precision + recall);
    }

    private double together() {
        return pairs(attacksByIncident.values().stream().flatMap(p -> p.values().stream()));
    }

    private Map<String, Boolean> seen(Function<LabelledAlert, String> label) {
        Set<String> present = new TreeSet<>();
        Set<String> surviving = new HashSet<>();
        for (LabelledAlert alert : alerts) {
            String phase = label.apply(alert);
            if (!phase.isEmpty()) {
                present.add(phase);
                if (alert.survives()) {
                    surviving.add(phase);
                }
            }
        }
        Map<String, Boolean> seen = new TreeMap<>();
        present.forEach(phase -> seen.put(phase, surviving.contains(phase)));
        return seen;
    }

    private static Collector<LabelledAlert, ?, Map<String, Long>> byPhase() {
        return Collectors.groupingBy(LabelledAlert::phase, Collectors.counting());
    }

    private static double pairs(Stream<Long> sizes) {
        return sizes.mapToDouble(n -> n * (n - 1) / 2.0).sum();
    }

    private static long sum(Collection<Long> counts) {
        return counts.stream().mapToLong(n -> n).sum();
    }

    private static long max(Collection<Long> counts) {
        return counts.stream().mapToLong(n -> n).max().orElse(0);
    }

    private static double share(double part, double whole) {
        return whole == 0 ? 1 : part / whole;
    }
}
