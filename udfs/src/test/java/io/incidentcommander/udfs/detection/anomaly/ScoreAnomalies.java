// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.udfs.detection.anomaly;

import java.util.List;

/** Prints how well each way to score finds the faults of the series of some seeds. */
final class ScoreAnomalies {
    private static final int SERIES = 120;

    private ScoreAnomalies() {}

    public static void main(String[] seeds) {
        for (String seed : seeds) {
            List<LabelledSeries> all = LabelledSeries.of(Long.parseLong(seed), SERIES);
            int windows = all.stream().mapToInt(s -> s.windows().size()).sum();
            System.out.println("seed " + seed + ": " + SERIES + " series, " + windows + " windows");
            for (SeriesScorer scorer : SeriesScorer.values()) {
                System.out.println(
                        "  " + scorer + " values: " + ThresholdQuality.bestByValues(all, scorer));
                System.out.println(
                        "  " + scorer + " windows: " + ThresholdQuality.bestByWindows(all, scorer));
            }
        }
    }
}
