// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.udfs.sampling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.incidentcommander.model.ingest.AlertId;
import io.incidentcommander.model.ingest.AlertStatus;
import io.incidentcommander.model.ingest.Severity;
import io.incidentcommander.model.sampling.NotableAlert;
import io.incidentcommander.model.sampling.NotifyReason;
import io.incidentcommander.model.sampling.ServiceSecond;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

class PrioritySampleProperties {
    private static final Comparator<NotableAlert> RANK =
            Comparator.comparing(
                            (NotableAlert a) -> a.alert().severity(), Comparator.reverseOrder())
                    .thenComparing(a -> a.alert().fingerprint())
                    .thenComparing(a -> a.alert().id());

    @Property
    void anySplitOrderAndReductionGivesTheSample(
            @ForAll("seconds") List<NotableAlert> alerts,
            @ForAll @IntRange(min = 1, max = 12) int perSecond,
            @ForAll @IntRange(min = 1, max = 5) int parts,
            @ForAll long seed) {
        PrioritySample sample = new PrioritySample(perSecond);
        List<AlertId> leftOut = new ArrayList<>();

        SecondSample selected = inParts(sample, alerts, parts, new Random(seed), leftOut);

        Set<AlertId> expected = ids(keptOf(alerts, perSecond));
        assertThat(ids(selected.kept())).isEqualTo(expected);
        assertThat(selected.kept()).isSortedAccordingTo(NotableAlert.IN_TIME);
        Set<AlertId> accounted = new HashSet<>(leftOut);
        assertThat(accounted).hasSameSizeAs(leftOut).doesNotContainAnyElementsOf(expected);
        assertThat(accounted.size() + expected.size()).isEqualTo(alerts.size());
        SecondSample whole = sample.select(part(alerts), id -> {});
        assertThat(selected.kept()).isEqualTo(whole.kept());
        assertThat(selected.threshold()).isEqualTo(whole.threshold());
    }

    @Property
    void criticalOnesAreKeptTheRestIsWithinTheBudgetAndWeightsAddUp(
            @ForAll("seconds") List<NotableAlert> alerts,
            @ForAll @IntRange(min = 1, max = 12) int perSecond) {
        SecondSample selected = new PrioritySample(perSecond).select(part(alerts), id -> {});

        long critical = alerts.stream().filter(PrioritySampleProperties::isCritical).count();
        assertThat(selected.kept().stream().filter(PrioritySampleProperties::isCritical))
                .hasSize((int) critical)
                .allMatch(a -> a.weight() == 1);
        assertThat((long) selected.kept().size())
                .isLessThanOrEqualTo(Math.max(perSecond, critical + 1));
        assertThat(selected.kept().stream().mapToDouble(NotableAlert::weight).sum())
                .isEqualTo(alerts.size(), within(1e-6));
        assertThat(selected.kept()).allMatch(a -> a.weight() >= 1);
    }

    /** A fingerprint is in a second once or not at all, so ties cannot matter. */
    @Property
    void aLateAlertIsKeptIfItWouldHaveBeenInTime(
            @ForAll("seconds") List<NotableAlert> alerts,
            @ForAll @IntRange(min = 1, max = 12) int perSecond) {
        NotableAlert late = alerts.get(0);
        List<NotableAlert> inTime =
                alerts.stream()
                        .filter(a -> !a.alert().fingerprint().equals(late.alert().fingerprint()))
                        .collect(Collectors.toList());
        if (isCritical(late) || inTime.isEmpty()) {
            return;
        }
        SecondSample closed = new PrioritySample(perSecond).select(part(inTime), id -> {});
        List<NotableAlert> all = new ArrayList<>(inTime);
        all.add(late);

        assertThat(closed.threshold().admits(late.alert(), perSecond))
                .isEqualTo(ids(keptOf(all, perSecond)).contains(late.alert().id()));
    }

    private static SecondSample inParts(
            PrioritySample sample,
            List<NotableAlert> alerts,
            int parts,
            Random random,
            List<AlertId> leftOut) {
        PrioritySample.LeftOut out = a -> leftOut.add(a.alert().id());
        List<List<NotableAlert>> split = new ArrayList<>();
        for (int i = 0; i < parts; i++) {
            split.add(new ArrayList<>());
        }
        List<NotableAlert> shuffled = new ArrayList<>(alerts);
        Collections.shuffle(shuffled, random);
        shuffled.forEach(a -> split.get(random.nextInt(parts)).add(a));
        ServiceSecond whole = ServiceSecond.empty("acme", "orders", 0);
        for (List<NotableAlert> some : split) {
            ServiceSecond part = part(some);
            whole = whole.plus(random.nextBoolean() ? sample.reduce(part, out) : part);
            whole = random.nextBoolean() ? sample.reduce(whole, out) : whole;
        }
        return sample.select(whole, out);
    }

    /** The definition: all critical ones, and the best of the rest. */
    private static List<NotableAlert> keptOf(List<NotableAlert> alerts, int perSecond) {
        List<NotableAlert> kept =
                alerts.stream()
                        .filter(PrioritySampleProperties::isCritical)
                        .collect(Collectors.toList());
        int rest = Math.max(1, perSecond - kept.size());
        alerts.stream().filter(a -> !isCritical(a)).sorted(RANK).limit(rest).forEach(kept::add);
        return kept;
    }

    @Provide
    Arbitrary<List<NotableAlert>> seconds() {
        Arbitrary<NotableAlert> alert =
                Combinators.combine(
                                Arbitraries.integers().between(-3, 8),
                                Arbitraries.of(Severity.class),
                                Arbitraries.longs().between(0, 999))
                        .as(
                                (fingerprint, severity, time) ->
                                        new NotableAlert(
                                                SampleAlerts.alert(
                                                        fingerprint,
                                                        "cloudwatch",
                                                        "p0",
                                                        severity,
                                                        AlertStatus.FIRING,
                                                        time),
                                                NotifyReason.NEW,
                                                1));
        return alert.list().ofMinSize(1).ofMaxSize(40).map(PrioritySampleProperties::numbered);
    }

    private static List<NotableAlert> numbered(List<NotableAlert> alerts) {
        List<NotableAlert> numbered = new ArrayList<>();
        for (NotableAlert notable : alerts) {
            AlertId id = new AlertId("cloudwatch", "p0", numbered.size(), 0);
            numbered.add(
                    new NotableAlert(
                            notable.alert().toBuilder().id(id).build(), notable.reason(), 1));
        }
        return numbered;
    }

    private static ServiceSecond part(List<NotableAlert> alerts) {
        return new ServiceSecond("acme", "orders", 0, alerts, new long[Severity.values().length]);
    }

    private static boolean isCritical(NotableAlert notable) {
        return notable.alert().severity() == Severity.CRITICAL;
    }

    private static Set<AlertId> ids(List<NotableAlert> alerts) {
        return alerts.stream().map(a -> a.alert().id()).collect(Collectors.toSet());
    }
}
