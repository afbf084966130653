// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.datagen.storm;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;

/**
 * Draws an index with given weights in constant time (alias method; Vose: A Linear Algorithm for
 * Generating Random Numbers with a Given Distribution, IEEE TSE 1991). Eight bytes an index.
 * Immutable and thread safe. Probabilities are kept to 2^-32 of a cell.
 */
final class AliasTable {
    private static final long ALWAYS = 0xffffffffL;

    /** Upper half: keep this cell's own index below this threshold; lower half: the alias. */
    private final long[] cells;

    private AliasTable(long[] cells) {
        this.cells = cells;
    }

    /**
     * @param weights not negative, at least one positive; need not add up to one
     */
    static AliasTable of(double... weights) {
        double total = Arrays.stream(weights).sum();
        if (!(total > 0)) {
            throw new IllegalArgumentException("At least one weight must be positive");
        }
        int n = weights.length;
        double[] scaled = new double[n];
        Deque<Integer> small = new ArrayDeque<>();
        Deque<Integer> large = new ArrayDeque<>();
        for (int i = 0; i < n; i++) {
            scaled[i] = weights[i] * n / total;
            (scaled[i] < 1 ? small : large).push(i);
        }
        long[] cells = new long[n];
        while (!small.isEmpty() && !large.isEmpty()) {
            int poor = small.pop();
            int rich = large.pop();
            cells[poor] = cell(scaled[poor], rich);
            scaled[rich] -= 1 - scaled[poor];
            (scaled[rich] < 1 ? small : large).push(rich);
        }
        fill(cells, large);
        fill(cells, small);
        return new AliasTable(cells);
    }

    /** Weights of Zipf's law: the weight of rank r, from 0, is (r + 1)^-exponent. */
    static double[] zipf(int ranks, double exponent) {
        double[] weights = new double[ranks];
        for (int r = 0; r < ranks; r++) {
            weights[r] = Math.pow(r + 1.0, -exponent);
        }
        return weights;
    }

    private static void fill(long[] cells, Deque<Integer> rest) {
        for (int i : rest) {
            cells[i] = ALWAYS << 32 | i;
        }
    }

    private static long cell(double keep, int alias) {
        long threshold = Math.min(ALWAYS, Math.max(0, (long) (keep * 0x1.0p32)));
        return (threshold << 32) | alias;
    }

    /** The index drawn by 64 random bits. */
    int sample(long random) {
        int i = (int) ((random >>> 32) * cells.length >>> 32);
        long cell = cells[i];
        return (random & ALWAYS) < (cell >>> 32) ? i : (int) cell;
    }

    /** The probabilities with which this table really draws each index. */
    double[] probabilities() {
        double[] p = new double[cells.length];
        for (int i = 0; i < cells.length; i++) {
            double keep = (cells[i] >>> 32) * 0x1.0p-32;
            p[i] += keep / cells.length;
            p[(int) cells[i]] += (1 - keep) / cells.length;
        }
        return p;
    }
}
