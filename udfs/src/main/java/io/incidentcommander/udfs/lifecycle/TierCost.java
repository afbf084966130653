// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.udfs.lifecycle;

import io.incidentcommander.udfs.correlation.catalogue.CatalogueEntry;
import io.incidentcommander.udfs.correlation.catalogue.ServiceTier;
import java.io.Serializable;
import java.math.BigDecimal;
import java.util.EnumMap;
import java.util.Map;

/**
 * What a service that is down costs, by the millisecond: its tier's price per minute, a multiple of
 * that in the business hours of its own time zone, and, if many users are affected, something for
 * each of them. Begins with twice, and with 1 USD per minute for more than 1,000 users. Immutable.
 */
public final class TierCost implements Serializable {
    private static final long serialVersionUID = 4L;
    private static final long FEW_USERS = 1_000;
    private static final BigDecimal BUSY = new BigDecimal(2);

    private final EnumMap<ServiceTier, BigDecimal> usdPerMinute;
    private final BigDecimal busyFactor;
    private final long fewUsers;
    private final BigDecimal usdPerUser;

    /** SUPPORTING services alone, at this price. */
    public TierCost(BigDecimal supportingPerMinute) {
        this(Map.of(ServiceTier.SUPPORTING, supportingPerMinute));
    }

    /**
     * @param usdPerMinute of every tier that a catalogue has, and of SUPPORTING
     */
    public TierCost(Map<ServiceTier, BigDecimal> usdPerMinute) {
        this(usdPerMinute, BUSY, FEW_USERS, BigDecimal.ONE);
    }

    private TierCost(
            Map<ServiceTier, BigDecimal> usdPerMinute,
            BigDecimal busyFactor,
            long fewUsers,
            BigDecimal usdPerUser) {
        this.usdPerMinute = new EnumMap<>(usdPerMinute);
        this.busyFactor = notNegative(busyFactor);
        this.fewUsers = fewUsers;
        this.usdPerUser = notNegative(usdPerUser);
        usdPerMinute.values().forEach(TierCost::notNegative);
    }

    /**
     * @param factor of the price in business hours
     */
    public TierCost busy(BigDecimal factor) {
        return new TierCost(usdPerMinute, factor, fewUsers, usdPerUser);
    }

    /**
     * @param few so many users, and fewer, cost nothing by themselves
     * @param usdEach per minute, of all if they are more
     */
    public TierCost users(long few, BigDecimal usdEach) {
        return new TierCost(usdPerMinute, busyFactor, few, usdEach);
    }

    private static BigDecimal notNegative(BigDecimal cost) {
        if (cost.signum() < 0) {
            throw new IllegalArgumentException("A cost is not negative: " + cost);
        }
        return cost;
    }

    /** USD per minute times milliseconds; nothing for time that runs back. */
    BigDecimal minutely(CatalogueEntry service, long fromMillis, long toMillis) {
        BigDecimal all = BigDecimal.valueOf(Math.max(0, toMillis - fromMillis));
        BigDecimal busy =
                BigDecimal.valueOf(
                        BusinessHours.millisBetween(fromMillis, toMillis, service.timeZone()));
        BigDecimal users =
                BigDecimal.valueOf(service.users() > fewUsers ? service.users() : 0)
                        .multiply(usdPerUser)
                        .multiply(all);
        BigDecimal counted = all.subtract(busy).add(busy.multiply(busyFactor));
        return usdPerMinute.get(service.tier()).multiply(counted).add(users);
    }
}
