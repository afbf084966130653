// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.operators.diagnosis.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.incidentcommander.model.diagnosis.CausalVerdict;
import io.incidentcommander.model.diagnosis.DiagnosisRequest;
import io.incidentcommander.model.diagnosis.metrics.ServiceReadings;
import io.incidentcommander.operators.Subtasks;
import io.incidentcommander.operators.sampling.AlertKey;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.java.tuple.Tuple2;
import org.apache.flink.streaming.api.operators.KeyedProcessOperator;
import org.apache.flink.streaming.api.operators.co.KeyedCoProcessOperator;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;
import org.apache.flink.streaming.util.KeyedTwoInputStreamOperatorTestHarness;
import org.junit.jupiter.api.Test;

/** What is half told when the parallelism changes is told whole, once, whoever has the key then. */
class MetricRescaleTest {
    private static final int[] PARALLELISMS = {1, 2, 4, 1};
    private static final int KEYS = 12;

    @Test
    void halfAPeriodOfPointsBecomesTheSameReadingOnOtherSubtasks() throws Exception {
        List<ServiceReadings> points = new ArrayList<>();
        for (int value = 0; value < 40; value++) {
            for (int key = 0; key < KEYS; key++) {
                points.add(point("t" + key % 3, "s" + key, value));
            }
        }
        List<ServiceReadings> still = binned(points, new int[] {1});
        assertThat(still).hasSize(KEYS);
        assertThat(still.get(0).values()).containsEntry("m", 19.5);
        assertThat(binned(points, PARALLELISMS)).isEqualTo(still);
    }

    @Test
    void requestsAndRingsMeetOnOtherSubtasks() throws Exception {
        List<DiagnosisRequest> still = ranked(new int[] {1});
        assertThat(still).hasSize(KEYS);
        assertThat(still)
                .allMatch(one -> one.causal().outcome() == CausalVerdict.Outcome.RANKED)
                .allMatch(one -> one.causal().causes().get(0).node().equals("db"));
        assertThat(ranked(PARALLELISMS)).isEqualTo(still);
    }

    private static List<ServiceReadings> binned(List<ServiceReadings> points, int[] parallelisms)
            throws Exception {
        List<ServiceReadings> out = new ArrayList<>();
        Subtasks<KeyedOneInputStreamOperatorTestHarness<?, ServiceReadings, ServiceReadings>>
                parts = new Subtasks<>(MetricRescaleTest::bins);
        for (int stage = 0; stage < parallelisms.length; stage++) {
            parts.become(parallelisms[stage]);
            for (ServiceReadings point : part(points, stage, parallelisms.length)) {
                parts.of(MetricStage.KEY.getKey(point)).processElement(new StreamRecord<>(point));
            }
        }
        for (var harness : parts.all()) {
            assertThat(harness.extractOutputValues()).isEmpty();
            harness.processWatermark(new Watermark(SlowDatabase.T0 + SlowDatabase.PERIOD - 1));
            out.addAll(harness.extractOutputValues());
            assertThat(harness.numKeyedStateEntries()).isZero();
            assertThat(harness.numEventTimeTimers()).isZero();
        }
        parts.close();
        out.sort(Comparator.comparing(ServiceReadings::service));
        return out;
    }

    private static List<DiagnosisRequest> ranked(int[] parallelisms) throws Exception {
        List<DiagnosisRequest> out = new ArrayList<>();
        Subtasks<
                        KeyedTwoInputStreamOperatorTestHarness<
                                String, DiagnosisRequest, ServiceReadings, DiagnosisRequest>>
                parts = new Subtasks<>(MetricRescaleTest::rank);
        List<ServiceReadings> readings = readings();
        for (int stage = 0; stage < parallelisms.length; stage++) {
            parts.become(parallelisms[stage]);
            if (stage == 0) {
                for (int key = 0; key < KEYS; key++) {
                    DiagnosisRequest request = SlowDatabase.request("t" + key);
                    parts.of("t" + key).processElement1(new StreamRecord<>(request));
                }
            }
            for (ServiceReadings one : part(readings, stage, parallelisms.length)) {
                parts.of(one.tenant()).processElement2(new StreamRecord<>(one));
            }
        }
        for (var harness : parts.all()) {
            assertThat(harness.extractOutputValues()).isEmpty();
            harness.processBothWatermarks(new Watermark(SlowDatabase.ASKED));
            out.addAll(harness.extractOutputValues());
        }
        parts.close();
        out.sort(Comparator.comparing(request -> request.incident().tenant()));
        return out;
    }

    /** One stretch of the list for each parallelism; every key has something in each. */
    private static <T> List<T> part(List<T> all, int stage, int stages) {
        return all.subList(all.size() * stage / stages, all.size() * (stage + 1) / stages);
    }

    /** Everybody's database gets slow; in the order in which it is told. */
    private static List<ServiceReadings> readings() {
        List<ServiceReadings> all = new ArrayList<>();
        for (int key = 0; key < KEYS; key++) {
            all.addAll(SlowDatabase.readings("t" + key));
        }
        all.sort(Comparator.comparingLong(ServiceReadings::lastMillis));
        return all;
    }

    private static ServiceReadings point(String tenant, String service, double value) {
        return ServiceReadings.of(tenant, service, SlowDatabase.T0, "m", value);
    }

    private static KeyedOneInputStreamOperatorTestHarness<?, ServiceReadings, ServiceReadings> bins(
            int parallelism, int index) throws Exception {
        return new KeyedOneInputStreamOperatorTestHarness<
                Tuple2<String, String>, ServiceReadings, ServiceReadings>(
                new KeyedProcessOperator<>(new BinMetricsFunction()),
                MetricStage.KEY,
                AlertKey.SERVICE_TYPE,
                Subtasks.MAX_PARALLELISM,
                parallelism,
                index);
    }

    private static KeyedTwoInputStreamOperatorTestHarness<
                    String, DiagnosisRequest, ServiceReadings, DiagnosisRequest>
            rank(int parallelism, int index) throws Exception {
        return new KeyedTwoInputStreamOperatorTestHarness<>(
                new KeyedCoProcessOperator<>(
                        new RankCausesFunction(RankCausesFunction.MOST_SERVICES)),
                request -> request.incident().tenant(),
                ServiceReadings::tenant,
                Types.STRING,
                Subtasks.MAX_PARALLELISM,
                parallelism,
                index);
    }
}
