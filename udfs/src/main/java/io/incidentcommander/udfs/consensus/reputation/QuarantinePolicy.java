// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.udfs.consensus.reputation;

import java.io.Serializable;

/** How long an agent is out, and watched afterwards. Immutable; milliseconds of event time. */
public final class QuarantinePolicy implements Serializable {
    private static final long serialVersionUID = 1L;
    private static final long HOUR = 3_600_000;

    private final long firstMillis;
    private final long longestMillis;
    private final long probationMillis;
    private final double probationPower;

    /**
     * @param firstMillis length of the first quarantine; each further one is twice as long
     * @param longestMillis where doubling ends
     * @param probationMillis how long probation lasts
     * @param probationPower share of its power an agent has in probation, in (0,1]
     */
    public QuarantinePolicy(
            long firstMillis, long longestMillis, long probationMillis, double probationPower) {
        if (firstMillis <= 0 || longestMillis < firstMillis || probationMillis <= 0) {
            throw new IllegalArgumentException("Need 0 < first <= longest, and a probation");
        }
        if (!(probationPower > 0 && probationPower <= 1)) {
            throw new IllegalArgumentException("A share of power is in (0,1]");
        }
        this.firstMillis = firstMillis;
        this.longestMillis = longestMillis;
        this.probationMillis = probationMillis;
        this.probationPower = probationPower;
    }

    /** Six hours, doubling up to seven days; a day of probation at half the power. */
    public static QuarantinePolicy defaults() {
        return new QuarantinePolicy(6 * HOUR, 7 * 24 * HOUR, 24 * HOUR, 0.5);
    }

    /**
     * @param offences how often the agent was quarantined before
     */
    public long lengthMillis(int offences) {
        long length = firstMillis;
        for (int i = 0; i < offences && length < longestMillis; i++) {
            length = length > longestMillis / 2 ? longestMillis : length * 2;
        }
        return length;
    }

    public long probationMillis() {
        return probationMillis;
    }

    public double probationPower() {
        return probationPower;
    }
}
