// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.udfs.lifecycle;

import java.io.Serializable;
import java.math.BigDecimal;
import java.math.RoundingMode;

/** What an incident has cost so far: its tier's price per minute, by the millisecond, in USD. */
public final class TierCost implements Serializable {
    private static final long serialVersionUID = 1L;
    private static final BigDecimal MILLIS_PER_MINUTE = BigDecimal.valueOf(60_000);

    private final BigDecimal usdPerMinute;

    public TierCost(BigDecimal usdPerMinute) {
        if (usdPerMinute.signum() < 0) {
            throw new IllegalArgumentException("A cost is not negative: " + usdPerMinute);
        }
        this.usdPerMinute = usdPerMinute;
    }

    /** To the cent, half up. */
    public BigDecimal between(long fromMillis, long toMillis) {
        BigDecimal millis = BigDecimal.valueOf(Math.max(0, toMillis - fromMillis));
        return usdPerMinute.multiply(millis).divide(MILLIS_PER_MINUTE, 2, RoundingMode.HALF_UP);
    }
}
