// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.udfs.detection.anomaly;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.SplittableRandom;

/** A made-up series with up to three faults, whose places are known: the same for the same seed. */
final class LabelledSeries {
    private final SeriesShape shape;
    private final long[] times;
    private final double[] values;
    private final List<Window> windows = new ArrayList<>();

    private LabelledSeries(SeriesShape shape, long[] times, double[] values) {
        this.shape = shape;
        this.times = times;
        this.values = values;
    }

    static List<LabelledSeries> of(long seed, int count) {
        List<LabelledSeries> all = new ArrayList<>();
        SplittableRandom seeds = new SplittableRandom(seed);
        for (int i = 0; i < count; i++) {
            all.add(of(new Random(seeds.nextLong())));
        }
        return all;
    }

    private static LabelledSeries of(Random random) {
        SeriesShape shape = SeriesShape.values()[random.nextInt(SeriesShape.values().length)];
        int minutes = new int[] {5, 5, 5, 5, 30, 60}[random.nextInt(6)];
        int perDay = 1_440 / minutes;
        int days = minutes == 5 ? 10 + random.nextInt(9) : 60 + random.nextInt(60);
        long[] times = new long[days * perDay];
        long first = 1_400_000_000_000L + random.nextInt(100_000) * 300_000L;
        for (int i = 0; i < times.length; i++) {
            times[i] = first + (long) i * minutes * 60_000;
        }
        LabelledSeries series = new LabelledSeries(shape, times, shape.values(times, random));
        int faults = random.nextInt(4);
        for (int i = 0; i < faults; i++) {
            series.strike(random, perDay);
        }
        if (random.nextInt(4) == 0) {
            series.lose(random, perDay);
        }
        series.scale(random);
        return series;
    }

    private void strike(Random random, int perDay) {
        int begin = Math.max(values.length / 5, 2 * perDay);
        int at = begin + random.nextInt(values.length - begin - 2 * perDay);
        SeriesFault fault = SeriesFault.values()[random.nextInt(SeriesFault.values().length)];
        boolean crowded =
                windows.stream().anyMatch(w -> at > w.from - 2 * perDay && at < w.to + perDay);
        boolean pointless =
                (fault == SeriesFault.MISSED_DAY && !shape.hasDays())
                        || (fault == SeriesFault.FLAT_LINE && shape == SeriesShape.QUANTISED);
        if (crowded || pointless) {
            return;
        }
        double spread = (quantile(values, 0.75) - quantile(values, 0.25)) / 1.35;
        double size = Math.max(0.3 * spread, usualChange()) * (5 + 8 * random.nextDouble());
        double seen = shape == SeriesShape.BURSTY ? Math.max(size, 22) : size;
        int length = fault.strike(values, at, seen, perDay, random);
        windows.add(new Window(at, at + length + Math.max(3, perDay / 48)));
    }

    private void lose(Random random, int perDay) {
        int gap = random.nextInt(values.length - perDay);
        for (int i = 0; i < values.length; i++) {
            if (random.nextInt(60) == 0 || (i >= gap && i < gap + perDay / 3)) {
                values[i] = isFaulty(i) ? values[i] : Double.NaN;
            }
        }
    }

    private void scale(Random random) {
        double factor = Math.pow(10, random.nextInt(9) - 3);
        double offset = random.nextInt(3) == 0 ? 0 : 50 * factor;
        for (int i = 0; i < values.length; i++) {
            values[i] = values[i] * factor + offset;
        }
    }

    private double usualChange() {
        double[] changes = new double[values.length - 1];
        for (int i = 0; i < changes.length; i++) {
            changes[i] = Math.abs(values[i + 1] - values[i]);
        }
        return quantile(changes, 0.75);
    }

    static double quantile(double[] values, double share) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return sorted[(int) (share * (sorted.length - 1))];
    }

    int size() {
        return values.length;
    }

    SeriesShape shape() {
        return shape;
    }

    long time(int index) {
        return times[index];
    }

    double value(int index) {
        return values[index];
    }

    boolean isFaulty(int index) {
        return windows.stream().anyMatch(w -> index >= w.from && index < w.to);
    }

    List<Window> windows() {
        return windows;
    }

    /** Where something is wrong, by index. */
    static final class Window {
        private final int from;
        private final int to;

        private Window(int from, int to) {
            this.from = from;
            this.to = to;
        }

        int from() {
            return from;
        }

        /** Exclusive. */
        int to() {
            return to;
        }
    }
}
