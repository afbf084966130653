// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.udfs.resolution;

import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;

/** What the policy says of an action, and all its reasons. Immutable. */
public final class PolicyDecision {
    /** The worst that any rule says. */
    public enum Verdict {
        ALLOWED,
        NEEDS_APPROVAL,
        REFUSED
    }

    private final Verdict verdict;
    private final List<String> reasons;
    private final Set<String> approvals;

    PolicyDecision(Verdict verdict, List<String> reasons, Set<String> approvals) {
        this.verdict = Objects.requireNonNull(verdict, "verdict");
        this.reasons = List.copyOf(reasons);
        this.approvals = new TreeSet<>(approvals);
    }

    public Verdict verdict() {
        return verdict;
    }

    /** Every rule that speaks against it, or why it may run; never empty. */
    public List<String> reasons() {
        return reasons;
    }

    /** Ids of the approvals that an allowed action uses up: they serve no other. */
    public Set<String> approvals() {
        return Set.copyOf(approvals);
    }

    @Override
    public String toString() {
        return verdict + ": " + String.join("; ", reasons);
    }
}
