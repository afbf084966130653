// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.datagen.storm;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class StormChangeTest {
    private static final long START = 1_767_225_600_000L;
    private static final long HOUR = 3_600_000;

    private final StormScript script = StormScript.all(1, 1_000, Duration.ofSeconds(60));
    private final List<StormChange> changes = script.changes(START);
    private final Map<FaultScenario, FaultTruth> truths =
            script.truths(START).stream()
                    .collect(Collectors.toMap(FaultTruth::scenario, Function.identity()));

    @Test
    void whatComesOfAChangeBeginsWithinTheHourAfterItWhereItWasMade() {
        List<StormChange> causes =
                changes.stream()
                        .filter(change -> change.causes().isPresent())
                        .collect(Collectors.toList());
        assertThat(causes)
                .extracting(change -> change.causes().orElseThrow())
                .containsExactlyInAnyOrder(
                        FaultScenario.DATABASE_CASCADE,
                        FaultScenario.MEMORY_LEAK,
                        FaultScenario.API_OVERLOAD);
        for (StormChange cause : causes) {
            FaultTruth truth = truths.get(cause.causes().orElseThrow());
            assertThat(cause.service()).isEqualTo(truth.origin());
            assertThat(truth.faultMillis() - cause.atMillis()).isBetween(1L, HOUR);
        }
    }

    @Test
    void whatSuffersForNoChangeMayHaveBeenChangedAllTheSame() {
        FaultTruth storage = truths.get(FaultScenario.STORAGE_FAILURE);
        assertThat(changes)
                .filteredOn(change -> storage.affectedServices().contains(change.service()))
                .allMatch(change -> !change.service().equals(storage.origin()))
                .allMatch(change -> change.causes().isEmpty())
                .isNotEmpty();
        Set<String> attacked = new HashSet<>(truths.get(FaultScenario.DDOS).affectedServices());
        assertThat(changes).noneMatch(change -> attacked.contains(change.service()));
    }

    @Test
    void elsewhereWorkGoesOnAndTheSameSeedTellsTheSame() {
        Set<String> suffering =
                truths.values().stream()
                        .flatMap(truth -> truth.affectedServices().stream())
                        .collect(Collectors.toSet());
        assertThat(changes)
                .filteredOn(change -> !suffering.contains(change.service()))
                .hasSizeGreaterThan(3)
                .allMatch(change -> START - change.atMillis() <= HOUR);
        assertThat(StormScript.all(1, 1_000, Duration.ofSeconds(60)).changes(START))
                .extracting(StormChange::toString)
                .isEqualTo(changes.stream().map(StormChange::toString).toList());
    }
}
