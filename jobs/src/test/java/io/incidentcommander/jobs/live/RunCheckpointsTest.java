// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.jobs.live;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RunCheckpointsTest {
    private HttpServer flink;

    @BeforeEach
    void serve() throws IOException {
        flink = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        flink.start();
    }

    @AfterEach
    void stop() {
        flink.stop(0);
    }

    @Test
    void statisticsAreThoseOfFlink() throws Exception {
        RunCheckpoints checkpoints =
                answered(
                        200,
                        "{\"counts\":{\"completed\":33},\"summary\":{\"end_to_end_duration\":"
                                + "{\"max\":1758,\"p50\":920.6,\"p99\":1740.2}}}");

        assertThat(checkpoints.text().trim())
                .isEqualTo("checkpoints 33; p50 921 ms, p99 1,740 ms, longest 1,758 ms");
        assertThat(json(checkpoints).at("/checkpoint_ms/max").asLong()).isEqualTo(1_758);
    }

    @Test
    void whatFlinkDoesNotSayIsNotZero() throws Exception {
        RunCheckpoints checkpoints = answered(404, "{\"errors\":[\"no such job\"]}");

        assertThat(checkpoints.text().trim())
                .isEqualTo("checkpoints not known: Flink answered 404");
        assertThat(json(checkpoints).path("checkpoint_ms").isNull()).isTrue();
    }

    @Test
    void nobodyThereDoesNotHinderTheRun() throws Exception {
        String job = address();
        flink.stop(0);

        assertThat(RunCheckpoints.of(job).text()).startsWith("checkpoints not known: ");
    }

    private RunCheckpoints answered(int status, String body) throws Exception {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        flink.createContext(
                "/jobs/1/checkpoints",
                exchange -> {
                    exchange.sendResponseHeaders(status, bytes.length);
                    exchange.getResponseBody().write(bytes);
                    exchange.close();
                });
        return RunCheckpoints.of(address());
    }

    private String address() {
        return "http://127.0.0.1:" + flink.getAddress().getPort() + "/jobs/1";
    }

    private static ObjectNode json(RunCheckpoints checkpoints) {
        ObjectNode json = new ObjectMapper().createObjectNode();
        checkpoints.describe(json);
        return json;
    }
}
