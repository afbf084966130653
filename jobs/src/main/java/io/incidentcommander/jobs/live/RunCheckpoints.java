// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.jobs.live;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;

/**
 * How long the checkpoints of a run took, as Flink's own statistics have it, or why that is not
 * known, which does not hinder the run. Immutable.
 */
final class RunCheckpoints {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final JsonNode statistics;
    private final String whyUnknown;

    private RunCheckpoints(JsonNode statistics, String whyUnknown) {
        this.statistics = statistics;
        this.whyUnknown = whyUnknown;
    }

    /**
     * @param job address of the job in Flink's REST API
     */
    static RunCheckpoints of(String job) throws InterruptedException {
        try {
            HttpResponse<String> answer =
                    HttpClient.newHttpClient()
                            .send(
                                    HttpRequest.newBuilder(URI.create(job + "/checkpoints"))
                                            .timeout(PATIENCE)
                                            .build(),
                                    HttpResponse.BodyHandlers.ofString());
            JsonNode statistics = new ObjectMapper().readTree(answer.body());
            return statistics.at("/counts/completed").isNumber()
                    ? new RunCheckpoints(statistics, "")
                    : unknown("Flink answered " + answer.statusCode());
        } catch (IOException e) {
            return unknown(e.toString());
        }
    }

    private static RunCheckpoints unknown(String why) {
        return new RunCheckpoints(MissingNode.getInstance(), why);
    }

    void describe(ObjectNode json) {
        if (statistics.isMissingNode()) {
            json.putNull("checkpoint_ms");
            return;
        }
        json.putObject("checkpoint_ms")
                .put("completed", completed())
                .put("p50", millis("p50"))
                .put("p99", millis("p99"))
                .put("max", millis("max"));
    }

    String text() {
        if (statistics.isMissingNode()) {
            return String.format("checkpoints not known: %s%n", whyUnknown);
        }
        return String.format(
                "checkpoints %,d; p50 %,d ms, p99 %,d ms, longest %,d ms%n",
                completed(), millis("p50"), millis("p99"), millis("max"));
    }

    private long completed() {
        return statistics.at("/counts/completed").asLong();
    }

    private long millis(String which) {
        return Math.round(statistics.at("/summary/end_to_end_duration").path(which).asDouble());
    }
}
