// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.udfs.lifecycle;

import io.incidentcommander.udfs.correlation.catalogue.CatalogueEntry;
import io.incidentcommander.udfs.correlation.catalogue.ServiceTier;
import java.io.Serializable;
import java.math.BigDecimal;
import java.util.EnumMap;
import java.util.Map;

/**
 * What a service that is down costs, by the millisecond: its tier's price per minute, twice that in
 * the business hours of its own time zone, and, if more than 1,000 users are affected, 1 USD per
 * minute for each of them. Immutable.
 */
public final class TierCost implements Serializable {
    private static final long serialVersionUID = 3L;
    private static final long FEW_USERS = 1_000;

    private final EnumMap<ServiceTier, BigDecimal> usdPerMinute;

    /** SUPPORTING services alone, at this price. */
    public TierCost(BigDecimal supportingPerMinute) {
        this(Map.of(ServiceTier.SUPPORTING, supportingPerMinute));
    }

    /**
     * @param usdPerMinute of every tier that a catalogue has, and of SUPPORTING
     */
    public TierCost(Map<ServiceTier, BigDecimal> usdPerMinute) {
        this.usdPerMinute = new EnumMap<>(usdPerMinute);
        usdPerMinute.forEach(
                (tier, price) -> {
                    if (price.signum() < 0) {
                        throw new IllegalArgumentException("A cost is not negative: " + price);
                    }
                });
    }

    /** USD per minute times milliseconds; nothing for time that runs back. */
    BigDecimal minutely(CatalogueEntry service, long fromMillis, long toMillis) {
        BigDecimal all = BigDecimal.valueOf(Math.max(0, toMillis - fromMillis));
        BigDecimal busy =
                BigDecimal.valueOf(
                        BusinessHours.millisBetween(fromMillis, toMillis, service.timeZone()));
        BigDecimal users =
                BigDecimal.valueOf(service.users() > FEW_USERS ? service.users() : 0).multiply(all);
        return usdPerMinute.get(service.tier()).multiply(all.add(busy)).add(users);
    }
}
