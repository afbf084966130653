// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.udfs.diagnosis.causal;

import java.util.ArrayList;
import java.util.List;

/**
 * The best scores of stretches of the normal period: what the ranking makes of nothing. A score is
 * unusual above the 90th percentile plus {@value #TAIL} times its distance from the median. The
 * bound does not look at the greatest tenth, because normal periods have small incidents of their
 * own, and one of them must not hide a later one. With an exponential tail it is passed by chance
 * by one stretch in 400.
 *
 * <p>Not thread safe.
 */
final class UsualScores {
    private static final double TAIL = 2;

    /** Whatever the tail looks like, no more stretches than this may look as unusual, if any. */
    private static final double MOST_CHANCE = 0.045;

    private static final int ENOUGH = 20;

    /** With too few stretches to tell, the score has to be that of so many spreads. */
    private static final double CLEAR_SPREADS = 6;

    private static final double SHARE_OF_CLEAR = 0.45;

    private final List<Double> scores = new ArrayList<>();

    void add(double best) {
        scores.add(best);
    }

    /** The conformal p-value: (1 + those at least as great) / (1 + all). */
    double chanceOf(double best) {
        return (1.0 + scores.stream().filter(s -> s >= best).count()) / (1.0 + scores.size());
    }

    boolean isUnusual(double best) {
        if (best <= 0) {
            return false;
        }
        double[] all = scores.stream().mapToDouble(s -> s).toArray();
        if (all.length < ENOUGH) {
            boolean greatest = scores.stream().allMatch(s -> s < best);
            return greatest && best >= SHARE_OF_CLEAR * Score.of(CLEAR_SPREADS);
        }
        double high = Robust.quantile(all, 0.9);
        double bound = high + TAIL * (high - Robust.median(all));
        return best > bound && chanceOf(best) <= Math.max(MOST_CHANCE, 1.0 / (1 + all.length));
    }
}
