// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.udfs.diagnosis.causal;

/** What the values of a stretch of time are compared with. */
enum Baseline {
    /** The median of the normal period. */
    NORMAL,
    /**
     * The quiet rows of the stretch itself (its better quartile): for a normal period that is no
     * longer typical, as after a release or a change of traffic.
     */
    QUIET_ROWS
}
