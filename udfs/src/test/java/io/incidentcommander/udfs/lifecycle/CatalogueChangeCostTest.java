// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.udfs.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import io.incidentcommander.model.correlation.ControlKind;
import io.incidentcommander.model.correlation.ControlReport;
import io.incidentcommander.model.correlation.ControlUpdate;
import io.incidentcommander.udfs.correlation.catalogue.ServiceTier;
import io.incidentcommander.udfs.correlation.control.ControlBook;
import io.incidentcommander.udfs.correlation.control.ControlFile;
import io.incidentcommander.udfs.correlation.yaml.Problems;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

/** Catalogues of tenants, and ones that change while an incident goes on. All at night in UTC. */
class CatalogueChangeCostTest {
    private static final long MINUTE = 60_000;
    private static final long NIGHT = 1_714_953_600_000L; // 2024-05-06T00:00Z
    private static final TierCost PRICES =
            new TierCost(
                    Map.of(
                            ServiceTier.CRITICAL, new BigDecimal("10000"),
                            ServiceTier.IMPORTANT, new BigDecimal("1000"),
                            ServiceTier.SUPPORTING, new BigDecimal("100")));
    private static final String EVERYBODY = "services: {shop: {tier: IMPORTANT}}";

    private final List<ControlUpdate> updates = new ArrayList<>();

    private void effective(int minute, String tenant, String tier) {
        updates.add(
                ControlUpdate.set(
                        ControlKind.DOCUMENT,
                        tenant,
                        "the-catalogue",
                        updates.size() + 1,
                        NIGHT + minute * MINUTE,
                        "ann",
                        "services: {shop: {tier: " + tier + "}}"));
    }

    private ControlBook book(String... files) {
        List<ControlFile> all = new ArrayList<>();
        for (String file : files) {
            all.add(new ControlFile("file-" + all.size() + ".yaml", file));
        }
        List<Problems.Problem> problems = new ArrayList<>();
        ControlBook book = ControlBook.of(all, 10, problems);
        assertThat(problems).isEmpty();
        updates.forEach(
                update ->
                        assertThat(book.accept(update).outcome())
                                .isEqualTo(ControlReport.Outcome.APPLIED));
        return book;
    }

    private static String usd(ControlBook book, String tenant, int from, int to) {
        return new IncidentCost(PRICES, book)
                .between(tenant, List.of("shop"), NIGHT + from * MINUTE, NIGHT + to * MINUTE)
                .toPlainString();
    }

    @Example
    void aTenantsOwnCataloguePricesAndNobodyElses() {
        ControlBook book = book(EVERYBODY, "tenant: acme\nservices: {shop: {tier: CRITICAL}}");

        assertThat(usd(book, "acme", 0, 1)).isEqualTo("10000.00");
        assertThat(usd(book, "other", 0, 1)).isEqualTo("1000.00");
    }

    @Example
    void aChangePricesFromItsTimeOnAndNoMinuteBefore() {
        effective(10, "acme", "CRITICAL");
        effective(12, "acme", "SUPPORTING");
        ControlBook book = book(EVERYBODY);

        assertThat(usd(book, "acme", 0, 10)).isEqualTo("10000.00");
        assertThat(usd(book, "acme", 9, 11)).isEqualTo("11000.00");
        assertThat(usd(book, "acme", 9, 13)).isEqualTo("21100.00");
        assertThat(usd(book, "other", 9, 13)).isEqualTo("4000.00");
    }

    @Example
    void whatIsWithdrawnPricesNoLonger() {
        effective(10, "acme", "CRITICAL");
        updates.add(
                ControlUpdate.withdraw(
                        ControlKind.DOCUMENT,
                        "acme",
                        "the-catalogue",
                        2,
                        NIGHT + 12 * MINUTE,
                        "ann"));

        assertThat(usd(book(EVERYBODY), "acme", 9, 13)).isEqualTo("22000.00");
    }

    @Example
    void aChangeForEverybodyReachesWhoeverAskedBefore() {
        ControlBook book = book(EVERYBODY);
        assertThat(usd(book, "acme", 9, 13)).isEqualTo("4000.00");

        effective(10, "*", "CRITICAL");
        book.accept(updates.get(0));

        assertThat(usd(book, "acme", 9, 13)).isEqualTo("31000.00");
    }

    /** Minute by minute, each by what holds then; and whatever was forgotten a day ago. */
    @Property
    void costsTheSumOfItsMinutes(
            @ForAll @Size(max = 6) List<@IntRange(max = 120) Integer> changes,
            @ForAll @IntRange(max = 120) int from,
            @ForAll @IntRange(max = 120) int length) {
        String[] tiers = {"CRITICAL", "SUPPORTING", "IMPORTANT"};
        changes.stream()
                .sorted()
                .forEach(at -> effective(at, "acme", tiers[updates.size() % tiers.length]));
        ControlBook book = book(EVERYBODY);
        BigDecimal sum = BigDecimal.ZERO;
        for (int minute = from; minute < from + length; minute++) {
            ServiceTier tier =
                    book.rules("acme", NIGHT + minute * MINUTE).catalogue().get("shop").tier();
            sum =
                    sum.add(
                            tier == ServiceTier.CRITICAL
                                    ? new BigDecimal("10000")
                                    : tier == ServiceTier.IMPORTANT
                                            ? new BigDecimal("1000")
                                            : new BigDecimal("100"));
        }

        assertThat(new BigDecimal(usd(book, "acme", from, from + length)))
                .isEqualByComparingTo(sum);
        String before = usd(book, "acme", from, from + length);
        book.expire(NIGHT + (from + length) * MINUTE - 2 * IncidentCost.LOOK_BACK_MILLIS);
        assertThat(usd(book, "acme", from, from + length)).isEqualTo(before);
        updates.clear();
    }

    /** A book that was restored has forgotten what another still knows: both say the same. */
    @Example
    void whatIsForgottenADayLaterChangesNothing() {
        effective(0, "acme", "CRITICAL");
        effective(60, "acme", "SUPPORTING");
        ControlBook whole = book(EVERYBODY);
        ControlBook tidied = book(EVERYBODY);
        tidied.expire(NIGHT + 61 * MINUTE);

        int later = 61 + 24 * 60;
        assertThat(whole.retained()).hasSize(2);
        assertThat(tidied.retained()).hasSize(1);
        assertThat(usd(tidied, "acme", 0, later)).isEqualTo(usd(whole, "acme", 0, later));
    }
}
