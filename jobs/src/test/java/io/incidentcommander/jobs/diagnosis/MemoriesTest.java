// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.jobs.diagnosis;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.incidentcommander.connectors.diagnosis.BedrockClients;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Collections;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class MemoriesTest {
    private static final byte[] VECTOR =
            ("{\"embedding\":" + Collections.nCopies(1024, "0.03125") + "}").getBytes(UTF_8);

    @Test
    void whatGoesToTitanHoldsNoSecretWhateverItIsCalled() throws Exception {
        CompletableFuture<String> sent = new CompletableFuture<>();
        HttpServer titan =
                HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        titan.createContext(
                "/",
                exchange -> {
                    sent.complete(new String(exchange.getRequestBody().readAllBytes(), UTF_8));
                    exchange.sendResponseHeaders(200, VECTOR.length);
                    exchange.getResponseBody().write(VECTOR);
                    exchange.close();
                });
        titan.start();
        String url = "http://127.0.0.1:" + titan.getAddress().getPort();
        try (Memories.Embedding embedding = Memories.titanEmbedding(BedrockClients.at(url))) {
            float[] vector =
                    embedding
                            .embedder()
                            .embed("database_failure jo@example.com-db AKIAIOSFODNN7EXAMPLE slow")
                            .get(120, TimeUnit.SECONDS);

            assertThat(vector).hasSize(1024);
            assertThat(sent.join())
                    .contains("database_failure", "slow")
                    .doesNotContain("jo@example.com", "AKIAIOSFODNN7EXAMPLE");
        } finally {
            titan.stop(0);
        }
    }
}
