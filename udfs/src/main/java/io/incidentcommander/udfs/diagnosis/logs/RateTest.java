// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.udfs.diagnosis.logs;

import java.util.Arrays;

/**
 * Whether a rate rose. Given both counts together, the later of two Poisson counts of one rate is
 * binomial, its share that of the time it was observed in (Przyborowski and Wilenski, Biometrika
 * 31, 1940): exact, however small the counts. Holm's step-down procedure (Scandinavian Journal of
 * Statistics 6, 1979) keeps the chance of any false finding among many tests below the level.
 */
public final class RateTest {
    private RateTest() {}

    /**
     * The chance of {@code later} or more of {@code earlier + later} events in the later time, if
     * the rate is the same. 1 where the share is not above what is to be expected.
     *
     * @param share of the later time in both together, in (0, 1)
     */
    public static double chanceOfRise(long earlier, long later, double share) {
        if (!(share > 0 && share < 1) || earlier < 0 || later < 0) {
            throw new IllegalArgumentException(
                    "Not two counts and a share: " + earlier + ", " + later + ", " + share);
        }
        long all = earlier + later;
        if (later <= all * share) {
            return 1;
        }
        double odds = share / (1 - share);
        double term = Math.exp(logTerm(all, later, share));
        double sum = 0;
        // Past the mean each term is smaller than the one before it.
        for (long k = later; k <= all && term > sum * 1e-17; k++) {
            sum += term;
            term *= (double) (all - k) / (k + 1) * odds;
        }
        return Math.min(1, sum);
    }

    /**
     * The chances of several tests, adjusted: one that is at most the level is a finding, and the
     * chance that any of the findings is false is at most the level too. In the given order.
     */
    public static double[] adjusted(double[] chances) {
        Integer[] order = new Integer[chances.length];
        Arrays.setAll(order, i -> i);
        Arrays.sort(order, (a, b) -> Double.compare(chances[a], chances[b]));
        double[] result = new double[chances.length];
        double before = 0;
        for (int rank = 0; rank < order.length; rank++) {
            double scaled = chances[order[rank]] * (order.length - rank);
            before = Math.max(before, Math.min(1, scaled));
            result[order[rank]] = before;
        }
        return result;
    }

    private static double logTerm(long n, long k, double p) {
        double choose = logFactorial(n) - logFactorial(k) - logFactorial(n - k);
        return choose + k * Math.log(p) + (n - k) * Math.log1p(-p);
    }

    /** Exact sums below 32; above, Stirling's series, whose next term is below 1e-13. */
    static double logFactorial(long n) {
        if (n < 32) {
            double sum = 0;
            for (int i = 2; i <= n; i++) {
                sum += Math.log(i);
            }
            return sum;
        }
        double x = n + 1.0;
        double inverse = 1 / x;
        double square = inverse * inverse;
        return (x - 0.5) * Math.log(x)
                - x
                + 0.5 * Math.log(2 * Math.PI)
                + inverse * (1 / 12.0 - square * (1 / 360.0 - square * (1 / 1260.0)));
    }
}
