// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.model.diagnosis;

import java.util.List;

/**
 * The outcome of a causal ranking: nodes by how likely they are the root cause, best first, or that
 * nothing unusual is to be seen. Immutable.
 */
public final class CausalRanking {
    /** What the ranking says as a whole. */
    public enum Verdict {
        ROOT_CAUSE,
        NOTHING_UNUSUAL
    }

    private final Verdict verdict;
    private final List<RankedCause> causes;
    private final double chance;

    private CausalRanking(Verdict verdict, List<RankedCause> causes, double chance) {
        this.verdict = verdict;
        this.causes = List.copyOf(causes);
        this.chance = chance;
    }

    /** A ranking of at least one node. */
    public static CausalRanking of(List<RankedCause> causes, double chance) {
        if (causes.isEmpty()) {
            throw new IllegalArgumentException("A root cause needs a node");
        }
        return new CausalRanking(Verdict.ROOT_CAUSE, causes, chance);
    }

    public static CausalRanking nothingUnusual(double chance) {
        return new CausalRanking(Verdict.NOTHING_UNUSUAL, List.of(), chance);
    }

    public Verdict verdict() {
        return verdict;
    }

    /** Best first, ties by name; empty if nothing is unusual. */
    public List<RankedCause> causes() {
        return causes;
    }

    /**
     * Share of stretches of the normal period, as long as the one looked at, that look at least as
     * unusual: (1 + those that do) / (1 + all), the conformal p-value.
     */
    public double chance() {
        return chance;
    }
}
