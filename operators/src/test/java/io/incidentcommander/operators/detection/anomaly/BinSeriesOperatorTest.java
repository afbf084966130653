// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.operators.detection.anomaly;

import static org.assertj.core.api.Assertions.assertThat;

import io.incidentcommander.model.ingest.AlertId;
import io.incidentcommander.model.ingest.MetricPoint;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.util.OneInputStreamOperatorTestHarness;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class BinSeriesOperatorTest {
    private static final long T0 = 1_700_000_040_000L;

    private OneInputStreamOperatorTestHarness<MetricPoint, MetricPoint> harness;

    @BeforeEach
    void open() throws Exception {
        harness = new OneInputStreamOperatorTestHarness<>(new BinSeriesOperator());
        harness.open();
    }

    @AfterEach
    void close() throws Exception {
        harness.close();
    }

    @Test
    void ofAMinuteOfASeriesTheLastPointGoesOnWhicheverCameFirst() throws Exception {
        List<MetricPoint> points = new ArrayList<>();
        for (int second = 0; second < 60; second++) {
            points.add(point("a", second, second));
            points.add(point("b", second, second));
        }
        points.add(point("a", 59, 7));
        Collections.shuffle(points, new Random(2));
        for (MetricPoint point : points) {
            harness.processElement(point, 0);
        }
        harness.processWatermark(T0 + 59_998);
        assertThat(harness.extractOutputValues()).isEmpty();

        harness.processElement(point("a", 60, 1), 0);
        harness.processWatermark(T0 + 59_999);

        assertThat(told()).containsExactlyInAnyOrder("a 59 59", "b 59 59");
        assertThat(harness.getOutput().toArray())
                .as("what the watermark closes comes before it")
                .endsWith(new Watermark(T0 + 59_999));
    }

    @Test
    void nothingIsHereWhenStateIsTakenOrInputEnds() throws Exception {
        harness.processElement(point("a", 0, 1), 0);
        harness.prepareSnapshotPreBarrier(1);
        assertThat(told()).containsExactly("a 0 1");

        harness.processElement(point("a", 1, 2), 0);
        harness.getOneInputOperator().finish();
        assertThat(told()).containsExactly("a 0 1", "a 1 2");
    }

    @Test
    void whatIsNoNumberDoesNotHideAnotherPoint() throws Exception {
        harness.processElement(point("a", 0, 1), 0);
        harness.processElement(point("a", 1, Double.NaN), 0);
        harness.processElement(point("a", 2, Double.POSITIVE_INFINITY), 0);
        harness.processWatermark(Long.MAX_VALUE);

        assertThat(told()).containsExactly("a 0 1");
    }

    private List<String> told() {
        return harness.extractOutputValues().stream()
                .map(p -> p.service() + " " + (p.timeMillis() - T0) / 1_000 + " " + (int) p.value())
                .collect(Collectors.toList());
    }

    /** Of two at one time the one that stands further on is the last. */
    private static MetricPoint point(String service, int second, double value) {
        return new MetricPoint(
                new AlertId("s", "0", (long) value, 0),
                "t",
                service,
                "m",
                T0 + second * 1_000L,
                value,
                "",
                Map.of());
    }
}
