// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.connectors.diagnosis;

import static org.assertj.core.api.Assertions.assertThat;

import io.incidentcommander.connectors.resilience.CallMetrics;
import io.incidentcommander.connectors.resilience.FailureKind;
import io.incidentcommander.connectors.resilience.ManualTime;
import io.incidentcommander.connectors.resilience.Refusal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.DoubleSupplier;
import org.junit.jupiter.api.Test;

class LimitedEmbeddingsTest {
    private final ManualTime time = new ManualTime();
    private final List<String> asked = new ArrayList<>();

    @Test
    void fiftyAtOnceAndTwentyASecondAfterThat() {
        LimitedEmbeddings embeddings =
                new LimitedEmbeddings(
                        text -> {
                            asked.add(text);
                            return CompletableFuture.completedFuture(new float[] {1});
                        },
                        time,
                        time,
                        CallMetrics.none());
        List<CompletableFuture<float[]>> answers = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            answers.add(embeddings.embed("text " + i));
        }
        assertThat(asked).hasSize(50);

        time.advance(Duration.ofSeconds(1));
        assertThat(asked.size()).isBetween(69, 71);
        time.advance(Duration.ofSeconds(3));
        assertThat(asked).hasSize(100);
        assertThat(answers).allMatch(answer -> answer.isDone());
    }

    @Test
    void whatFailsIsNotTriedAgainHere() {
        LimitedEmbeddings embeddings =
                new LimitedEmbeddings(
                        text -> {
                            asked.add(text);
                            return CompletableFuture.failedFuture(new java.io.IOException("gone"));
                        },
                        time,
                        time,
                        CallMetrics.none());
        CompletableFuture<float[]> answer = embeddings.embed("text");
        time.advance(Duration.ofSeconds(60));

        assertThat(answer).isCompletedExceptionally();
        assertThat(asked).containsExactly("text");
    }

    @Test
    void whatIsDownIsLeftAloneUntilAResetAndSaysSo() {
        Map<String, DoubleSupplier> gauges = new HashMap<>();
        LimitedEmbeddings embeddings =
                new LimitedEmbeddings(
                        text -> {
                            asked.add(text);
                            return CompletableFuture.failedFuture(new java.io.IOException("gone"));
                        },
                        time,
                        time,
                        new Gauges(gauges));
        assertThat(gauges.get("breaker_state").getAsDouble()).isZero();
        for (int i = 0; i < 10; i++) {
            embeddings.embed("text " + i);
        }
        assertThat(asked).hasSize(5);
        assertThat(gauges.get("breaker_state").getAsDouble()).isEqualTo(2);

        embeddings.reset();
        assertThat(gauges.get("breaker_state").getAsDouble()).isZero();
        assertThat(gauges.get("tokens").getAsDouble()).isEqualTo(50);
        embeddings.embed("again");
        assertThat(asked).hasSize(6);
    }

    /** Keeps the gauges. */
    private static final class Gauges implements CallMetrics {
        private final Map<String, DoubleSupplier> gauges;

        Gauges(Map<String, DoubleSupplier> gauges) {
            this.gauges = gauges;
        }

        @Override
        public void succeeded(long nanos) {}

        @Override
        public void failed(FailureKind kind) {}

        @Override
        public void retried(long waitMillis) {}

        @Override
        public void refused(Refusal refusal) {}

        @Override
        public void gauge(String name, DoubleSupplier value) {
            gauges.put(name, value);
        }
    }
}
