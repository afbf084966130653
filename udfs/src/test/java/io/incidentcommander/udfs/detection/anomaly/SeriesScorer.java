// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.udfs.detection.anomaly;

import java.util.ArrayDeque;
import java.util.Deque;

/** Ways to score a series, each value by itself and those before it. */
enum SeriesScorer {
    BASELINE {
        @Override
        double[] scores(LabelledSeries series) {
            AnomalyBaseline baseline = new AnomalyBaseline();
            double[] scores = new double[series.size()];
            for (int i = 0; i < scores.length; i++) {
                scores[i] = baseline.observe(series.time(i), series.value(i)).score();
            }
            return scores;
        }
    },

    /** Distance from the mean of the last 288 values, in their standard deviations. */
    ROLLING_Z {
        private static final int WINDOW = 288;

        @Override
        double[] scores(LabelledSeries series) {
            Deque<Double> window = new ArrayDeque<>();
            double[] scores = new double[series.size()];
            for (int i = 0; i < scores.length; i++) {
                double value = series.value(i);
                if (!Double.isFinite(value)) {
                    continue;
                }
                if (window.size() >= FEWEST) {
                    double mean = window.stream().mapToDouble(v -> v).average().orElse(0);
                    double variance =
                            window.stream()
                                    .mapToDouble(v -> (v - mean) * (v - mean))
                                    .average()
                                    .orElse(0);
                    scores[i] = variance > 0 ? Math.abs(value - mean) / Math.sqrt(variance) : 0;
                }
                window.add(value);
                if (window.size() > WINDOW) {
                    window.remove();
                }
            }
            return scores;
        }
    },

    /** Distance from the last value, in the mean of such distances so far. */
    LAST_VALUE {
        @Override
        double[] scores(LabelledSeries series) {
            double[] scores = new double[series.size()];
            double last = Double.NaN;
            double sum = 0;
            int n = 0;
            for (int i = 0; i < scores.length; i++) {
                double value = series.value(i);
                if (!Double.isFinite(value)) {
                    continue;
                }
                double change = Double.isNaN(last) ? 0 : Math.abs(value - last);
                scores[i] = n > FEWEST && sum > 0 ? change * n / sum : 0;
                sum += change;
                n++;
                last = value;
            }
            return scores;
        }
    };

    private static final int FEWEST = 50;

    abstract double[] scores(LabelledSeries series);
}
