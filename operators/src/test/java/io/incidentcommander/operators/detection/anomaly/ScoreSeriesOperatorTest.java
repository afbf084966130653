// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.operators.detection.anomaly;

import static org.assertj.core.api.Assertions.assertThat;

import io.incidentcommander.model.audit.RecordOutcome;
import io.incidentcommander.model.audit.SourceCounts;
import io.incidentcommander.model.ingest.AlertId;
import io.incidentcommander.model.ingest.AlertStatus;
import io.incidentcommander.model.ingest.MetricPoint;
import io.incidentcommander.model.sampling.AlertRun;
import io.incidentcommander.operators.Outputs;
import io.incidentcommander.operators.Subtasks;
import io.incidentcommander.operators.audit.FateDetail;
import io.incidentcommander.operators.sampling.AlertKey;
import io.incidentcommander.udfs.detection.anomaly.AnomalyPolicy;
import io.incidentcommander.udfs.sampling.Slices;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import org.apache.flink.api.java.tuple.Tuple3;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;
import org.junit.jupiter.api.Test;

class ScoreSeriesOperatorTest {
    private static final long MINUTE = 60_000;
    private static final long T0 = 1_700_000_040_000L;
    private static final long LATENESS = 3 * MINUTE;
    private static final int SERIES = 8;

    /** Learnt over so many minutes; then the even series are shifted for twenty. */
    private static final int USUAL = 400;

    private static final int ALL = 480;

    @Test
    void eachShiftIsAnAlertThatBeginsAndEndsAndOfNothingElseIsAnyTold() throws Exception {
        List<AlertRun> raised = run(points(), new int[] {1});

        assertThat(raised).hasSize(SERIES);
        assertThat(raised.stream().map(AlertRun::fingerprint).distinct()).hasSize(SERIES / 2);
        assertThat(raised.stream().map(AlertRun::firstId).distinct()).hasSize(SERIES);
        for (AlertRun run : raised) {
            boolean begins = run.status() == AlertStatus.FIRING;
            long minute = (run.firstMillis() + 1 - LATENESS - T0) / MINUTE - 1;
            assertThat(minute).isBetween(USUAL + (begins ? 1L : 22L), USUAL + (begins ? 6L : 30L));
            assertThat(run.firstId().offset()).isEqualTo(minute);
            assertThat(run.source()).isEqualTo(AlertId.RAISED);
            assertThat(run.count()).isOne();
        }
    }

    @Test
    void theSameIsRaisedWhoeverHasTheKeyAndAfterARestore() throws Exception {
        List<AlertRun> still = run(points(), new int[] {1});

        assertThat(run(points(), new int[] {2})).isEqualTo(still);
        assertThat(run(points(), new int[] {1, 1, 1, 1, 1})).isEqualTo(still);
        assertThat(run(points(), new int[] {1, 2, 2, 4, 1, 3})).isEqualTo(still);
    }

    @Test
    void theOrderOfArrivalWithinTheLatenessPlaysNoPart() throws Exception {
        List<AlertRun> still = run(points(), new int[] {1});
        Random random = new Random(5);
        for (int i = 0; i < 3; i++) {
            List<MetricPoint> shuffled = points();
            int window = SERIES * 3;
            for (int from = 0; from + window <= shuffled.size(); from += window) {
                Collections.shuffle(shuffled.subList(from, from + window), random);
            }
            assertThat(run(shuffled, new int[] {1, 2})).isEqualTo(still);
        }
    }

    @Test
    void allAtOnceIsTheSameAsMinuteByMinute() throws Exception {
        List<AlertRun> still = run(points(), new int[] {1});
        List<MetricPoint> shuffled = points();
        Collections.shuffle(shuffled, new Random(6));
        try (var one = harness(1, 0)) {
            one.open();
            for (MetricPoint point : shuffled) {
                one.processElement(point, 0);
            }
            one.processWatermark(Watermark.MAX_WATERMARK);
            assertThat(sorted(one.extractOutputValues())).isEqualTo(still);
            assertNothingIsLeft(one);
        }
    }

    @Test
    void eachAlertIsARecordOfItsOwnSource() throws Exception {
        try (var one = harness(1, 0)) {
            one.open();
            for (MetricPoint point : points()) {
                one.processElement(point, 0);
            }
            one.processWatermark(new Watermark(T0 + (USUAL + 10) * MINUTE));
            one.prepareSnapshotPreBarrier(1);
            assertCounted(one, SERIES / 2);
            one.processWatermark(Watermark.MAX_WATERMARK);
            one.getOneInputOperator().finish();
            assertCounted(one, SERIES);
        }
    }

    @Test
    void aPointThatComesTooLateOrFromTheFutureIsNoPartOfIt() throws Exception {
        try (var one = harness(1, 0)) {
            one.open();
            one.processElement(point(0, 0, 1), 0);
            one.processWatermark(new Watermark(T0 + 2 * MINUTE - 1 + LATENESS));
            int kept = one.numKeyedStateEntries();

            one.processElement(point(0, 0, 2), 0);
            one.processElement(point(0, 100, 2), 0);

            assertThat(one.numKeyedStateEntries()).isEqualTo(kept);
            assertThat(operator(one).outOfTime()).isEqualTo(2);
        }
    }

    @Test
    void aSeriesIsForgottenTwoDaysAfterItsLastPoint() throws Exception {
        try (var one = harness(1, 0)) {
            one.open();
            one.processElement(point(0, 0, 1), 0);
            one.processElement(point(0, 1, 1), 0);
            one.processWatermark(new Watermark(T0 + 48 * 60 * MINUTE));
            assertThat(one.numKeyedStateEntries()).isPositive();

            one.processWatermark(new Watermark(T0 + 50 * 60 * MINUTE));

            assertNothingIsLeft(one);
        }
    }

    @Test
    void forMoreSeriesThanThereIsRoomForNothingIsKeptAndRoomIsCountedAfterARestore()
            throws Exception {
        AnomalyPolicy small = new AnomalyPolicy(1, 0.5, LATENESS);
        Subtasks<KeyedOneInputStreamOperatorTestHarness<?, MetricPoint, AlertRun>> parts =
                new Subtasks<>((parallelism, index) -> harness(small, parallelism, index));
        parts.become(1);
        List<MetricPoint> all = new ArrayList<>();
        for (int series = 0; series < 6_000; series++) {
            all.add(point(series, 0, 1));
        }
        long kept = kept(parts, all);
        assertThat(kept).isBetween(1_100L, 1_152L);
        parts.become(2);
        assertThat(kept(parts, all)).isEqualTo(kept);
        for (var part : parts.all()) {
            assertThat(operator(part).withoutRoom()).isPositive();
            part.processWatermark(Watermark.MAX_WATERMARK);
            assertNothingIsLeft(part);
        }
        parts.close();
    }

    /** How many series have state, once all of these came. */
    private static long kept(
            Subtasks<KeyedOneInputStreamOperatorTestHarness<?, MetricPoint, AlertRun>> parts,
            List<MetricPoint> points)
            throws Exception {
        for (MetricPoint point : points) {
            parts.of(AnomalyStage.KEY.getKey(point)).processElement(point, 0);
        }
        long timers = 0;
        for (var part : parts.all()) {
            timers += part.numEventTimeTimers();
        }
        return timers / 2;
    }

    /** Whatever was raised, with a snapshot and a restore between the stages. */
    private static List<AlertRun> run(List<MetricPoint> points, int[] parallelisms)
            throws Exception {
        List<AlertRun> out = new ArrayList<>();
        Subtasks<KeyedOneInputStreamOperatorTestHarness<?, MetricPoint, AlertRun>> parts =
                new Subtasks<>((parallelism, index) -> harness(parallelism, index));
        long watermark = Long.MIN_VALUE;
        for (int stage = 0; stage < parallelisms.length; stage++) {
            for (var before : parts.all()) {
                out.addAll(before.extractOutputValues());
            }
            parts.become(parallelisms[stage]);
            int from = points.size() * stage / parallelisms.length;
            int to = points.size() * (stage + 1) / parallelisms.length;
            for (MetricPoint point : points.subList(from, to)) {
                parts.of(AnomalyStage.KEY.getKey(point)).processElement(point, 0);
                watermark = Math.max(watermark, point.timeMillis() - 1);
                for (var part : parts.all()) {
                    part.processWatermark(new Watermark(watermark));
                }
            }
        }
        for (var part : parts.all()) {
            part.processWatermark(Watermark.MAX_WATERMARK);
            out.addAll(part.extractOutputValues());
            assertNothingIsLeft(part);
        }
        parts.close();
        return sorted(out);
    }

    private static List<AlertRun> sorted(List<AlertRun> runs) {
        return runs.stream().sorted(AlertRun.BY_FIRST).collect(Collectors.toList());
    }

    private static void assertNothingIsLeft(
            KeyedOneInputStreamOperatorTestHarness<?, ?, ?> harness) {
        assertThat(harness.numKeyedStateEntries()).isZero();
        assertThat(harness.numEventTimeTimers()).isZero();
    }

    private static void assertCounted(
            KeyedOneInputStreamOperatorTestHarness<?, ?, ?> harness, int alerts) {
        SourceCounts counts = Outputs.ledger(harness).counts().get(AlertId.RAISED);
        assertThat(counts.records(RecordOutcome.ALERT_BEARING)).isEqualTo(alerts);
        assertThat(counts.alerts()).isEqualTo(alerts);
    }

    private static ScoreSeriesOperator operator(
            KeyedOneInputStreamOperatorTestHarness<?, ?, ?> harness) {
        return (ScoreSeriesOperator) harness.getOneInputOperator();
    }

    private static List<MetricPoint> points() {
        Random random = new Random(1);
        List<MetricPoint> points = new ArrayList<>();
        for (int minute = 0; minute < ALL; minute++) {
            for (int series = 0; series < SERIES; series++) {
                boolean shifted = series % 2 == 0 && minute >= USUAL && minute < USUAL + 20;
                points.add(point(series, minute, 100 + random.nextGaussian() + (shifted ? 30 : 0)));
            }
        }
        return points;
    }

    private static MetricPoint point(int series, int minute, double value) {
        return new MetricPoint(
                new AlertId("metrics", "0", minute, series),
                "t" + series % 3,
                "s" + series,
                "m",
                T0 + minute * MINUTE,
                value,
                "",
                Map.of("host", "h" + series));
    }

    private static KeyedOneInputStreamOperatorTestHarness<?, MetricPoint, AlertRun> harness(
            int parallelism, int index) throws Exception {
        return harness(new AnomalyPolicy(10_000, 0.5, LATENESS), parallelism, index);
    }

    private static KeyedOneInputStreamOperatorTestHarness<?, MetricPoint, AlertRun> harness(
            AnomalyPolicy policy, int parallelism, int index) throws Exception {
        return new KeyedOneInputStreamOperatorTestHarness<
                Tuple3<String, Long, Long>, MetricPoint, AlertRun>(
                new ScoreSeriesOperator(policy, new Slices(500), FateDetail.EVERY_ALERT),
                AnomalyStage.KEY,
                AlertKey.FINGERPRINT_TYPE,
                Subtasks.MAX_PARALLELISM,
                parallelism,
                index);
    }
}
