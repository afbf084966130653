// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.udfs.diagnosis.logs;

import io.incidentcommander.model.diagnosis.logs.CountsOverTime;
import io.incidentcommander.model.diagnosis.logs.LogTemplate;
import io.incidentcommander.model.diagnosis.logs.LogWindow;

/**
 * How often a template came lately against how often it did before: by time, and by how busy the
 * service was; the smaller of both rises counts, so that neither more traffic nor a silence of
 * everything else is a finding. Bursts in the time before make a burst now less of a surprise:
 * counts are divided by their dispersion (quasi-likelihood; McCullagh and Nelder, Generalized
 * Linear Models, 1989, section 4.5).
 */
final class RateChange {
    /** Ordinary entries without which nobody knows how busy the service was. */
    private static final long LEAST_ORDINARY = 20;

    /** Slices without which a dispersion is a guess. */
    private static final long LEAST_SLICES = 6;

    final long later;
    final double usual;
    final double chance;

    private RateChange(long later, double usual, double chance) {
        this.later = later;
        this.usual = usual;
        this.chance = chance;
    }

    /** Of the slices in {@code [from, split)} against those in {@code [split, to)}. */
    static RateChange of(
            LogTemplate template, LogWindow window, long from, long split, long to, long slice) {
        long heard = Math.min(split, window.slices().firstSince(from));
        CountsOverTime counts = template.counts();
        long earlier = counts.between(heard, split);
        long later = counts.between(split, to);
        double before = (double) (split - heard) / slice;
        double after = (double) (to - split) / slice;
        if (before < 1) {
            return new RateChange(later, 0, 1); // Nothing to compare with.
        }
        double dispersion = dispersion(counts, earlier, heard, split, before);
        long b = (long) Math.ceil(earlier / dispersion);
        long d = (long) Math.floor(later / dispersion);
        double byTime = RateTest.chanceOfRise(b, d, after / (before + after));
        double usual = earlier / before * after;
        long busyBefore = ordinary(template, window, heard, split);
        long busyAfter = ordinary(template, window, split, to);
        if (busyBefore + busyAfter < LEAST_ORDINARY) {
            return new RateChange(later, usual, byTime);
        }
        double share = (busyAfter + 1.0) / (busyBefore + busyAfter + 2.0);
        double byTraffic = RateTest.chanceOfRise(b, d, share);
        double usualByTraffic = earlier * share / (1 - share);
        return new RateChange(later, Math.max(usual, usualByTraffic), Math.max(byTime, byTraffic));
    }

    /** Times as often as usual; where it never came before, as if it had come half a time. */
    double ratio() {
        return later / Math.max(0.5, usual);
    }

    /** Ordinary entries of others. */
    private static long ordinary(LogTemplate template, LogWindow window, long from, long to) {
        long all = window.ordinary().between(from, to);
        return TemplateMiner.isSerious(template.severity())
                ? all
                : Math.max(0, all - template.counts().between(from, to));
    }

    private static double dispersion(
            CountsOverTime counts, long earlier, long from, long to, double slices) {
        if (earlier == 0 || slices < LEAST_SLICES) {
            return 1;
        }
        double mean = earlier / slices;
        double variance = (counts.squaresBetween(from, to) - slices * mean * mean) / (slices - 1);
        return Math.max(1, variance / mean);
    }
}
