// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.udfs.lifecycle;

import io.incidentcommander.udfs.correlation.catalogue.CatalogueEntry;
import io.incidentcommander.udfs.correlation.catalogue.ServiceCatalogue;
import io.incidentcommander.udfs.correlation.catalogue.ServiceTier;
import java.io.Serializable;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.ZoneId;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What an incident has cost so far, by the millisecond, in USD: of the services it affects, the one
 * that costs most. A service costs its tier's price per minute, twice that in the business hours of
 * its own time zone, and, if more than 1,000 users are affected, 1 USD per minute for each of them.
 * The same people are behind the services of one incident, so costs are not added up over services.
 * A service in no catalogue is a SUPPORTING one without users, in UTC.
 */
public final class TierCost implements Serializable {
    private static final long serialVersionUID = 2L;
    private static final BigDecimal MILLIS_PER_MINUTE = BigDecimal.valueOf(60_000);
    private static final long FEW_USERS = 1_000;

    private final EnumMap<ServiceTier, BigDecimal> usdPerMinute;
    private final HashMap<String, Priced> services = new HashMap<>();

    /** Every service is a SUPPORTING one at this price, all day long. */
    public TierCost(BigDecimal supportingPerMinute) {
        this(Map.of(ServiceTier.SUPPORTING, supportingPerMinute), ServiceCatalogue.empty());
    }

    /**
     * @param usdPerMinute of every tier that the catalogue has, and of SUPPORTING
     */
    public TierCost(Map<ServiceTier, BigDecimal> usdPerMinute, ServiceCatalogue catalogue) {
        this.usdPerMinute = new EnumMap<>(usdPerMinute);
        usdPerMinute.forEach(
                (tier, price) -> {
                    if (price.signum() < 0) {
                        throw new IllegalArgumentException("A cost is not negative: " + price);
                    }
                });
        catalogue.entries().forEach((name, entry) -> services.put(name, new Priced(entry)));
    }

    /** As {@link #between(Collection, long, long)} for a service in no catalogue, at any hour. */
    public BigDecimal between(long fromMillis, long toMillis) {
        BigDecimal price = usdPerMinute.get(ServiceTier.SUPPORTING);
        return usd(price.multiply(millis(fromMillis, toMillis)));
    }

    /** To the cent, half up. */
    public BigDecimal between(Collection<String> affected, long fromMillis, long toMillis) {
        BigDecimal most = BigDecimal.ZERO;
        for (String service : affected.isEmpty() ? List.of("") : affected) {
            Priced priced = services.getOrDefault(service, Priced.UNKNOWN);
            most = most.max(minutely(priced, fromMillis, toMillis));
        }
        return usd(most);
    }

    /** USD per minute times milliseconds. */
    private BigDecimal minutely(Priced priced, long fromMillis, long toMillis) {
        BigDecimal all = millis(fromMillis, toMillis);
        BigDecimal busy =
                BigDecimal.valueOf(
                        BusinessHours.millisBetween(fromMillis, toMillis, priced.timeZone));
        BigDecimal users =
                BigDecimal.valueOf(priced.users > FEW_USERS ? priced.users : 0).multiply(all);
        return usdPerMinute.get(priced.tier).multiply(all.add(busy)).add(users);
    }

    private static BigDecimal millis(long fromMillis, long toMillis) {
        return BigDecimal.valueOf(Math.max(0, toMillis - fromMillis));
    }

    private static BigDecimal usd(BigDecimal usdPerMinuteMillis) {
        return usdPerMinuteMillis.divide(MILLIS_PER_MINUTE, 2, RoundingMode.HALF_UP);
    }

    /** What of a service's entry its cost depends on. */
    private static final class Priced implements Serializable {
        private static final long serialVersionUID = 1L;
        private static final Priced UNKNOWN = new Priced(CatalogueEntry.of("").build());

        private final ServiceTier tier;
        private final ZoneId timeZone;
        private final long users;

        Priced(CatalogueEntry entry) {
            this.tier = entry.tier();
            this.timeZone = entry.timeZone();
            this.users = entry.users();
        }
    }
}
