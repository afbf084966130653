// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.integration.quality;

import io.incidentcommander.datagen.correlation.Baselines;
import io.incidentcommander.datagen.correlation.CorrelationReport;
import io.incidentcommander.datagen.correlation.CorrelationScore;
import io.incidentcommander.datagen.correlation.GraphShape;
import io.incidentcommander.datagen.correlation.Grouper;
import io.incidentcommander.datagen.correlation.SimulatedStorm;
import io.incidentcommander.datagen.correlation.StormShape;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Scores ways of grouping on the same random storms: {@code ScoreCorrelation [seeds [first]]}.
 * Prints tables in Markdown: over all, by shape of the graph, by size.
 */
public final class ScoreCorrelation {
    private static final int[] SIZES = {10, 50, 200, 1_000, 5_000};
    private static final int SEEDS = 5;

    private ScoreCorrelation() {}

    public static void main(String[] args) {
        int seeds = args.length > 0 ? Integer.parseInt(args[0]) : SEEDS;
        long first = args.length > 1 ? Long.parseLong(args[1]) : 1;
        System.out.print(report(groupers(), seeds, first));
    }

    /** What is compared. */
    static List<Grouper> groupers() {
        List<Grouper> all = new ArrayList<>(List.of(Baselines.values()));
        all.add(new CorrelatorGrouper());
        return all;
    }

    static String report(List<Grouper> groupers, int seeds, long first) {
        Map<String, Map<String, CorrelationScore>> tables = new LinkedHashMap<>();
        for (GraphShape shape : GraphShape.values()) {
            for (int size : SIZES) {
                for (long seed = first; seed < first + seeds; seed++) {
                    SimulatedStorm storm = SimulatedStorm.of(StormShape.of(shape, size, seed));
                    for (Grouper grouper : groupers) {
                        var groups = grouper.group(storm.graph(), storm.alerts());
                        for (String table : List.of("all", shape.word(), size + " services")) {
                            tables.computeIfAbsent(table, t -> new LinkedHashMap<>())
                                    .computeIfAbsent(grouper.title(), t -> new CorrelationScore())
                                    .add(storm, groups);
                        }
                    }
                }
            }
        }
        StringBuilder text = new StringBuilder();
        tables.forEach(
                (table, lines) -> {
                    text.append('\n').append(CorrelationReport.header(table));
                    lines.forEach(
                            (name, score) -> text.append(CorrelationReport.line(name, score)));
                });
        return text.toString();
    }
}
