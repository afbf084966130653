// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.connectors.diagnosis;

import static org.assertj.core.api.Assertions.assertThat;

import io.incidentcommander.connectors.resilience.ManualTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
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
                        time);
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
                        time);
        CompletableFuture<float[]> answer = embeddings.embed("text");
        time.advance(Duration.ofSeconds(60));

        assertThat(answer).isCompletedExceptionally();
        assertThat(asked).containsExactly("text");
    }
}
