// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.model.consensus;

/** What a decision is good for. Ordinals are stored: append only. */
public enum DecisionStatus {
    /** More than two thirds stand behind the action; policy may let it run. */
    DECIDED,
    /** As decided, but the roster tolerates no fault by its making: a human approves first. */
    NEEDS_APPROVAL,
    /** No agreement in time: the best single recommendation, never executed unasked. */
    UNRESOLVED,
    /** Too much power is suspect, or too few agents are trusted: a human decides. */
    HUMAN_ONLY,
    /** The stage itself could not decide: the recommendation of the weightiest trusted agent. */
    FALLBACK;

    /** Whether the agents agreed on the action. */
    public boolean agreed() {
        return this == DECIDED || this == NEEDS_APPROVAL;
    }
}
