// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.operators.diagnosis.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.incidentcommander.model.diagnosis.CausalVerdict;
import io.incidentcommander.model.diagnosis.DiagnosisRequest;
import io.incidentcommander.model.diagnosis.EvidenceKind;
import io.incidentcommander.model.diagnosis.metrics.MetricRing;
import io.incidentcommander.model.diagnosis.metrics.ServiceReadings;
import io.incidentcommander.model.ingest.AlertId;
import io.incidentcommander.model.ingest.MetricPoint;
import io.incidentcommander.operators.sampling.AlertKey;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.java.tuple.Tuple2;
import org.apache.flink.contrib.streaming.state.EmbeddedRocksDBStateBackend;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.runtime.state.StateBackend;
import org.apache.flink.runtime.state.hashmap.HashMapStateBackend;
import org.apache.flink.streaming.api.operators.KeyedProcessOperator;
import org.apache.flink.streaming.api.operators.co.KeyedCoProcessOperator;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.AbstractStreamOperatorTestHarness;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;
import org.apache.flink.streaming.util.KeyedTwoInputStreamOperatorTestHarness;
import org.apache.flink.streaming.util.OneInputStreamOperatorTestHarness;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Points of a service to readings, readings of a tenant to what they say of an incident. */
class MetricOperatorsTest {
    private static final long PERIOD = SlowDatabase.PERIOD;
    private static final long T0 = SlowDatabase.T0;
    private static final long OPENED = SlowDatabase.OPENED;
    private static final long ASKED = SlowDatabase.ASKED;

    @Test
    void thePointsOfAPeriodAreOneReadingWhateverTheirOrderAndHost() throws Exception {
        List<MetricPoint> points = new ArrayList<>();
        for (int host = 0; host < 4; host++) {
            for (int series = 0; series < 40; series++) {
                points.add(point("db", "m" + (10 + series), T0 + host, host, "h" + host));
            }
        }
        List<ServiceReadings> inOrder = binned(points);
        Collections.shuffle(points, new Random(3));
        assertThat(binned(points)).isEqualTo(inOrder);
        assertThat(inOrder).hasSize(1);
        assertThat(inOrder.get(0).values())
                .hasSize(ServiceReadings.MOST_SERIES)
                .containsEntry("m10", 1.5)
                .doesNotContainKey("m49");
    }

    @Test
    void whatIsLateFarAheadOrNoNumberLeavesNothing() throws Exception {
        try (var bins = bins()) {
            bins.processWatermark(T0);
            bins.processElement(new StreamRecord<>(reading("db", T0 - PERIOD, "m", 1)));
            bins.processElement(new StreamRecord<>(reading("db", T0 + 86_400_000, "m", 1)));
            assertThat(bins.numKeyedStateEntries()).isZero();
            assertThat(bins.numEventTimeTimers()).isZero();
        }
        assertThat(binned(List.of(point("db", "m", T0, Double.NaN, "h")))).isEmpty();
    }

    @Test
    void aThousandPointsOfAServiceAreOnePartBeforeTheyAreShuffled() throws Exception {
        try (var reduce = reduce()) {
            for (int i = 0; i < 1_000; i++) {
                reduce.processElement(new StreamRecord<>(point("db", "m", T0, i, "h" + i)));
            }
            assertThat(reduce.extractOutputValues()).isEmpty();
            reduce.prepareSnapshotPreBarrier(1);
            assertThat(reduce.extractOutputValues()).hasSize(1);
            assertThat(reduce.extractOutputValues().get(0).values()).containsEntry("m", 499.5);
            reduce.processWatermark(new Watermark(T0));
            assertThat(reduce.extractOutputValues()).hasSize(1);
        }
    }

    @ParameterizedTest
    @MethodSource("backends")
    void aRequestIsToldWhatTheMetricsSayWhicheverCameFirst(StateBackend backend) throws Exception {
        List<DiagnosisRequest> requestLast = ranked(backend, SlowDatabase.readings("t"), false, -1);
        CausalVerdict verdict = requestLast.get(0).causal();
        assertThat(verdict.outcome()).isEqualTo(CausalVerdict.Outcome.RANKED);
        assertThat(verdict.causes().get(0).node()).isEqualTo("db");
        assertThat(requestLast.get(0).evidence())
                .filteredOn(ref -> ref.kind() == EvidenceKind.METRIC)
                .extracting(ref -> ref.id())
                .contains("db latency_seconds");

        assertThat(ranked(backend, SlowDatabase.readings("t"), true, -1)).isEqualTo(requestLast);
        assertThat(
                        ranked(
                                backend,
                                SlowDatabase.readings("t"),
                                true,
                                SlowDatabase.readings("t").size() / 2))
                .isEqualTo(requestLast);
    }

    @Test
    void whatComesAfterTheRequestIsNotLookedAt() throws Exception {
        List<ServiceReadings> later = new ArrayList<>(SlowDatabase.readings("t"));
        for (int i = 1; i < 20; i++) {
            later.add(reading("web", ASKED + i * PERIOD, "latency_seconds", 90));
        }
        assertThat(ranked(new HashMapStateBackend(), later, true, -1))
                .isEqualTo(ranked(new HashMapStateBackend(), SlowDatabase.readings("t"), true, -1));
    }

    @Test
    void withoutMetricsBeforeTheIncidentNothingIsSaid() throws Exception {
        List<ServiceReadings> few = new ArrayList<>();
        for (ServiceReadings one : SlowDatabase.readings("t")) {
            if (one.lastMillis() > OPENED) {
                few.add(one);
            }
        }
        assertThat(ranked(new HashMapStateBackend(), few, true, -1).get(0).causal().outcome())
                .isEqualTo(CausalVerdict.Outcome.NO_METRICS);
    }

    @Test
    void aServiceThatComesWhenThereIsNoRoomIsNotKept() throws Exception {
        for (int room : new int[] {3, 2}) {
            try (var rank = rank(new HashMapStateBackend(), room)) {
                rank.open();
                for (ServiceReadings one : SlowDatabase.readings("t")) {
                    // Last of all comes that which would be the cause.
                    if (!one.service().equals("db")) {
                        rank.processElement2(new StreamRecord<>(one));
                    }
                }
                for (ServiceReadings one : SlowDatabase.readings("t")) {
                    if (one.service().equals("db")) {
                        rank.processElement2(new StreamRecord<>(one));
                    }
                }
                rank.processElement1(new StreamRecord<>(SlowDatabase.request("t")));
                watermark(rank, ASKED);
                CausalVerdict verdict = rank.extractOutputValues().get(0).causal();
                assertThat(verdict.refs())
                        .extracting(ref -> ref.id())
                        .matches(ids -> ids.contains("db latency_seconds") == (room == 3));
            }
        }
    }

    @Test
    void aRingKeepsHalfAnHourAndForgetsSeriesThatEnded() {
        MetricRing ring = MetricRing.empty().plus(reading("s", T0, "old", 1));
        for (int i = 1; i < MetricRing.MOST_PERIODS; i++) {
            ring = ring.plus(reading("s", T0 + i * PERIOD, "new", i));
        }
        assertThat(ring.series()).containsExactly("new", "old");
        ring = ring.plus(reading("s", T0 + MetricRing.MOST_PERIODS * PERIOD, "new", 7));
        assertThat(ring.series()).containsExactly("new");
        assertThat(ring.newest() - ring.first() + 1).isEqualTo(MetricRing.MOST_PERIODS);
        assertThat(ring.value("new", ring.newest())).isEqualTo(7);
        assertThat(ring.plus(reading("s", T0 - 86_400_000, "x", 1))).isEqualTo(ring);
    }

    static Stream<StateBackend> backends() {
        return Stream.of(new HashMapStateBackend(), new EmbeddedRocksDBStateBackend());
    }

    private static List<DiagnosisRequest> ranked(
            StateBackend backend,
            List<ServiceReadings> readings,
            boolean requestFirst,
            int restoreAt)
            throws Exception {
        var rank = rank(backend, 100);
        rank.open();
        if (requestFirst) {
            rank.processElement1(new StreamRecord<>(SlowDatabase.request("t")));
        }
        for (int i = 0; i < readings.size(); i++) {
            if (i == restoreAt) {
                OperatorSubtaskState state = rank.snapshot(1, 1);
                rank.close();
                rank = rank(backend, 100);
                rank.initializeState(state);
                rank.open();
            }
            rank.processElement2(new StreamRecord<>(readings.get(i)));
        }
        if (!requestFirst) {
            rank.processElement1(new StreamRecord<>(SlowDatabase.request("t")));
        }
        assertThat(rank.extractOutputValues()).isEmpty();
        watermark(rank, ASKED);
        List<DiagnosisRequest> out = new ArrayList<>(rank.extractOutputValues());
        assertThat(out).hasSize(1);
        watermark(rank, ASKED + 2 * MetricRing.MOST_PERIODS * PERIOD);
        assertThat(rank.extractOutputValues()).hasSize(1);
        if (backend instanceof HashMapStateBackend) { // The other does not count.
            assertThat(rank.numKeyedStateEntries()).isZero();
        }
        assertThat(rank.numEventTimeTimers()).isZero();
        rank.close();
        return out;
    }

    private static ServiceReadings reading(String service, long time, String series, double value) {
        return ServiceReadings.of("t", service, time, series, value);
    }

    private static MetricPoint point(
            String service, String metric, long time, double value, String host) {
        return new MetricPoint(
                new AlertId("s", "0", 1, 0),
                "t",
                service,
                metric,
                time,
                value,
                "",
                Map.of("host.name", host));
    }

    private static List<ServiceReadings> binned(List<MetricPoint> points) throws Exception {
        try (var bins = bins();
                var one = reduce();
                var other = reduce()) {
            for (int i = 0; i < points.size(); i++) {
                (i % 3 == 0 ? one : other).processElement(new StreamRecord<>(points.get(i)));
            }
            for (var reduce : List.of(one, other)) {
                reduce.processWatermark(new Watermark(T0 + 1));
                for (ServiceReadings part : reduce.extractOutputValues()) {
                    bins.processElement(new StreamRecord<>(part));
                }
            }
            assertThat(bins.extractOutputValues()).isEmpty();
            bins.processWatermark(T0 + PERIOD - 1);
            assertThat(bins.numKeyedStateEntries()).isZero();
            assertThat(bins.numEventTimeTimers()).isZero();
            return List.copyOf(bins.extractOutputValues());
        }
    }

    private static KeyedOneInputStreamOperatorTestHarness<
                    Tuple2<String, String>, ServiceReadings, ServiceReadings>
            bins() throws Exception {
        var harness =
                new KeyedOneInputStreamOperatorTestHarness<>(
                        new KeyedProcessOperator<>(new BinMetricsFunction()),
                        MetricStage.KEY,
                        AlertKey.SERVICE_TYPE);
        harness.open();
        return harness;
    }

    private static OneInputStreamOperatorTestHarness<MetricPoint, ServiceReadings> reduce()
            throws Exception {
        var harness = new OneInputStreamOperatorTestHarness<>(new ReduceMetricsOperator());
        harness.open();
        return harness;
    }

    private static void watermark(AbstractStreamOperatorTestHarness<?> harness, long time)
            throws Exception {
        var both = (KeyedTwoInputStreamOperatorTestHarness<?, ?, ?, ?>) harness;
        both.processBothWatermarks(new Watermark(time));
    }

    private static KeyedTwoInputStreamOperatorTestHarness<
                    String, DiagnosisRequest, ServiceReadings, DiagnosisRequest>
            rank(StateBackend backend, int mostServices) throws Exception {
        var harness =
                new KeyedTwoInputStreamOperatorTestHarness<>(
                        new KeyedCoProcessOperator<>(new RankCausesFunction(mostServices)),
                        (DiagnosisRequest request) -> request.incident().tenant(),
                        ServiceReadings::tenant,
                        Types.STRING);
        harness.setStateBackend(backend);
        harness.setup();
        return harness;
    }
}
