// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.connectors.diagnosis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.incidentcommander.connectors.resilience.FailureClassifier;
import io.incidentcommander.connectors.resilience.FailureKind;
import io.incidentcommander.embedded.BedrockStub;
import io.incidentcommander.embedded.StubBehaviour;
import io.incidentcommander.model.diagnosis.ModelAnswer;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The SDK's client over the wire. */
class BedrockModelClientTest {
    private BedrockStub stub;
    private BedrockModelClient client;

    @BeforeEach
    void start() throws Exception {
        stub = BedrockStub.start(0, () -> 0);
        client = new BedrockModelClient(BedrockClients.at(stub.endpoint().toString()));
    }

    @AfterEach
    void stop() {
        client.close();
        stub.close();
    }

    @Test
    void bringsTheToolsInputAndWhatItCost() throws Exception {
        ModelAnswer answer = ask().get(60, TimeUnit.SECONDS);
        JsonNode said = new ObjectMapper().readTree(answer.toolInput());

        assertThat(said.path("service").asText()).isEqualTo("payments");
        assertThat(said.path("confidence").isNumber()).isTrue();
        assertThat(said.at("/evidence/0/cites/0").asText()).isEqualTo("A1");
        assertThat(answer.model()).isEqualTo(Prompts.LARGE.id());
        assertThat(answer.spend().inputTokens()).isPositive();
        assertThat(answer.spend().microUsd())
                .isEqualTo(
                        Prompts.LARGE
                                .spend(answer.spend().inputTokens(), answer.spend().outputTokens())
                                .microUsd());
        assertThat(stub.asked(Prompts.LARGE.id())).isEqualTo(1);
    }

    @Test
    void eachWayToFailIsKnownForWhatItIs() throws Exception {
        assertThat(kind(StubBehaviour.SERVER_ERROR)).isEqualTo(FailureKind.TRANSIENT);
        assertThat(kind(StubBehaviour.MALFORMED)).isEqualTo(FailureKind.TRANSIENT);
        stub.behave(StubBehaviour.THROTTLED);
        ask().get(60, TimeUnit.SECONDS);
        assertThat(kind(StubBehaviour.THROTTLED)).isEqualTo(FailureKind.THROTTLED);
        stub.close();
        assertThat(kind(StubBehaviour.GOOD)).isEqualTo(FailureKind.TRANSIENT);
    }

    @Test
    void aClosedClientFailsRatherThanHangs() {
        client.close();

        assertThat(catchThrowable(() -> ask().get(60, TimeUnit.SECONDS))).isNotNull();
    }

    @Test
    void titanGivesVectorsOfTheLengthAskedFor() throws Exception {
        try (TitanEmbeddings titan =
                new TitanEmbeddings(BedrockClients.at(stub.endpoint().toString()), 256)) {
            float[] vector = titan.embed("disk full").get(60, TimeUnit.SECONDS);
            double length = 0;
            for (float value : vector) {
                length += value * value;
            }

            assertThat(vector).hasSize(256);
            assertThat(length).isBetween(0.99, 1.01);
            assertThat(stub.asked(TitanEmbeddings.MODEL)).isEqualTo(1);
        }
    }

    private FailureKind kind(StubBehaviour behaviour) {
        stub.behave(behaviour);
        Throwable failure = catchThrowable(() -> ask().get(60, TimeUnit.SECONDS));
        assertThat(failure).as(behaviour.word()).isNotNull();
        return FailureClassifier.kindOf(failure, BedrockFailures.CHAIN);
    }

    private CompletableFuture<ModelAnswer> ask() {
        return client.ask(Prompts.LARGE, Prompts.prompt("payments"));
    }
}
