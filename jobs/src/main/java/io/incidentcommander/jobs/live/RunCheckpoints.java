// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.jobs.live;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;

/** How long the checkpoints of a run took, as Flink's own statistics have it. Immutable. */
final class RunCheckpoints {
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final long completed;
    private final JsonNode millis;

    private RunCheckpoints(long completed, JsonNode millis) {
        this.completed = completed;
        this.millis = millis;
    }

    /**
     * @param job address of the job in Flink's REST API
     */
    static RunCheckpoints of(String job) throws InterruptedException {
        ObjectMapper json = new ObjectMapper();
        try {
            JsonNode answer =
                    json.readTree(
                            HttpClient.newHttpClient()
                                    .send(
                                            HttpRequest.newBuilder(URI.create(job + "/checkpoints"))
                                                    .timeout(PATIENCE)
                                                    .build(),
                                            HttpResponse.BodyHandlers.ofString())
                                    .body());
            return new RunCheckpoints(
                    answer.at("/counts/completed").asLong(),
                    answer.at("/summary/end_to_end_duration"));
        } catch (IOException e) {
            return new RunCheckpoints(0, json.createObjectNode()); // it does not hinder the run
        }
    }

    void describe(ObjectNode json) {
        json.putObject("checkpoint_ms")
                .put("completed", completed)
                .put("p50", millis("p50"))
                .put("p99", millis("p99"))
                .put("max", millis("max"));
    }

    String text() {
        return String.format(
                "checkpoints %,d; p50 %,d ms, p99 %,d ms, longest %,d ms%n",
                completed, millis("p50"), millis("p99"), millis("max"));
    }

    private long millis(String which) {
        return Math.round(millis.path(which).asDouble());
    }
}
