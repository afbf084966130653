// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.udfs.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import io.incidentcommander.udfs.correlation.catalogue.CatalogueEntry;
import io.incidentcommander.udfs.correlation.catalogue.Catalogues;
import io.incidentcommander.udfs.correlation.catalogue.ServiceCatalogue;
import io.incidentcommander.udfs.correlation.catalogue.ServiceTier;
import java.math.BigDecimal;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;

class CatalogueCostTest {
    private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");
    private static final long MINUTE = 60_000;

    private static final TierCost PRICES =
            new TierCost(
                    Map.of(
                            ServiceTier.CRITICAL, new BigDecimal("10000"),
                            ServiceTier.IMPORTANT, new BigDecimal("1000"),
                            ServiceTier.SUPPORTING, new BigDecimal("100")));

    private final IncidentCost cost =
            by(
                    ServiceCatalogue.of(
                            List.of(
                                    entry("shop", ServiceTier.CRITICAL, 0),
                                    entry("mail", ServiceTier.IMPORTANT, 1_000),
                                    entry("chat", ServiceTier.IMPORTANT, 1_001))));

    private static IncidentCost by(ServiceCatalogue catalogue) {
        Catalogues.Span always = new Catalogues.Span(catalogue, Long.MAX_VALUE);
        return new IncidentCost(PRICES, (tenant, millis) -> always);
    }

    private static CatalogueEntry entry(String service, ServiceTier tier, long users) {
        return CatalogueEntry.of(service).tier(tier).timeZone(BERLIN).users(users).build();
    }

    private static long at(String local) {
        return LocalDateTime.parse(local).atZone(BERLIN).toInstant().toEpochMilli();
    }

    private String usd(String service, String from, String to) {
        return cost.between("acme", List.of(service), at(from), at(to)).toPlainString();
    }

    @Example
    void theTiersPriceIsDoubledInBusinessHoursOfTheServicesOwnZone() {
        assertThat(usd("shop", "2024-05-06T03:00", "2024-05-06T03:01")).isEqualTo("10000.00");
        assertThat(usd("shop", "2024-05-06T12:00", "2024-05-06T12:01")).isEqualTo("20000.00");
        assertThat(usd("shop", "2024-05-06T08:59", "2024-05-06T09:01")).isEqualTo("30000.00");
        assertThat(usd("shop", "2024-05-06T16:59", "2024-05-06T17:01")).isEqualTo("30000.00");
        assertThat(usd("shop", "2024-05-04T12:00", "2024-05-04T12:01")).isEqualTo("10000.00");
    }

    @Example
    void usersCountOnceTheyAreMoreThanAThousand() {
        assertThat(usd("mail", "2024-05-06T03:00", "2024-05-06T03:01")).isEqualTo("1000.00");
        assertThat(usd("chat", "2024-05-06T03:00", "2024-05-06T03:01")).isEqualTo("2001.00");
        assertThat(usd("chat", "2024-05-06T12:00", "2024-05-06T12:01")).isEqualTo("3001.00");
    }

    @Example
    void theDearestServiceOfAnIncidentIsItsCost() {
        long from = at("2024-05-06T03:00");
        assertThat(cost.between("acme", List.of("mail", "shop", "nobodys"), from, from + MINUTE))
                .isEqualByComparingTo("10000");
        assertThat(cost.between("acme", List.of("nobodys"), from, from + MINUTE))
                .isEqualByComparingTo("100");
        assertThat(cost.between("acme", List.of(), from, from + MINUTE))
                .isEqualByComparingTo("100");
    }

    @Example
    void clocksThatChangeMoveNothing() {
        // The night of 31 March 2024 lacks an hour, that of 27 October has one more.
        assertThat(
                        BusinessHours.millisBetween(
                                at("2024-03-29T00:00"), at("2024-04-02T00:00"), BERLIN))
                .isEqualTo(2 * 8 * 60 * MINUTE);
        assertThat(
                        BusinessHours.millisBetween(
                                at("2024-10-25T00:00"), at("2024-10-29T00:00"), BERLIN))
                .isEqualTo(2 * 8 * 60 * MINUTE);
    }

    /** A stretch costs what its parts cost; no minute is counted twice or not at all. */
    @Property
    void businessTimeAddsUp(
            @ForAll @LongRange(min = 1_700_000_000_000L, max = 1_720_000_000_000L) long from,
            @ForAll @IntRange(max = 400_000_000) int first,
            @ForAll @IntRange(max = 400_000_000) int second) {
        long middle = from + first;
        long to = middle + second;
        long whole = BusinessHours.millisBetween(from, to, BERLIN);
        assertThat(
                        BusinessHours.millisBetween(from, middle, BERLIN)
                                + BusinessHours.millisBetween(middle, to, BERLIN))
                .isEqualTo(whole);
        assertThat(whole).isBetween(0L, to - from);
    }
}
