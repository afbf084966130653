// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.model.consensus.reputation;

/** Where an agent stands between trust and exclusion. The order is that of the wire. */
public enum TrustPhase {
    TRUSTED,
    /** Its votes are recorded and judged, but have no power. */
    QUARANTINED,
    /** It votes with power again; a smaller suspicion sends it back. */
    PROBATION
}
