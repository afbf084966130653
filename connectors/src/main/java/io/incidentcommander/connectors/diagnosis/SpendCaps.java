// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.connectors.diagnosis;

import java.io.Serializable;

/** What may be spent on models, in millionths of a US dollar. Immutable. */
public final class SpendCaps implements Serializable {
    /** A quarter of a dollar an incident, ten dollars an hour. */
    public static final SpendCaps DEFAULT = new SpendCaps(250_000, 10_000_000);

    private static final long serialVersionUID = 1L;

    private final long perIncident;
    private final long perHour;

    public SpendCaps(long perIncidentMicroUsd, long perHourMicroUsd) {
        this.perIncident = perIncidentMicroUsd;
        this.perHour = perHourMicroUsd;
    }

    /** The hour's money divided among so many that spend it. */
    public SpendCaps shared(int spenders) {
        return new SpendCaps(perIncident, perHour / Math.max(1, spenders));
    }

    long perIncident() {
        return perIncident;
    }

    long perHour() {
        return perHour;
    }
}
