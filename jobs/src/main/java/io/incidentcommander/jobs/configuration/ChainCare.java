// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.jobs.configuration;

/** What the job does about the chains that it has stored. */
public enum ChainCare {
    /** Nothing: somebody else looks at them. */
    OFF,
    /** Looks at them, and opens an incident about each that is broken. */
    REPORT,
    /** As that, once it could not mend it from the other copy. */
    REPAIR
}
