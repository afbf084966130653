// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.udfs.correlation;

/**
 * How often alerts like one came in about the last day, before it came.
 *
 * <p>The chance that an unrelated alert comes within a time dt is {@code 1 - exp(-rate x dt)} if
 * such alerts come by a Poisson process. Each rate is taken half an alert a day higher, so that
 * what was never seen is rare and not impossible (Jeffreys' prior).
 */
final class AlertRates {
    private static final double PRIOR = 0.5;

    private final double kind;
    private final double[] traits;

    /**
     * @param traits in the order of the alert's traits
     */
    AlertRates(double kind, double[] traits) {
        this.kind = kind;
        this.traits = traits;
    }

    /** Alerts of its kind, a day. */
    double kind() {
        return kind;
    }

    /** Alerts with the trait, a day. */
    double trait(int index) {
        return traits[index];
    }

    /**
     * Chance that its kind comes in so long, or the other's: what comes all the time is close to
     * everything.
     *
     * @param other alerts of the kind it came close to, a day
     */
    double chanceOfKind(double other, long millis) {
        return chance(Math.max(kind, other), millis);
    }

    /** Chance that an alert with the trait comes in so long. */
    double chanceOfTrait(int index, double other, long millis) {
        return chance(Math.max(traits[index], other), millis);
    }

    /** Chance that the trait shows anywhere in so long. */
    double chanceOfTrait(int index, long millis) {
        return chance(traits[index], millis);
    }

    private static double chance(double aDay, long millis) {
        return -Math.expm1(-(aDay + PRIOR) * millis / Rate.DAY_MILLIS);
    }
}
