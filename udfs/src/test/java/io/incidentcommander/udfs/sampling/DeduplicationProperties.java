// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.udfs.sampling;

import static org.assertj.core.api.Assertions.assertThat;

import io.incidentcommander.model.ingest.Alert;
import io.incidentcommander.model.ingest.Fingerprint;
import io.incidentcommander.model.sampling.AlertRun;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

/** Neither bundling, nor order, nor partitioning plays a part in what is decided. */
class DeduplicationProperties {
    private static final DedupPolicy UNLIMITED = new DedupPolicy(SampleAlerts.SLICES, 1_500, 1);
    private static final DedupPolicy BUDGETED = new DedupPolicy(SampleAlerts.SLICES, 1_500, 0.5);

    @Property
    void decisionsAreThoseOfTheSortedAlerts(
            @ForAll("sequences") List<Alert> alerts,
            @ForAll @IntRange(min = 1, max = 4) int subtasks,
            @ForAll long seed,
            @ForAll boolean budgeted) {
        DedupPolicy policy = budgeted ? BUDGETED : UNLIMITED;
        BundledPath path = new BundledPath(policy, seed);
        Map<Fingerprint, List<AlertRun>> runs =
                path.bundle(alerts, subtasks, AlertBundle.RepeatListener.NONE).stream()
                        .collect(Collectors.groupingBy(AlertRun::fingerprint));

        byFingerprint(alerts)
                .forEach(
                        (fingerprint, ofOne) ->
                                assertThat(path.decide(runs.get(fingerprint)))
                                        .isEqualTo(new DedupReference(policy).decide(ofOne)));
    }

    @Property
    void everyAlertIsAccountedForUnderItsSource(
            @ForAll("sequences") List<Alert> alerts,
            @ForAll @IntRange(min = 1, max = 4) int subtasks,
            @ForAll long seed) {
        Alert chosen = alerts.get(0);
        List<Alert> ofOne = byFingerprint(alerts).get(chosen.fingerprint());
        BundledPath path = new BundledPath(BUDGETED, seed);

        DedupAccount account =
                path.decide(path.bundle(ofOne, subtasks, AlertBundle.RepeatListener.NONE));

        for (String source : List.of("cloudwatch", "datadog")) {
            assertThat(account.alerts(source))
                    .isEqualTo(ofOne.stream().filter(a -> a.id().source().equals(source)).count());
        }
    }

    @Provide
    Arbitrary<List<Alert>> sequences() {
        return SampleAlerts.sequences();
    }

    private static Map<Fingerprint, List<Alert>> byFingerprint(List<Alert> alerts) {
        return alerts.stream().collect(Collectors.groupingBy(Alert::fingerprint));
    }
}
