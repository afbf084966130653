// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.datagen.detection;

import io.incidentcommander.datagen.storm.FaultTruth;
import io.incidentcommander.model.lifecycle.Incident;
import io.incidentcommander.model.lifecycle.IncidentType;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * Watches the incidents of one run and holds them against the truth. Give it each incident after
 * each change, with the event time at which it was told; the order between incidents is of no
 * concern. Incidents that were merged into another do not count. Not thread safe.
 */
public final class OutcomeTracker {
    /** Within which a fault is to be found and typed, from its first symptom. */
    public static final long LIMIT_MILLIS = 120_000;

    private final List<FaultTruth> truths;
    private final Function<Incident, List<String>> origins;
    private final Map<String, TreeMap<Long, Incident>> told = new LinkedHashMap<>();

    /**
     * @param origins the probable origins of an incident, best first
     */
    public OutcomeTracker(List<FaultTruth> truths, Function<Incident, List<String>> origins) {
        this.truths = List.copyOf(truths);
        this.origins = origins;
    }

    /** An incident as it stands from this event time (epoch ms) on. */
    public void see(Incident incident, long eventTimeMillis) {
        told.computeIfAbsent(incident.incidentId(), id -> new TreeMap<>())
                .merge(eventTimeMillis, incident, (a, b) -> a.sequence() > b.sequence() ? a : b);
    }

    /** Incidents that count. */
    public long incidents() {
        return told.values().stream().filter(t -> !isMerged(t)).count();
    }

    /** Those of them that are of no fault. */
    public long falseIncidents() {
        return told.values().stream()
                .filter(t -> !isMerged(t))
                .filter(t -> FaultMatch.of(last(t), truths).isEmpty())
                .count();
    }

    /** One for each fault, in order. */
    public List<FaultOutcome> outcomes() {
        List<FaultOutcome> outcomes = new ArrayList<>();
        for (FaultTruth truth : truths) {
            outcomes.add(outcome(truth));
        }
        return Collections.unmodifiableList(outcomes);
    }

    private FaultOutcome outcome(FaultTruth truth) {
        List<TreeMap<Long, Incident>> all = new ArrayList<>();
        List<TreeMap<Long, Incident>> counting = new ArrayList<>();
        for (TreeMap<Long, Incident> history : told.values()) {
            if (FaultMatch.of(last(history), truths).filter(truth::equals).isPresent()) {
                all.add(history);
                if (!isMerged(history)) {
                    counting.add(history);
                }
            }
        }
        Optional<Incident> main =
                counting.stream()
                        .map(OutcomeTracker::last)
                        .max(Comparator.comparingLong(Incident::alertCount));
        double detected =
                all.stream().mapToDouble(h -> detectedSeconds(h, truth)).min().orElse(Double.NaN);
        return new FaultOutcome(
                truth,
                counting.size(),
                detected,
                all.stream().anyMatch(history -> isTypedInTime(history, truth)),
                main.map(Incident::type).filter(type -> type == truth.type()).isPresent(),
                main.filter(incident -> incident.severity() == truth.severity()).isPresent(),
                main.map(incident -> 1 + origins.apply(incident).indexOf(truth.origin()))
                        .orElse(0));
    }

    /** The first word of an affected service since the first symptom. */
    private static double detectedSeconds(TreeMap<Long, Incident> history, FaultTruth truth) {
        for (Map.Entry<Long, Incident> entry :
                history.tailMap(truth.firstSymptomMillis(), true).entrySet()) {
            if (!Collections.disjoint(entry.getValue().services(), truth.affectedServices())) {
                return (entry.getKey() - truth.firstSymptomMillis()) / 1000.0;
            }
        }
        return Double.NaN;
    }

    /** What was said of it last before the limit. */
    private static boolean isTypedInTime(TreeMap<Long, Incident> history, FaultTruth truth) {
        Map.Entry<Long, Incident> then =
                history.floorEntry(truth.firstSymptomMillis() + LIMIT_MILLIS);
        IncidentType said = then == null ? IncidentType.UNKNOWN : then.getValue().type();
        double seconds = detectedSeconds(history, truth);
        return said == truth.type() && seconds * 1000 <= LIMIT_MILLIS;
    }

    private static boolean isMerged(TreeMap<Long, Incident> history) {
        return last(history).mergedInto().isPresent();
    }

    private static Incident last(TreeMap<Long, Incident> history) {
        return history.lastEntry().getValue();
    }
}
