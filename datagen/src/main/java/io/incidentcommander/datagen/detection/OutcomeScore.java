// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.datagen.detection;

import io.incidentcommander.datagen.storm.FaultScenario;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Predicate;

/** Outcomes of many runs, by scenario. Adds up; not thread safe. */
public final class OutcomeScore {
    private final Map<FaultScenario, List<FaultOutcome>> outcomes =
            new EnumMap<>(FaultScenario.class);
    private long incidents;
    private long falseIncidents;

    public OutcomeScore add(OutcomeTracker run) {
        for (FaultOutcome outcome : run.outcomes()) {
            outcomes.computeIfAbsent(outcome.truth().scenario(), s -> new ArrayList<>())
                    .add(outcome);
        }
        incidents += run.incidents();
        falseIncidents += run.falseIncidents();
        return this;
    }

    /** All outcomes, by scenario. */
    public List<FaultOutcome> outcomes() {
        List<FaultOutcome> all = new ArrayList<>();
        outcomes.values().forEach(all::addAll);
        return Collections.unmodifiableList(all);
    }

    /** Share of the incidents that are of no fault. */
    public double falseIncidents() {
        return incidents == 0 ? 0 : (double) falseIncidents / incidents;
    }

    public long incidents() {
        return incidents;
    }

    /** Share of all faults found and typed right in time. */
    public double typedInTime() {
        return share(outcomes(), FaultOutcome::isTypedInTime);
    }

    /** Share of all faults that have exactly one incident. */
    public double exactlyOne() {
        return share(outcomes(), o -> o.incidents() == 1);
    }

    /** Share of all faults whose origin is among the first three. */
    public double originInThree() {
        return share(outcomes(), o -> o.originRank() >= 1 && o.originRank() <= 3);
    }

    /** A table with a line for each scenario and one for all, and what was false below. */
    public String markdown() {
        StringBuilder text = new StringBuilder();
        text.append(
                "| scenario | faults | found in 30 s | in 120 s | typed right in 120 s |"
                        + " in the end | exactly one incident | origin first | in first 3 |"
                        + " severity right | s to detect, median | 95 % | most |\n"
                        + "|---|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|\n");
        outcomes.forEach((scenario, of) -> line(scenario.optionName(), of, text));
        line("all", outcomes(), text);
        text.append(
                String.format(
                        Locale.ROOT,
                        "%nOf %d incidents %d are of no fault: %.2f %%.%n",
                        incidents,
                        falseIncidents,
                        100 * falseIncidents()));
        return text.toString();
    }

    private static void line(String name, List<FaultOutcome> of, StringBuilder text) {
        List<Double> seconds = new ArrayList<>();
        of.forEach(o -> o.detectedSeconds().ifPresent(seconds::add));
        Collections.sort(seconds);
        text.append(
                String.format(
                        Locale.ROOT,
                        "| %s | %d | %.3f | %.3f | %.3f | %.3f | %.3f | %.3f | %.3f | %.3f | %.1f"
                                + " | %.1f | %.1f |%n",
                        name,
                        of.size(),
                        share(of, o -> o.detectedSeconds().orElse(1e9) <= 30),
                        share(of, o -> o.detectedSeconds().orElse(1e9) <= 120),
                        share(of, FaultOutcome::isTypedInTime),
                        share(of, FaultOutcome::isTypedInTheEnd),
                        share(of, o -> o.incidents() == 1),
                        share(of, o -> o.originRank() == 1),
                        share(of, o -> o.originRank() >= 1 && o.originRank() <= 3),
                        share(of, FaultOutcome::isSeverityRight),
                        quantile(seconds, 0.5),
                        quantile(seconds, 0.95),
                        quantile(seconds, 1)));
    }

    private static double quantile(List<Double> sorted, double share) {
        return sorted.isEmpty()
                ? Double.NaN
                : sorted.get((int) Math.min(sorted.size() - 1, share * sorted.size()));
    }

    private static double share(List<FaultOutcome> of, Predicate<FaultOutcome> good) {
        return of.isEmpty() ? 0 : (double) of.stream().filter(good).count() / of.size();
    }
}
