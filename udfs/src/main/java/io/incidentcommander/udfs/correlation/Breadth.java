// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.udfs.correlation;

import java.util.Arrays;

/**
 * How many live entries the incident has that has most of them: bounds what any one can bring
 * about, without looking at it. Each change costs the same however many there are, spread over all
 * changes. Owned by one thread.
 */
final class Breadth {
    private int[] incidentsOf = new int[16];
    private int widest;

    /** One entry more. */
    void more(LiveIncident incident) {
        int entries = incident.entries() + 1;
        if (entries == incidentsOf.length) {
            incidentsOf = Arrays.copyOf(incidentsOf, 2 * entries);
        }
        incidentsOf[entries - 1]--;
        incidentsOf[entries]++;
        incident.entries(entries);
        widest = Math.max(widest, entries);
    }

    /** One entry less. */
    void fewer(LiveIncident incident) {
        int entries = incident.entries() - 1;
        incidentsOf[entries + 1]--;
        incidentsOf[entries]++;
        incident.entries(entries);
        while (widest > 0 && incidentsOf[widest] == 0) {
            widest--;
        }
    }

    /** 0 if nothing is live. */
    int widest() {
        return widest;
    }
}
