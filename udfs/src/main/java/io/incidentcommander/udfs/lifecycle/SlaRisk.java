// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.udfs.lifecycle;

import java.util.Locale;

/** Whether the time promised for mending an incident will do. */
public enum SlaRisk {
    /** What is still to be done takes less than four fifths of what is promised. */
    NONE("none"),
    AT_RISK("at risk"),
    /** At the usual pace it will not do. */
    LIKELY("likely missed"),
    /** It is over. */
    BREACHED("missed");

    private final String words;

    SlaRisk(String words) {
        this.words = words;
    }

    /** For machine-readable results. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** For people. */
    public String words() {
        return words;
    }
}
