// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.jobs.load;

import java.util.Locale;

/** How far down the topology the records of a load run go. */
public enum LoadStages {
    /** All stages up to incidents. */
    ALL,
    /** Up to the sample of each service: what the stages of a tenant cost is the difference. */
    SAMPLING;

    /** As on the command line. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
