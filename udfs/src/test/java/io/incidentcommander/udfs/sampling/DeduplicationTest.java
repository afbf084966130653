// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.udfs.sampling;

import static io.incidentcommander.udfs.sampling.SampleAlerts.run;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.incidentcommander.model.audit.Disposition;
import io.incidentcommander.model.ingest.AlertStatus;
import io.incidentcommander.model.ingest.Severity;
import io.incidentcommander.model.sampling.AlertRun;
import io.incidentcommander.model.sampling.KnownAlert;
import io.incidentcommander.model.sampling.NotifyReason;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class DeduplicationTest {
    private static final DedupPolicy UNLIMITED = new DedupPolicy(SampleAlerts.SLICES, 60_000, 1);

    private DedupPolicy policy = UNLIMITED;
    private Optional<KnownAlert> known = Optional.empty();

    @Test
    void aRepeatIsADuplicateOfTheLastThatWentOn() {
        AlertRun first = run(Severity.HIGH, AlertStatus.FIRING, 3, 10, 20);
        decide(first);

        RunDecision repeat = only(run(Severity.LOW, AlertStatus.NO_DATA, 2, 600, 700));

        assertThat(repeat.reason()).isEmpty();
        assertThat(repeat.rest()).isEqualTo(Disposition.DUPLICATE);
        assertThat(repeat.representative()).isEqualTo(first.firstId());
        assertThat(known.get().count()).isEqualTo(5);
    }

    @Test
    void theLastWordOfASliceIsToldAndStartsAnewFromItsOwnSeverity() {
        decide(run(Severity.CRITICAL, AlertStatus.FIRING, 1, 10, 10));
        AlertRun firing = run(Severity.LOW, AlertStatus.FIRING, 2, 500, 900);

        List<RunDecision> decisions =
                decide(firing, run(Severity.LOW, AlertStatus.RESOLVED, 1, 700, 700));

        assertThat(decisions)
                .extracting(RunDecision::reason)
                .containsExactly(
                        Optional.empty(),
                        Optional.of(NotifyReason.RESOLVED),
                        Optional.of(NotifyReason.RETURNED));
        assertThat(decisions.get(2).representative()).isEqualTo(firing.lastId());
        assertThat(known.get().peak()).isEqualTo(Severity.LOW);
        assertThat(only(run(Severity.HIGH, AlertStatus.FIRING, 1, 1_000, 1_000)).reason())
                .contains(NotifyReason.ESCALATED);
    }

    @Test
    void aLateRunWarnsIfItIsWorseAndChangesNothingElse() {
        decide(run(Severity.LOW, AlertStatus.FIRING, 1, 1_000, 1_000));

        assertThat(only(run(Severity.LOW, AlertStatus.RESOLVED, 1, 10, 10)).rest())
                .isEqualTo(Disposition.LATE);
        assertThat(only(run(Severity.INFO, AlertStatus.FIRING, 1, 20, 20)).rest())
                .isEqualTo(Disposition.DUPLICATE);
        assertThat(only(run(Severity.HIGH, AlertStatus.FIRING, 1, 30, 30)).reason())
                .contains(NotifyReason.ESCALATED);
        assertThat(known.get().status()).isEqualTo(AlertStatus.FIRING);
        assertThat(known.get().decidedSliceMillis()).isEqualTo(1_000);
        assertThat(known.get().lastSeenMillis()).isEqualTo(1_000);
        assertThat(known.get().count()).isEqualTo(4);
    }

    @Test
    void aStormThatResumesAfterAPauseItsRateDoesNotExplainIsNewsTwice() {
        decide(run(Severity.LOW, AlertStatus.FIRING, 400, 0, 490));

        assertThat(only(run(Severity.LOW, AlertStatus.FIRING, 400, 5_000, 5_400)).reason())
                .as("a pause of less than 5 s")
                .isEmpty();
        AlertRun second = run(Severity.LOW, AlertStatus.FIRING, 400, 11_000, 11_400);
        assertThat(only(second).reason()).contains(NotifyReason.RESUMED);
        assertThat(only(run(Severity.LOW, AlertStatus.FIRING, 9, 11_500, 11_900)).representative())
                .isEqualTo(second.firstId());
        assertThat(only(run(Severity.LOW, AlertStatus.FIRING, 400, 20_000, 20_400)).reason())
                .contains(NotifyReason.RESUMED);
        assertThat(only(run(Severity.LOW, AlertStatus.FIRING, 400, 30_000, 30_400)).reason())
                .as("pauses are how this storm is")
                .isEmpty();
    }

    @Test
    void aPauseOfASlowAlertIsNone() {
        decide(run(Severity.LOW, AlertStatus.FIRING, 1, 0, 0));
        for (int i = 1; i < 40; i++) {
            assertThat(
                            only(run(Severity.LOW, AlertStatus.FIRING, 1, i * 1_000, i * 1_000))
                                    .reason())
                    .isEmpty();
        }

        assertThat(only(run(Severity.LOW, AlertStatus.FIRING, 1, 57_500, 57_500)).reason())
                .as("19 alerts to be expected")
                .isEmpty();
    }

    /** Whether the state was cleared in time depends on watermarks, which decide nothing. */
    @Test
    void whatIsPastTheMemoryCountsAsForgotten() {
        policy = new DedupPolicy(SampleAlerts.SLICES, 1_000, 0.5);
        decide(run(Severity.LOW, AlertStatus.FIRING, 1, 0, 0));
        Optional<KnownAlert> remembered = known;
        AlertRun later = run(Severity.LOW, AlertStatus.FIRING, 1, 24_001, 24_001);

        RunDecision stillInState = only(later);
        KnownAlert after = known.get();
        known = Optional.empty();
        RunDecision cleared = only(later);

        assertThat(stillInState.reason()).isEqualTo(cleared.reason()).isPresent();
        assertThat(after).isEqualTo(known.get());
        known = remembered;
        assertThat(only(run(Severity.LOW, AlertStatus.RESOLVED, 1, 24_000, 24_000)).reason())
                .contains(NotifyReason.RESOLVED);
        assertThat(after.representative()).isEqualTo(later.firstId());
    }

    @Test
    void aPolicyRefusesWhatItCannotKeep() {
        assertThatThrownBy(() -> new DedupPolicy(SampleAlerts.SLICES, 0, 1))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new DedupPolicy(SampleAlerts.SLICES, 1, 0))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new DedupPolicy(SampleAlerts.SLICES, 1, Double.NaN))
                .isInstanceOf(IllegalArgumentException.class);
        assertThat(new DedupPolicy(SampleAlerts.SLICES, 1, 0.02).countsAlerts()).isTrue();
        assertThat(new DedupPolicy(SampleAlerts.SLICES, 1, 1).countsAlerts()).isFalse();
    }

    private RunDecision only(AlertRun run) {
        List<RunDecision> decisions = decide(run);
        assertThat(decisions).hasSize(1);
        return decisions.get(0);
    }

    private List<RunDecision> decide(AlertRun... runs) {
        DedupDecision decision = new Deduplication(policy).decide(known, List.of(runs));
        known = Optional.of(decision.known());
        return decision.runs();
    }
}
