// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.udfs.diagnosis.causal;

/** The kinds of trouble told apart, by the way they travel along calls. */
enum Trouble {
    /** Failed requests: they travel to callers. */
    ERRORS,
    /** Time spent waiting: it travels to callers. */
    LATENCY,
    /** Something in the node itself: travels as errors or latency only. */
    RESOURCE,
    /** More requests than usual: they travel to callees. */
    SURGE,
    /** Fewer requests than its callers send: a node that no longer answers, or is cut off. */
    SILENCE;

    /** Whether callers have as much of it as their callees, in the same unit. */
    boolean flowsToCallers() {
        return this == ERRORS || this == LATENCY;
    }

    /** Whether it has one unit at all nodes, so that amounts compare. */
    boolean isCounted() {
        return flowsToCallers() || this == SURGE;
    }
}
