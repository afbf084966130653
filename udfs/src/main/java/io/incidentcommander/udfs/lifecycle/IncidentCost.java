// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.udfs.lifecycle;

import io.incidentcommander.udfs.correlation.catalogue.Catalogues;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * What an incident has cost so far, in USD: of the services it affects, the one that costs most.
 * Each minute costs what {@link TierCost} says by the catalogue that held for the tenant in that
 * minute; so a change of the catalogue prices from its own time on, and no minute before. The same
 * people are behind the services of one incident, so costs are not added up over services. A
 * service in no catalogue is a SUPPORTING one without users, in UTC.
 *
 * <p>Catalogues that were replaced are remembered for a day only: what lies more than half a day
 * before the end of a stretch costs as it did then. Owned by one thread, as the catalogues are.
 */
public final class IncidentCost {
    /** Half of what a control book remembers, so that all it is asked for is there. */
    static final long LOOK_BACK_MILLIS = 12L * 3_600_000;

    private static final BigDecimal MILLIS_PER_MINUTE = BigDecimal.valueOf(60_000);

    private final TierCost prices;
    private final Catalogues catalogues;

    public IncidentCost(TierCost prices, Catalogues catalogues) {
        this.prices = Objects.requireNonNull(prices, "prices");
        this.catalogues = Objects.requireNonNull(catalogues, "catalogues");
    }

    /** Every service is a SUPPORTING one at this price, all day long but for business hours. */
    public static IncidentCost supporting(BigDecimal usdPerMinute) {
        return new IncidentCost(new TierCost(usdPerMinute), Catalogues.none());
    }

    /**
     * To the cent, half up.
     *
     * @param affected services of the tenant; none: one that nobody knows
     */
    public BigDecimal between(
            String tenant, Collection<String> affected, long fromMillis, long toMillis) {
        Collection<String> services = affected.isEmpty() ? List.of("") : affected;
        long oldest = toMillis - LOOK_BACK_MILLIS;
        Map<String, BigDecimal> sums = new HashMap<>();
        long at = fromMillis;
        while (at < toMillis) {
            Catalogues.Span span = catalogues.at(tenant, Math.max(at, oldest));
            long until = Math.min(toMillis, span.untilMillis());
            for (String service : services) {
                sums.merge(
                        service,
                        prices.minutely(span.catalogue().get(service), at, until),
                        BigDecimal::add);
            }
            at = until;
        }
        return sums.values().stream()
                .reduce(BigDecimal.ZERO, BigDecimal::max)
                .divide(MILLIS_PER_MINUTE, 2, RoundingMode.HALF_UP);
    }
}
