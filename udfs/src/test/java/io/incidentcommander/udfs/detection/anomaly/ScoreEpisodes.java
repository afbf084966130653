// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.udfs.detection.anomaly;

import io.incidentcommander.model.detection.anomaly.WatchedSeries;
import io.incidentcommander.udfs.detection.anomaly.SeriesWatch.Change;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Random;
import java.util.SplittableRandom;

/**
 * Prints how often an anomaly begins where nothing is wrong, and how many shifts are found, how
 * soon, and how soon they are over: series by the minute, of every shape, eight days of each, and
 * then a shift.
 */
final class ScoreEpisodes {
    private static final int EACH = 20;
    private static final int DAY = 1_440;
    private static final int LEARNT = 8 * DAY;
    private static final int AFTER = 60;
    private static final int[] MINUTES = {20, 180};
    private static final double[] SIZES = {4, 6, 10};
    private static final double[] SCORES = {0.7, 0.8, 0.9};

    private ScoreEpisodes() {}

    public static void main(String[] seeds) {
        for (String seed : seeds) {
            List<double[]> all = series(Long.parseLong(seed));
            for (double score : SCORES) {
                print(seed, all, score);
            }
        }
    }

    private static List<double[]> series(long seed) {
        SplittableRandom seeds = new SplittableRandom(seed);
        long[] times = new long[LEARNT + MINUTES[1] + AFTER];
        for (int i = 0; i < times.length; i++) {
            times[i] = time(i);
        }
        List<double[]> all = new ArrayList<>();
        for (SeriesShape shape : SeriesShape.values()) {
            for (int i = 0; i < EACH; i++) {
                all.add(shape.values(times, new Random(seeds.nextLong())));
            }
        }
        return all;
    }

    private static void print(String seed, List<double[]> all, double score) {
        SeriesWatch watch = new SeriesWatch(new AnomalyPolicy(1, score, 0));
        int begun = 0;
        Shifts[][] shifts = new Shifts[MINUTES.length][SIZES.length];
        for (double[] values : all) {
            Optional<WatchedSeries> series = Optional.empty();
            for (int i = 0; i < LEARNT; i++) {
                SeriesWatch.Outcome outcome = watch.watch(series, time(i), values[i]);
                begun += outcome.change() == Change.BEGAN ? 1 : 0;
                series = Optional.of(outcome.series());
            }
            double spread =
                    (LabelledSeries.quantile(values, 0.75) - LabelledSeries.quantile(values, 0.25))
                            / 1.35;
            for (int m = 0; m < MINUTES.length; m++) {
                for (int z = 0; z < SIZES.length; z++) {
                    shifts[m][z] = shifts[m][z] == null ? new Shifts(MINUTES[m]) : shifts[m][z];
                    shifts[m][z].add(watch, series, values, SIZES[z] * Math.max(1, spread));
                }
            }
        }
        System.out.printf(
                Locale.ROOT,
                "seed %s, score %.1f: %d false ones in %d series of 7 days that were judged%n",
                seed,
                score,
                begun,
                all.size());
        for (int m = 0; m < MINUTES.length; m++) {
            for (int z = 0; z < SIZES.length; z++) {
                System.out.printf(
                        Locale.ROOT,
                        "  %d min, %.0f spreads: %s%n",
                        MINUTES[m],
                        SIZES[z],
                        shifts[m][z]);
            }
        }
    }

    private static long time(int minute) {
        return (1_400_000_000_000L / 60_000 + minute) * 60_000;
    }

    /** What became of shifts of one size and length. */
    private static final class Shifts {
        private final int minutes;
        private int all;
        private int found;
        private int waited;
        private int tooSoon;
        private int over;
        private int overAfter;

        Shifts(int minutes) {
            this.minutes = minutes;
        }

        void add(SeriesWatch watch, Optional<WatchedSeries> before, double[] values, double by) {
            all++;
            int began = -1;
            Optional<WatchedSeries> series = before.filter(s -> !s.isAnomalous());
            if (series.isEmpty()) {
                return;
            }
            for (int i = 0; i < minutes + AFTER; i++) {
                double value = values[LEARNT + i] + (i < minutes ? by : 0);
                SeriesWatch.Outcome outcome = watch.watch(series, time(LEARNT + i), value);
                series = Optional.of(outcome.series());
                if (outcome.change() == Change.BEGAN && began < 0 && i < minutes) {
                    began = i;
                    found++;
                    waited += i + 1;
                } else if (outcome.change() == Change.ENDED && began >= 0) {
                    tooSoon += i < minutes ? 1 : 0;
                    over += i < minutes ? 0 : 1;
                    overAfter += i < minutes ? 0 : i - minutes + 1;
                    return;
                }
            }
        }

        @Override
        public String toString() {
            return String.format(
                    Locale.ROOT,
                    "%d of %d found, with the %.1fth minute; %d over too soon, %d over after it,"
                            + " with the %.1fth minute",
                    found,
                    all,
                    (double) waited / Math.max(1, found),
                    tooSoon,
                    over,
                    (double) overAfter / Math.max(1, over));
        }
    }
}
