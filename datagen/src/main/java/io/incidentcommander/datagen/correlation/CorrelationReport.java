// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.datagen.correlation;

import java.util.Locale;

/** Lines of a table in Markdown, one for each way of grouping. */
public final class CorrelationReport {
    private CorrelationReport() {}

    public static String header(String first) {
        return "| "
                + first
                + " | incidents per fault | found | precision | recall | pair F1 | wrong merges |"
                + " wrong splits | s to incident | origin first | origin in 3 | noise incidents |\n"
                + "|---|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|\n";
    }

    public static String line(String first, CorrelationScore score) {
        return String.format(
                Locale.ROOT,
                "| %s | %.2f | %.3f | %.3f | %.3f | %.3f | %d | %d | %.1f | %.3f | %.3f | %.3f |%n",
                first,
                score.incidentsPerFault(),
                score.found(),
                score.precision(),
                score.recall(),
                score.pairF1(),
                score.wrongMerges(),
                score.wrongSplits(),
                score.secondsToIncident(),
                score.originFirst(),
                score.originInThree(),
                score.noiseIncidents());
    }
}
