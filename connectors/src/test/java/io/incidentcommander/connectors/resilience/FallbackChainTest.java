// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.connectors.resilience;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class FallbackChainTest {
    @Test
    void theBestRoadThatWorksAnswers() {
        FallbackChain<String, String> chain =
                FallbackChain.<String, String>endingWith("human", q -> "ask somebody")
                        .before(
                                "model",
                                q -> CompletableFuture.failedFuture(new IOException("no model")))
                        .before(
                                "logs",
                                q -> {
                                    throw new IllegalStateException("no logs");
                                })
                        .before("patterns", q -> CompletableFuture.completedFuture("seen before"))
                        .before("never", q -> CompletableFuture.completedFuture("not reached"));

        FallbackChain.Answer<String> answer = chain.ask("why?").join();

        assertThat(answer.value()).isEqualTo("seen before");
        assertThat(answer.road()).isEqualTo("patterns");
        assertThat(answer.missed()).containsExactly("model: no model", "logs: no logs");
    }

    @Test
    void theLastRoadAlwaysAnswers() {
        FallbackChain<String, String> chain =
                FallbackChain.<String, String>endingWith("human", q -> "ask somebody: " + q)
                        .before(
                                "model",
                                q -> CompletableFuture.failedFuture(new IOException("no model")));

        assertThat(chain.ask("why?").join().value()).isEqualTo("ask somebody: why?");
    }
}
