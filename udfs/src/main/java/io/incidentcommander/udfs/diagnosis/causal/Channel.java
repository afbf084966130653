// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.udfs.diagnosis.causal;

import io.incidentcommander.model.diagnosis.MetricKey;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;

/**
 * One way to see one kind of trouble at one node: a value per row, weighted by the traffic of that
 * row where the trouble is counted over requests. Excess is weight times how much worse the value
 * is than its baseline: failed requests too many, seconds spent too long.
 *
 * <p>How large an excess is by chance is learned from all stretches of the normal period that are
 * as long as the one looked at: the same statistic of the same length, so its peaks compare.
 */
final class Channel {
    private static final int MOST_STRETCHES = 400;
    private static final int FEWEST_STRETCHES = 12;

    /** With fewer values than this the spread is uncertain, and widened by that uncertainty. */
    private static final double FEW_VALUES = 20;

    /** What a level that few values tell may change by chance, as a share of it. */
    private static final double LEVEL_OF_FEW = 0.25;

    final MetricKey source;
    final Trouble trouble;

    /** Whether its excess may be added up and compared between nodes. */
    final boolean flow;

    private final Direction worse;
    private final double floor;
    private final double usual;
    private final Samples normal;
    private final Samples issue;
    private final int stretch;
    private final Map<Baseline, Chance> chances = new EnumMap<>(Baseline.class);

    /** Which way is worse. */
    enum Direction {
        UP,
        DOWN,
        EITHER
    }

    /** Values and weights, row by row. */
    static final class Samples {
        final double[] value;
        final double[] weight;

        Samples(double[] value, double[] weight) {
            this.value = value;
            this.weight = weight;
        }
    }

    /** What the peak of the excess of a normal stretch is: centre and spread. */
    static final class Chance {
        /** How much the peak of e times as many rows is higher by chance, in spreads. */
        private static final double HIGHER = 0.5;

        final double centre;
        final double spread;

        Chance(double centre, double spread) {
            this.centre = centre;
            this.spread = spread;
        }

        Chance among(int rows, int than) {
            return rows <= than
                    ? this
                    : new Chance(centre + HIGHER * spread * Math.log(rows / (double) than), spread);
        }
    }

    /**
     * @param floor the least spread, in the unit of the excess: what counts as nothing at all
     * @param stretch rows of the stretches of the normal period that the issue is compared with
     */
    Channel(
            MetricKey source,
            Trouble trouble,
            boolean flow,
            Direction worse,
            double floor,
            Samples normal,
            Samples issue,
            int stretch) {
        this.stretch = stretch;
        this.source = source;
        this.trouble = trouble;
        this.flow = flow;
        this.worse = worse;
        this.floor = floor;
        this.usual = Robust.median(normal.value);
        this.normal = normal;
        this.issue = issue;
    }

    double usual() {
        return usual;
    }

    /** The value of the issue in a row, unweighted; NaN if missing. */
    double issueValue(int row) {
        return issue.value[row];
    }

    Reading ofIssue(Baseline baseline) {
        return reading(issue, 0, issue.value.length, baseline);
    }

    Reading ofNormal(int from, int length, Baseline baseline) {
        return reading(normal, from, from + length, baseline);
    }

    private Reading reading(Samples in, int from, int to, Baseline baseline) {
        Chance chance =
                chances.computeIfAbsent(baseline, b -> learn(b, stretch)).among(to - from, stretch);
        double base = base(in, from, to, baseline);
        return new Reading(this, base, excess(in, from, to, base), chance);
    }

    /**
     * How the quiet level of the issue differs from that of normal stretches, in spreads, above 0
     * if worse; NaN if there is too little to tell.
     */
    double drift() {
        int length = stretch;
        if (Robust.present(issue.value) < 2 || starts(length) < FEWEST_STRETCHES) {
            return Double.NaN;
        }
        double[] quiet = new double[starts(length)];
        for (int i = 0; i < quiet.length; i++) {
            int from = start(i, length);
            quiet[i] = quiet(normal, from, from + length);
        }
        double centre = Robust.median(quiet);
        double above = (Robust.quantile(quiet, 0.95) - centre) / 1.645;
        double below = (centre - Robust.quantile(quiet, 0.05)) / 1.645;
        double spread = Robust.spread(quiet, centre);
        double least = Math.max(0.02 * Math.abs(centre), 1e-12);
        double wide = Math.max(Math.max(spread, least), Math.max(above, below));
        double shift = (quiet(issue, 0, issue.value.length) - centre) / wide;
        return worse == Direction.DOWN ? -shift : shift;
    }

    private Chance learn(Baseline baseline, int length) {
        double[] peaks = new double[starts(length)];
        int n = 0;
        for (int i = 0; i < peaks.length; i++) {
            int from = start(i, length);
            if (Robust.anyPresent(normal.value, from, from + length)) {
                double base = base(normal, from, from + length, baseline);
                peaks[n++] = peak(excess(normal, from, from + length, base));
            }
        }
        int values = Robust.present(normal.value);
        double fewValues = Math.sqrt(1 + FEW_VALUES / Math.max(1, values));
        if (n < FEWEST_STRETCHES || values < FEW_VALUES) {
            double[] all = presentOnly(excess(normal, 0, normal.value.length, usual));
            double level = LEVEL_OF_FEW * Math.abs(usual) * Robust.median(normal.weight);
            return new Chance(0, fewValues * largest(floor, level, Robust.upperSpread(all, 0)));
        }
        double[] present = Arrays.copyOf(peaks, n);
        double centre = Robust.median(present);
        double spread = fewValues * largest(floor, Robust.upperSpread(present, centre));
        return new Chance(centre, spread);
    }

    /** The excess of rows that have a value. */
    private double[] presentOnly(double[] excess) {
        double[] present = new double[excess.length];
        int n = 0;
        for (int row = 0; row < excess.length; row++) {
            if (!Double.isNaN(normal.value[row])) {
                present[n++] = excess[row];
            }
        }
        return Arrays.copyOf(present, n);
    }

    private static double largest(double... values) {
        return Arrays.stream(values).filter(v -> !Double.isNaN(v)).max().orElse(1e-9);
    }

    private int starts(int length) {
        int all = normal.value.length - length + 1;
        return Math.max(0, Math.min(all, MOST_STRETCHES));
    }

    private int start(int index, int length) {
        int all = normal.value.length - length + 1;
        return (int) ((long) index * all / starts(length));
    }

    private double base(Samples in, int from, int to, Baseline baseline) {
        double base = baseline == Baseline.NORMAL ? usual : quiet(in, from, to);
        return Double.isNaN(base) ? usual : base;
    }

    private double quiet(Samples in, int from, int to) {
        double p = worse == Direction.EITHER ? 0.5 : worse == Direction.UP ? 0.25 : 0.75;
        return Robust.quantile(in.value, from, to, p);
    }

    private double[] excess(Samples in, int from, int to, double base) {
        double[] excess = new double[to - from];
        for (int row = from; row < to; row++) {
            double by = in.value[row] - base;
            double signed =
                    worse == Direction.EITHER ? Math.abs(by) : worse == Direction.UP ? by : -by;
            double weighted = signed * in.weight[row];
            excess[row - from] = Double.isNaN(weighted) ? 0 : weighted;
        }
        return excess;
    }

    static double peak(double[] values) {
        return Arrays.stream(values).max().orElse(0);
    }
}
