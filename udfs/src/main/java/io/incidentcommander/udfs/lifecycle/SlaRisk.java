// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.udfs.lifecycle;

/** Whether the time promised for mending an incident will do. */
public enum SlaRisk {
    /** What is still to be done takes less than four fifths of what is promised. */
    NONE,
    AT_RISK,
    /** At the usual pace it will not do. */
    LIKELY,
    /** It is over. */
    BREACHED
}
