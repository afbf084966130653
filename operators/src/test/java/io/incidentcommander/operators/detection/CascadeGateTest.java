// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.operators.detection;

import static io.incidentcommander.operators.detection.PatternHarness.onset;
import static org.assertj.core.api.Assertions.assertThat;

import io.incidentcommander.model.detection.DetectionEvent;
import io.incidentcommander.model.detection.PatternMatch;
import io.incidentcommander.operators.detection.GatedPattern.Barrier;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.junit.jupiter.api.Test;

class CascadeGateTest {
    @Test
    void anOlderOnsetNeitherDelaysACascadeNorIsItLost() throws Exception {
        try (var gate = GateHarness.of(PatternCatalogue.CASCADE, 8)) {
            gate.push(onset(1_000, "mail"));
            gate.push(onset(2_000, "db"));
            gate.push(onset(3_000, "orders", "db"));
            gate.push(onset(4_000, "web", "orders", "db"));
            gate.push(onset(5_000, "smtp", "mail"));
            gate.push(onset(6_000, "news", "mail"));
            gate.processWatermark(4_500);
            assertThat(services(gate)).containsExactly("db", "orders", "web");
            gate.processWatermark(6_500);
            assertThat(services(gate)).containsExactly("mail", "smtp", "news");
        }
    }

    @Test
    void nothingOfACascadeIsUsedAgain() throws Exception {
        try (var gate = GateHarness.of(PatternCatalogue.CASCADE, 8)) {
            gate.push(onset(1_000, "disk"));
            gate.push(onset(2_000, "db", "disk"));
            gate.push(onset(3_000, "orders", "db", "disk"));
            gate.processWatermark(3_500);
            assertThat(services(gate)).containsExactly("disk", "db", "orders");
            gate.push(onset(4_000, "web", "orders", "db", "disk"));
            gate.push(onset(5_000, "mail", "orders", "db", "disk"));
            gate.processWatermark(Long.MAX_VALUE);
            assertThat(services(gate)).isEmpty();
            assertThat(gate.numKeyedStateEntries()).isZero();
            assertThat(gate.numEventTimeTimers()).isZero();
        }
    }

    @Test
    void attemptsAtDifferentCausesSurviveAFailure() throws Exception {
        try (var gated = new GatedPattern(PatternCatalogue.CASCADE, 8)) {
            gated.push(onset(1_000, "mail"));
            gated.push(onset(2_000, "db"));
            gated.push(onset(3_000, "orders", "db"));
            gated.push(onset(3_500, "smtp", "mail"));
            gated.upTo(3_900).barrier(Barrier.FAIL);
            gated.upTo(3_900);
            gated.push(onset(4_000, "web", "db")).push(onset(4_100, "news", "mail"));
            assertThat(gated.matches())
                    .extracting(PatternMatch::services)
                    .containsExactlyInAnyOrder(
                            List.of("db", "orders", "web"), List.of("mail", "smtp", "news"));
        }
    }

    /** Each holds what it needs against what is ill, not against all that fell ill. */
    @Test
    void thousandsAtOnceThatNeedNoneOfThemReachNoPattern() throws Exception {
        try (var gated = new GatedPattern(PatternCatalogue.CASCADE, 8)) {
            for (int i = 0; i < 5_000; i++) {
                gated.push(onset(1_000 + i, "s" + i, "x" + i, "y" + i));
            }
            gated.upTo(10_000);
            assertThat(gated.passed()).isZero();
            gated.push(onset(11_000, "a", "s4000")).push(onset(11_001, "b", "s4000"));
            assertThat(gated.matches())
                    .extracting(PatternMatch::services)
                    .containsExactly(List.of("s4000", "a", "b"));
            assertThat(gated.passed()).isEqualTo(3);
        }
    }

    private static List<String> services(GateHarness gate) {
        List<String> services = new ArrayList<>();
        for (StreamRecord<DetectionEvent> record : gate.drain()) {
            services.add(record.getValue().service());
        }
        return services;
    }
}
