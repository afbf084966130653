// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.udfs.detection.anomaly;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** How well one threshold over the scores of many series tells what is wrong from what is not. */
final class ThresholdQuality {
    /** Values apart, alarms are of one episode. */
    private static final int EPISODE_GAP = 12;

    private final double threshold;
    private final double precision;
    private final double recall;

    private ThresholdQuality(double threshold, double precision, double recall) {
        this.threshold = threshold;
        this.precision = precision;
        this.recall = recall;
    }

    /** Each value counts. */
    static ThresholdQuality bestByValues(List<LabelledSeries> all, SeriesScorer scorer) {
        List<double[]> marks = new ArrayList<>();
        double faulty = 0;
        for (LabelledSeries series : all) {
            double[] scores = scorer.scores(series);
            for (int i = 0; i < scores.length; i++) {
                double wrong = series.isFaulty(i) ? 1 : 0;
                marks.add(new double[] {scores[i], wrong});
                faulty += wrong;
            }
        }
        marks.sort(Comparator.comparingDouble(mark -> -mark[0]));
        ThresholdQuality best = new ThresholdQuality(0, 0, 0);
        double found = 0;
        for (int i = 0; i < marks.size(); i++) {
            found += marks.get(i)[1];
            boolean tied = i + 1 < marks.size() && marks.get(i + 1)[0] == marks.get(i)[0];
            ThresholdQuality here =
                    new ThresholdQuality(marks.get(i)[0], found / (i + 1), found / faulty);
            best = !tied && here.f1() > best.f1() ? here : best;
        }
        return best;
    }

    /** Each window counts as found or not, and each episode of alarms outside as false. */
    static ThresholdQuality bestByWindows(List<LabelledSeries> all, SeriesScorer scorer) {
        List<double[]> scores = all.stream().map(scorer::scores).collect(Collectors.toList());
        double[] sorted = scores.stream().flatMapToDouble(Arrays::stream).sorted().toArray();
        ThresholdQuality best = new ThresholdQuality(0, 0, 0);
        for (double share = 3e-5; share < 0.3; share *= 1.05) {
            double threshold = sorted[(int) ((1 - share) * (sorted.length - 1))];
            ThresholdQuality here = byWindows(all, scores, threshold);
            best = here.f1() > best.f1() ? here : best;
        }
        return best;
    }

    private static ThresholdQuality byWindows(
            List<LabelledSeries> all, List<double[]> scores, double threshold) {
        double windows = 0;
        double found = 0;
        double falseEpisodes = 0;
        for (int s = 0; s < scores.size(); s++) {
            LabelledSeries series = all.get(s);
            double[] of = scores.get(s);
            for (LabelledSeries.Window window : series.windows()) {
                windows++;
                double most = Arrays.stream(of, window.from(), window.to()).max().orElse(0);
                found += most >= threshold ? 1 : 0;
            }
            int last = -EPISODE_GAP;
            for (int i = 0; i < of.length; i++) {
                if (of[i] >= threshold && !series.isFaulty(i)) {
                    falseEpisodes += i - last >= EPISODE_GAP ? 1 : 0;
                    last = i;
                }
            }
        }
        return new ThresholdQuality(
                threshold, found / Math.max(1, found + falseEpisodes), found / windows);
    }

    double threshold() {
        return threshold;
    }

    double f1() {
        return precision + recall > 0 ? 2 * precision * recall / (precision + recall) : 0;
    }

    @Override
    public String toString() {
        return String.format(
                Locale.ROOT,
                "F1 %.3f, precision %.3f, recall %.3f, threshold %.2f",
                f1(),
                precision,
                recall,
                threshold);
    }
}
