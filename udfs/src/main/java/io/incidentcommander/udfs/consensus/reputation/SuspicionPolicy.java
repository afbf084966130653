// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.udfs.consensus.reputation;

import io.incidentcommander.model.consensus.reputation.Evidence;
import io.incidentcommander.model.consensus.reputation.JudgedOutcome;
import io.incidentcommander.model.consensus.reputation.OutcomeVerdict;
import java.io.Serializable;
import java.util.List;

/**
 * How evidence and wrong outcomes become suspicion. Immutable; times in milliseconds of event time.
 *
 * <p>Two parts, added and cut at 100. Evidence: the sum of points, each halved per half-life.
 * Errors: a cumulative sum test (Page, "Continuous inspection schemes", 1954) of "errs as a faulty
 * agent" against "errs as an honest one": S = max(0, S + log likelihood ratio of the outcome), so
 * that an honest agent's errors are forgotten as it goes on being right, and a change for the worse
 * is seen after about {@code errorsToLimit} wrong outcomes, however good the record before.
 *
 * <p>More evidence never lowers suspicion, nor does a further wrong outcome.
 */
public final class SuspicionPolicy implements Serializable {
    private static final long serialVersionUID = 1L;
    private static final long ONE_DAY = 24L * 3_600_000;

    private final double honestErrorRate;
    private final double faultyErrorRate;
    private final int errorsToLimit;
    private final double limit;
    private final double probationLimit;
    private final long halfLifeMillis;
    private final int evidenceKept;
    private final double weakPoints;
    private final double weakTogether;

    /**
     * @param honestErrorRate how often an honest agent errs at most, in (0,1)
     * @param faultyErrorRate how often a faulty one errs at least, above the honest rate, below 1
     * @param errorsToLimit wrong outcomes in a row that alone reach the limit, at least 1
     * @param limit suspicion from which a trusted agent is quarantined, in (0,100]
     * @param probationLimit the same in probation, in (0, limit]
     * @param halfLifeMillis after so long evidence counts half
     * @param evidenceKept pieces of evidence remembered, the strongest, at least 1
     * @param weakPoints evidence of at most so many points is weak: it happens to honest agents too
     * @param weakTogether all weak evidence together counts at most so much, however often it came
     */
    public SuspicionPolicy(
            double honestErrorRate,
            double faultyErrorRate,
            int errorsToLimit,
            double limit,
            double probationLimit,
            long halfLifeMillis,
            int evidenceKept,
            double weakPoints,
            double weakTogether) {
        require(
                honestErrorRate > 0 && honestErrorRate < faultyErrorRate && faultyErrorRate < 1,
                "Error rates must be 0 < honest < faulty < 1");
        require(errorsToLimit > 0, "At least one error must reach the limit");
        require(
                probationLimit > 0 && probationLimit <= limit && limit <= Suspicion.MOST,
                "Limits must be 0 < in probation <= limit <= 100");
        require(halfLifeMillis > 0, "The half-life must be positive");
        require(evidenceKept > 0, "At least one piece of evidence must be kept");
        this.honestErrorRate = honestErrorRate;
        this.faultyErrorRate = faultyErrorRate;
        this.errorsToLimit = errorsToLimit;
        this.limit = limit;
        this.probationLimit = probationLimit;
        this.halfLifeMillis = halfLifeMillis;
        require(weakPoints >= 0 && weakTogether >= 0, "Points are zero or more");
        this.evidenceKept = evidenceKept;
        this.weakPoints = weakPoints;
        this.weakTogether = weakTogether;
    }

    /**
     * Honest agents err up to 0.2, faulty ones from 0.6; 7 errors; limits 80 and 40; one day; what
     * has 10 points or fewer comes to 15 at most, so that being unlike others is never enough.
     */
    public static SuspicionPolicy defaults() {
        return new SuspicionPolicy(0.2, 0.6, 7, 80, 40, ONE_DAY, 32, 10, 15);
    }

    private static void require(boolean holds, String message) {
        if (!holds) {
            throw new IllegalArgumentException(message);
        }
    }

    public double limit() {
        return limit;
    }

    public double probationLimit() {
        return probationLimit;
    }

    public int evidenceKept() {
        return evidenceKept;
    }

    /**
     * @param outcomes by time of decision, earliest first
     * @param sinceMillis what happened up to then raises no suspicion any more
     */
    public Suspicion suspicion(
            List<JudgedOutcome> outcomes,
            List<Evidence> evidence,
            long sinceMillis,
            long nowMillis) {
        return Suspicion.of(
                ofErrors(outcomes, sinceMillis, nowMillis)
                        + ofEvidence(evidence, sinceMillis, nowMillis));
    }

    private double ofErrors(List<JudgedOutcome> outcomes, long sinceMillis, long nowMillis) {
        double onWrong = Math.log(faultyErrorRate / honestErrorRate);
        double onRight = Math.log((1 - faultyErrorRate) / (1 - honestErrorRate));
        double sum = 0;
        long last = nowMillis;
        for (JudgedOutcome outcome : outcomes) {
            if (outcome.decidedAtMillis() > sinceMillis) {
                sum += outcome.verdict() == OutcomeVerdict.WRONG ? onWrong : onRight;
                sum = Math.max(0, sum);
                last = outcome.decidedAtMillis();
            }
        }
        return limit
                * sum
                / (errorsToLimit * onWrong)
                * Fading.left(last, nowMillis, halfLifeMillis);
    }

    private double ofEvidence(List<Evidence> evidence, long sinceMillis, long nowMillis) {
        double strong = 0;
        double weak = 0;
        for (Evidence one : evidence) {
            if (one.atMillis() > sinceMillis) {
                double left = one.points() * Fading.left(one.atMillis(), nowMillis, halfLifeMillis);
                strong += one.points() > weakPoints ? left : 0;
                weak += one.points() > weakPoints ? 0 : left;
            }
        }
        return strong + Math.min(weakTogether, weak);
    }

    /**
     * Orders evidence by what is left of it at any one time: log2(points) + time in half-lives.
     * Since all of it fades alike, the order never changes, and so neither does who is kept.
     */
    double lasting(Evidence one) {
        return Math.log(one.points()) / Math.log(2) + (double) one.atMillis() / halfLifeMillis;
    }
}
