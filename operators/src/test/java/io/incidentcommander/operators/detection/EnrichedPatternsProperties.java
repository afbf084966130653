// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.operators.detection;

import static org.assertj.core.api.Assertions.assertThat;

import io.incidentcommander.model.detection.DetectionEvent;
import io.incidentcommander.model.detection.DetectionEvent.Kind;
import io.incidentcommander.model.detection.PatternMatch;
import io.incidentcommander.model.ingest.Alert;
import io.incidentcommander.model.ingest.AlertStatus;
import io.incidentcommander.model.ingest.Severity;
import io.incidentcommander.model.sampling.NotableAlert;
import io.incidentcommander.model.sampling.NotifyReason;
import io.incidentcommander.operators.Alerts;
import io.incidentcommander.operators.Outputs;
import io.incidentcommander.udfs.detection.PatternRules;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

/** Patterns find in what {@link EnrichOperator} hands on what they would find in all alerts. */
class EnrichedPatternsProperties {
    private static final int MINUTE = 60_000;

    @Property(tries = 150)
    void flappingMissesNothingThatIsLeftOut(@ForAll("slow") List<NotableAlert> alerts)
            throws Exception {
        List<DetectionEvent> all = new ArrayList<>();
        for (NotableAlert notable : alerts) {
            Alert alert = notable.alert();
            all.add(
                    new DetectionEvent(
                            notable.reason() == NotifyReason.RESOLVED ? Kind.CLEARED : Kind.FIRING,
                            alert.id(),
                            alert.tenant(),
                            alert.service(),
                            PatternRules.identity(alert),
                            alert.eventTimeMillis(),
                            Double.NaN,
                            List.of()));
        }
        try (var enriched = EnrichHarness.of();
                var expected = PatternHarness.of(PatternCatalogue.FLAPPING);
                var found = PatternHarness.of(PatternCatalogue.FLAPPING)) {
            enriched.push(alerts);
            assertThat(matches(found, enriched.extractOutputValues()))
                    .isEqualTo(matches(expected, all));
        }
    }

    @Property(tries = 150)
    void stormsAreThoseThatCountingFinds(@ForAll("quick") List<NotableAlert> alerts)
            throws Exception {
        try (var enriched = EnrichHarness.of();
                var found = PatternHarness.of(PatternCatalogue.STORM)) {
            enriched.push(alerts);
            List<DetectionEvent> crowds = Outputs.side(enriched, EnrichOperator.CROWDS);
            assertThat(crowds.stream().mapToInt(DetectionEvent::alerts).sum())
                    .isEqualTo(alerts.size());
            assertThat(matches(found, crowds))
                    .extracting(PatternMatch::words)
                    .isEqualTo(counted(crowds));
            assertThat(enriched.numKeyedStateEntries()).isZero();
            assertThat(enriched.numEventTimeTimers()).isZero();
        }
    }

    @Property(tries = 60)
    void aFailureChangesNoCrowd(
            @ForAll("quick") List<NotableAlert> alerts, @ForAll @IntRange(max = 80) int cut)
            throws Exception {
        int at = Math.min(cut, alerts.size());
        try (var whole = EnrichHarness.of();
                var before = EnrichHarness.of()) {
            whole.push(alerts);
            before.take(alerts.subList(0, at));
            before.prepareSnapshotPreBarrier(1);
            try (var after = EnrichHarness.restored(before.snapshot(1, 1))) {
                after.push(alerts.subList(at, alerts.size()));
                List<DetectionEvent> crowds =
                        new ArrayList<>(Outputs.side(before, EnrichOperator.CROWDS));
                crowds.addAll(Outputs.side(after, EnrichOperator.CROWDS));
                assertThat(crowds).isEqualTo(Outputs.side(whole, EnrichOperator.CROWDS));
            }
        }
    }

    private static List<PatternMatch> matches(PatternHarness pattern, List<DetectionEvent> events)
            throws Exception {
        for (DetectionEvent event : events) {
            pattern.push(event);
        }
        return pattern.upTo(Long.MAX_VALUE).matches();
    }

    /** The same without a pattern: from the first crowd that is not in a storm yet. */
    private static List<String> counted(List<DetectionEvent> crowds) {
        List<String> storms = new ArrayList<>();
        List<DetectionEvent> open = new ArrayList<>();
        for (DetectionEvent crowd : crowds) {
            open.add(crowd);
            open.removeIf(c -> crowd.eventTimeMillis() - c.eventTimeMillis() >= MINUTE);
            int alerts = open.stream().mapToInt(DetectionEvent::alerts).sum();
            if (alerts >= PatternCatalogue.STORM.times()) {
                long millis = crowd.eventTimeMillis() - open.get(0).eventTimeMillis();
                storms.add(alerts + " alerts of web in " + millis / 1000 + " s");
                open.clear();
            }
        }
        return storms;
    }

    /** Minutes apart, of one alert. */
    @Provide
    Arbitrary<List<NotableAlert>> slow() {
        return alerts(8 * MINUTE, 1, 30);
    }

    /** Seconds apart, of several. */
    @Provide
    Arbitrary<List<NotableAlert>> quick() {
        return Arbitraries.of(300, 4_000, 20_000)
                .flatMap(gap -> alerts(gap, 1_000, 80))
                .map(EnrichedPatternsProperties::firing);
    }

    private static Arbitrary<List<NotableAlert>> alerts(int gap, int fingerprints, int most) {
        return Combinators.combine(
                        Arbitraries.integers().between(1, gap),
                        Arbitraries.integers().between(1, fingerprints),
                        Arbitraries.of(true, false))
                .as(Step::new)
                .list()
                .ofMinSize(1)
                .ofMaxSize(most)
                .map(EnrichedPatternsProperties::inTime);
    }

    private static List<NotableAlert> inTime(List<Step> steps) {
        List<NotableAlert> alerts = new ArrayList<>();
        long time = 10_000;
        for (Step step : steps) {
            time += step.gap();
            alerts.add(notable(step.fingerprint(), time, step.clears()));
        }
        return alerts;
    }

    private static List<NotableAlert> firing(List<NotableAlert> alerts) {
        List<NotableAlert> firing = new ArrayList<>();
        for (NotableAlert alert : alerts) {
            firing.add(new NotableAlert(alert.alert(), NotifyReason.NEW, 1));
        }
        return firing;
    }

    private static NotableAlert notable(int fingerprint, long time, boolean clears) {
        AlertStatus status = clears ? AlertStatus.RESOLVED : AlertStatus.FIRING;
        return new NotableAlert(
                Alerts.alert(fingerprint, "web", Severity.HIGH, status, time),
                clears ? NotifyReason.RESOLVED : NotifyReason.NEW,
                1);
    }

    private record Step(int gap, int fingerprint, boolean clears) {}
}
