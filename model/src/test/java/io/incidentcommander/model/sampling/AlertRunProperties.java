// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.model.sampling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.incidentcommander.model.ingest.AlertId;
import java.util.List;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class AlertRunProperties {
    @Property
    void mergingIsCommutativeAndAssociative(@ForAll("three") List<AlertRun> runs) {
        AlertRun a = runs.get(0);
        AlertRun b = runs.get(1);
        AlertRun c = runs.get(2);

        assertThat(a.merge(b)).isEqualTo(b.merge(a));
        assertThat(a.merge(b).merge(c)).isEqualTo(a.merge(b.merge(c)));
    }

    @Property
    void aMergedRunCountsAllFromTheFirstToTheLast(@ForAll("three") List<AlertRun> runs) {
        AlertRun merged = runs.get(0).merge(runs.get(1)).merge(runs.get(2));

        assertThat(merged.count()).isEqualTo(runs.stream().mapToLong(AlertRun::count).sum());
        assertThat(runs)
                .allMatch(run -> AlertRun.BY_FIRST.compare(merged, run) <= 0)
                .allMatch(run -> run.lastMillis() <= merged.lastMillis())
                .anyMatch(run -> run.firstAlert() == merged.firstAlert())
                .filteredOn(run -> run.lastMillis() == merged.lastMillis())
                .extracting(AlertRun::lastId)
                .allMatch((AlertId id) -> id.compareTo(merged.lastId()) <= 0)
                .contains(merged.lastId());
    }

    @Property
    void runsOfDifferentAlertsAreNotMerged(
            @ForAll("runs") AlertRun one, @ForAll("runs") AlertRun other) {
        if (one.mergesWith(other)) {
            assertThat(other.mergesWith(one)).isTrue();
            return;
        }
        assertThatThrownBy(() -> one.merge(other)).isInstanceOf(IllegalArgumentException.class);
    }

    @Provide
    Arbitrary<List<AlertRun>> three() {
        return SamplingSamples.mergeableRuns(3);
    }

    @Provide
    Arbitrary<AlertRun> runs() {
        return SamplingSamples.runs();
    }
}
