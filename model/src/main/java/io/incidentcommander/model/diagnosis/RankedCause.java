// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.model.diagnosis;

import java.util.List;
import java.util.Objects;

/** A node that may be the root cause, and what speaks for it. Immutable. */
public final class RankedCause {
    private final String node;
    private final double score;
    private final List<String> evidence;

    /**
     * @param score above 0; comparable within one ranking only
     * @param evidence sentences for a person, strongest first
     */
    public RankedCause(String node, double score, List<String> evidence) {
        this.node = Objects.requireNonNull(node, "node");
        this.score = score;
        this.evidence = List.copyOf(evidence);
    }

    public String node() {
        return node;
    }

    public double score() {
        return score;
    }

    public List<String> evidence() {
        return evidence;
    }

    @Override
    public String toString() {
        return node + " " + score + " " + evidence;
    }
}
