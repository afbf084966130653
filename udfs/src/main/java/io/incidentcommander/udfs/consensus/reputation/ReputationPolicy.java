// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.udfs.consensus.reputation;

import io.incidentcommander.model.consensus.reputation.JudgedOutcome;
import io.incidentcommander.model.consensus.reputation.OutcomeVerdict;
import java.io.Serializable;
import java.util.List;

/**
 * How outcomes become reputation. Immutable; times in milliseconds of event time.
 *
 * <p>An outcome counts {@code discount^k * 2^(-age / halfLife)}, k being the number of later
 * outcomes. The first factor lets reputation follow a change of conduct within a few rounds,
 * however long the good record before it; the second lets it return to the prior when an agent is
 * idle.
 */
public final class ReputationPolicy implements Serializable {
    private static final long serialVersionUID = 1L;
    private static final long THIRTY_DAYS = 30L * 24 * 3_600_000;

    private final double priorRight;
    private final double priorWrong;
    private final double discount;
    private final long halfLifeMillis;
    private final int outcomesKept;
    private final double fullPowerAt;

    /**
     * @param priorRight pseudo-count of right outcomes before any, above 0
     * @param priorWrong likewise of wrong ones
     * @param discount in (0,1]: what one later outcome leaves of an earlier one
     * @param halfLifeMillis after so long an outcome counts half
     * @param outcomesKept latest outcomes remembered, at least 1; with 0.92 the 65th counts 0.005
     * @param fullPowerAt reputation from which an agent has all of its power, in (0,1]
     */
    public ReputationPolicy(
            double priorRight,
            double priorWrong,
            double discount,
            long halfLifeMillis,
            int outcomesKept,
            double fullPowerAt) {
        require(priorRight > 0 && priorWrong > 0, "Pseudo-counts must be above 0");
        require(discount > 0 && discount <= 1, "The discount is in (0,1]");
        require(halfLifeMillis > 0, "The half-life must be positive");
        require(outcomesKept > 0, "At least one outcome must be kept");
        require(fullPowerAt > 0 && fullPowerAt <= 1, "A reputation is in (0,1]");
        this.priorRight = priorRight;
        this.priorWrong = priorWrong;
        this.discount = discount;
        this.halfLifeMillis = halfLifeMillis;
        this.outcomesKept = outcomesKept;
        this.fullPowerAt = fullPowerAt;
    }

    /** Prior 1:1, discount 0.92 (about 12 outcomes), half-life 30 days, 64 kept, full at 0.5. */
    public static ReputationPolicy defaults() {
        return new ReputationPolicy(1, 1, 0.92, THIRTY_DAYS, 64, 0.5);
    }

    private static void require(boolean holds, String message) {
        if (!holds) {
            throw new IllegalArgumentException(message);
        }
    }

    public int outcomesKept() {
        return outcomesKept;
    }

    /**
     * @param outcomes by time of decision, earliest first
     * @param nowMillis outcomes decided later count as if decided now
     */
    public Reputation reputation(List<JudgedOutcome> outcomes, long nowMillis) {
        double right = 0;
        double wrong = 0;
        double position = 1;
        for (int i = outcomes.size() - 1; i >= 0; i--) {
            JudgedOutcome outcome = outcomes.get(i);
            double counts =
                    position * Fading.left(outcome.decidedAtMillis(), nowMillis, halfLifeMillis);
            if (outcome.verdict() == OutcomeVerdict.RIGHT) {
                right += counts;
            } else {
                wrong += counts;
            }
            position *= discount;
        }
        return Reputation.ofCounts(right, wrong, priorRight, priorWrong);
    }

    /**
     * What is left of an agent's power: 1 from {@code fullPowerAt} on, below in proportion. A good
     * reputation never gives more than the full power, so an attacker gains nothing from a long
     * record of being right while honest agents err now and then.
     *
     * @return in (0,1]
     */
    public double powerFactor(Reputation reputation) {
        return Math.min(1, reputation.value() / fullPowerAt);
    }
}
