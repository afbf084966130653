// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.operators.detection;

import static io.incidentcommander.operators.detection.PatternHarness.crowd;
import static io.incidentcommander.operators.detection.PatternHarness.event;
import static io.incidentcommander.operators.detection.PatternHarness.onset;
import static org.assertj.core.api.Assertions.assertThat;

import io.incidentcommander.model.detection.DetectionEvent;
import io.incidentcommander.model.detection.DetectionEvent.Kind;
import io.incidentcommander.model.detection.PatternKind;
import io.incidentcommander.model.detection.PatternMatch;
import io.incidentcommander.operators.Outputs;
import io.incidentcommander.udfs.detection.PatternSpec;
import java.time.Duration;
import java.util.List;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DetectPatternsTest {
    private static final DetectionEvent CAUSE = onset(1_000, "db", "disk");
    private static final DetectionEvent FIRST = onset(20_000, "orders", "db", "disk");
    private static final DetectionEvent SECOND = onset(40_000, "web", "orders", "db");

    @Test
    void aCauseAndTwoThatNeedItAreACascadeWhateverTheOrderOfArrival() throws Exception {
        try (var harness = PatternHarness.of(PatternCatalogue.CASCADE)) {
            harness.push(SECOND, onset(30_000, "mail"), FIRST, CAUSE).upTo(50_000);
            assertThat(harness.matches())
                    .singleElement()
                    .satisfies(
                            match -> {
                                assertThat(match.kind()).isEqualTo(PatternKind.CASCADE);
                                assertThat(match.patternId()).isEqualTo("cascade");
                                assertThat(match.version()).isEqualTo(2);
                                assertThat(match.services()).containsExactly("db", "orders", "web");
                                assertThat(match.evidence())
                                        .containsExactly(CAUSE.id(), FIRST.id(), SECOND.id());
                                assertThat(match.words())
                                        .isEqualTo("db fell ill, then orders, web, within 39 s");
                            });
        }
    }

    @Test
    void whoDoesNotNeedTheCauseOrFellIllBeforeItOrTooLateIsNoDependent() throws Exception {
        try (var harness = PatternHarness.of(PatternCatalogue.CASCADE)) {
            harness.push(onset(500, "orders", "db"), CAUSE, onset(2_000, "mail"), SECOND)
                    .upTo(50_000);
            assertThat(harness.matches()).isEmpty();
            harness.push(onset(1_000 + 300_001, "late", "db")).upTo(400_000);
            assertThat(harness.matches()).isEmpty();
        }
    }

    @Test
    void aRestoreInTheMiddleOfAMatchLosesNothing() throws Exception {
        OperatorSubtaskState state;
        try (var before = PatternHarness.of(PatternCatalogue.CASCADE)) {
            before.push(CAUSE, FIRST).upTo(25_000);
            before.push(onset(28_000, "mail"));
            state = before.snapshot(1, 1);
            assertThat(before.matches()).isEmpty();
        }
        try (var after = PatternHarness.restored(PatternCatalogue.CASCADE, state)) {
            after.push(SECOND).upTo(50_000);
            assertThat(after.matches()).singleElement().satisfies(this::isTheCascade);
        }
        try (var fresh = PatternHarness.of(PatternCatalogue.CASCADE)) {
            fresh.push(SECOND).upTo(50_000);
            assertThat(fresh.matches()).as("without the state").isEmpty();
        }
    }

    @Test
    void whenAllTimeHasPassedNothingIsLeftInState() throws Exception {
        try (var harness = PatternHarness.of(PatternCatalogue.CASCADE)) {
            harness.push(CAUSE, FIRST).upTo(50_000);
            assertThat(harness.keysInMemory()).isOne();
            assertThat(harness.numKeyedStateEntries()).as("before it is written").isZero();
            harness.snapshot(1, 1);
            assertThat(harness.keysInMemory()).isZero();
            assertThat(harness.numKeyedStateEntries()).as("written").isPositive();
            harness.upTo(400_000);
            assertThat(harness.numEventTimeTimers()).isZero();
            assertThat(harness.numKeyedStateEntries()).isZero();
            assertThat(harness.keysInMemory()).isZero();
        }
    }

    @Test
    void lateEventsGoToTheSideAndToNoPattern() throws Exception {
        try (var harness = PatternHarness.of(PatternCatalogue.CASCADE)) {
            harness.push(CAUSE).upTo(30_000);
            harness.push(FIRST, SECOND).upTo(60_000);
            assertThat(harness.matches()).isEmpty();
            assertThat(Outputs.side(harness, DetectPatterns.LATE)).containsExactly(FIRST);
        }
    }

    @Test
    void twentyAlertsWithinAMinuteAreAStorm() throws Exception {
        try (var harness = PatternHarness.of(PatternCatalogue.STORM)) {
            for (int i = 0; i < 19; i++) {
                harness.push(crowd(1_000L * i, 1, i));
            }
            harness.upTo(30_000);
            assertThat(harness.matches()).isEmpty();
            harness.push(crowd(31_000, 1, 19)).upTo(40_000);
            assertThat(harness.matches())
                    .extracting(PatternMatch::words)
                    .containsExactly("20 alerts of orders in 31 s");
        }
        try (var harness = PatternHarness.of(PatternCatalogue.STORM)) {
            for (int i = 0; i < 40; i++) {
                harness.push(crowd(4_000L * i, 1, i));
            }
            assertThat(harness.upTo(200_000).matches()).isEmpty();
        }
    }

    @Test
    void aSecondMayBeAStormByItselfAndIsUsedOnce() throws Exception {
        try (var harness = PatternHarness.of(PatternCatalogue.STORM)) {
            harness.push(crowd(1_000, 12, 0), crowd(2_000, 100, 12), crowd(3_000, 19, 112));
            assertThat(harness.upTo(10_000).matches())
                    .extracting(PatternMatch::words)
                    .containsExactly("112 alerts of orders in 1 s");
        }
        try (var harness = PatternHarness.of(PatternCatalogue.STORM)) {
            harness.push(crowd(2_000, 100, 12));
            assertThat(harness.upTo(10_000).matches())
                    .extracting(PatternMatch::words)
                    .containsExactly("100 alerts of orders in 0 s");
            harness.upTo(100_000);
            assertThat(harness.numKeyedStateEntries()).isZero();
            assertThat(harness.numEventTimeTimers()).isZero();
        }
    }

    @Test
    void whatOnlyRisesAndRisesEnoughIsALeak() throws Exception {
        try (var harness = PatternHarness.of(PatternCatalogue.SLOW_LEAK)) {
            for (int i = 0; i < 8; i++) {
                harness.push(event(Kind.READING, 10_000L * i, 40 + i));
            }
            assertThat(harness.upTo(100_000).matches())
                    .extracting(PatternMatch::words)
                    .containsExactly(
                            "heap of orders rose 7 times in a row, from 40 to 47, in 70 s");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"falls once", "stands still once", "rises too little"})
    void whatDoesNotOnlyRiseIsNone(String how) throws Exception {
        try (var harness = PatternHarness.of(PatternCatalogue.SLOW_LEAK)) {
            for (int i = 0; i < 8; i++) {
                double usual = 40 + i;
                double value =
                        how.equals("rises too little")
                                ? 40 + i * 0.5
                                : i != 4 ? usual : how.equals("falls once") ? 42 : 43;
                harness.push(event(Kind.READING, 10_000L * i, value));
            }
            assertThat(harness.upTo(100_000).matches()).isEmpty();
        }
    }

    @Test
    void threeTimesThereAndGoneIsFlapping() throws Exception {
        try (var harness = PatternHarness.of(PatternCatalogue.FLAPPING)) {
            for (int i = 0; i < 3; i++) {
                assertThat(harness.matches()).isEmpty();
                harness.push(event(Kind.FIRING, 60_000L * i, 1));
                harness.push(event(Kind.CLEARED, 60_000L * i + 30_000, 1));
                harness.upTo(60_000L * i + 50_000);
            }
            assertThat(harness.matches())
                    .extracting(PatternMatch::words)
                    .containsExactly("heap of orders came and went 3 times in 120 s");
        }
    }

    @Test
    void whatWasFixedAndIsBackIsARecurrenceOnce() throws Exception {
        try (var harness = PatternHarness.of(PatternCatalogue.RECURRENCE)) {
            harness.push(
                    event(Kind.OPENED, 1_000, 1),
                    event(Kind.FIXED, 60_000, 1),
                    event(Kind.OPENED, 600_000, 1),
                    event(Kind.OPENED, 610_000, 1));
            assertThat(harness.upTo(700_000).matches())
                    .extracting(PatternMatch::words)
                    .containsExactly("heap of orders is back 540 s after it was resolved");
        }
    }

    @Test
    void everyPatternEndsInTimeAndHasAUidOfItsVersion() {
        for (PatternSpec spec :
                List.of(
                        PatternCatalogue.CASCADE,
                        PatternCatalogue.STORM,
                        PatternCatalogue.SLOW_LEAK,
                        PatternCatalogue.FLAPPING,
                        PatternCatalogue.RECURRENCE)) {
            assertThat(PatternCatalogue.of(spec).getWindowSize()).hasValue(spec.within());
            PatternSpec next =
                    new PatternSpec(
                            spec.kind(), spec.version() + 1, Duration.ofMinutes(1), spec.times());
            assertThat(DetectPatterns.uid(next)).isNotEqualTo(DetectPatterns.uid(spec));
        }
        assertThat(DetectPatterns.uid(PatternCatalogue.SLOW_LEAK))
                .isEqualTo("detection-pattern-slow-leak-v2");
    }

    private void isTheCascade(PatternMatch match) {
        assertThat(match.services()).containsExactly("db", "orders", "web");
        assertThat(match.evidence()).containsExactly(CAUSE.id(), FIRST.id(), SECOND.id());
    }
}
