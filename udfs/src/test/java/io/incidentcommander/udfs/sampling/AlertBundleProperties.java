// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.udfs.sampling;

import static org.assertj.core.api.Assertions.assertThat;

import io.incidentcommander.model.ingest.Alert;
import io.incidentcommander.model.ingest.AlertId;
import io.incidentcommander.model.ingest.AlertStatus;
import io.incidentcommander.model.ingest.Severity;
import io.incidentcommander.model.sampling.AlertRun;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

class AlertBundleProperties {
    private static final DedupPolicy POLICY = new DedupPolicy(SampleAlerts.SLICES, 1_500, 1);

    @Property
    void everyAlertIsAnEndOfARunOrAbsorbedOnceByOneThatIs(
            @ForAll("sequences") List<Alert> alerts,
            @ForAll @IntRange(min = 1, max = 3) int subtasks,
            @ForAll long seed) {
        Map<AlertId, AlertId> absorbed = new HashMap<>();
        List<AlertRun> runs =
                new BundledPath(POLICY, seed)
                        .bundle(
                                alerts,
                                subtasks,
                                (repeat, by) -> assertThat(absorbed.put(repeat, by)).isNull());

        Set<AlertId> ends = new HashSet<>();
        runs.forEach(run -> ends.addAll(List.of(run.firstId(), run.lastId())));
        Set<AlertId> accounted = new HashSet<>(absorbed.keySet());
        accounted.retainAll(ends);
        assertThat(accounted).isEmpty();
        accounted.addAll(absorbed.keySet());
        accounted.addAll(ends);
        assertThat(accounted).isEqualTo(alerts.stream().map(Alert::id).collect(Collectors.toSet()));
        assertThat(runs.stream().mapToLong(AlertRun::count).sum()).isEqualTo(alerts.size());
        for (AlertId id : absorbed.keySet()) {
            AlertId by = id;
            for (int steps = 0; absorbed.containsKey(by); steps++) {
                assertThat(steps).as("chain of " + id).isLessThan(alerts.size());
                by = absorbed.get(by);
            }
            assertThat(ends).contains(by);
        }
    }

    @Example
    void isFullByTheRunsThatAreDueAndEmptyAfterAFlush() {
        AlertBundle bundle =
                new AlertBundle(SampleAlerts.SLICES, 2, 10, AlertBundle.RepeatListener.NONE);
        RunAccumulator one = bundle.accumulatorOf(alert(1), SampleAlerts::encode);
        one.add(10, "p0", 0, 0);
        one.add(20, "p0", 1, 0);
        assertThat(bundle.isFull()).isFalse();

        one.add(510, "p0", 2, 0);

        assertThat(bundle.isFull()).isTrue();
        List<AlertRun> runs = new ArrayList<>();
        bundle.flush(runs::add);
        assertThat(runs).extracting(AlertRun::count).containsExactly(2L, 1L);
        assertThat(runs).extracting(AlertRun::sliceMillis).containsExactly(0L, 500L);
        assertThat(bundle.isEmpty()).isTrue();
        assertThat(bundle.isFull()).isFalse();
    }

    @Example
    void anAccumulatorOutlivesAFlushAndBeingForgotten() {
        AlertBundle bundle =
                new AlertBundle(SampleAlerts.SLICES, 10, 1, AlertBundle.RepeatListener.NONE);
        List<AlertRun> runs = new ArrayList<>();
        RunAccumulator kept = bundle.accumulatorOf(alert(1), SampleAlerts::encode);
        kept.add(10, "p0", 0, 0);
        bundle.flush(runs::add);
        bundle.accumulatorOf(alert(2), SampleAlerts::encode).add(20, "p0", 1, 0);
        kept.add(30, "p0", 2, 0);
        bundle.accumulatorOf(alert(1), SampleAlerts::encode).add(40, "p0", 3, 0);
        bundle.flush(runs::add);

        assertThat(runs).hasSize(4);
        assertThat(runs.get(2).merge(runs.get(3)).count()).isEqualTo(2);
    }

    @Provide
    Arbitrary<List<Alert>> sequences() {
        return SampleAlerts.sequences();
    }

    private static Alert alert(int fingerprint) {
        return SampleAlerts.alert(
                fingerprint, "cloudwatch", "p0", Severity.HIGH, AlertStatus.FIRING, 10);
    }
}
