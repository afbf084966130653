// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.udfs.diagnosis.causal;

/** What one finding adds to the score of its node as the root cause. */
final class Score {
    final Finding finding;
    final double own;
    final double accounts;
    final double value;

    /**
     * @param own share of the finding that is the node's own
     * @param accounts share of the targets that it accounts for
     */
    Score(Finding finding, double own, double accounts, double value) {
        this.finding = finding;
        this.own = own;
        this.accounts = accounts;
        this.value = value;
    }

    /** Spreads above chance on a scale on which no single wild series drowns the others. */
    static double of(double surprise) {
        return Math.log1p(Math.max(0, surprise - 1));
    }
}
