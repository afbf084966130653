// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.embedded;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/**
 * A stub of PagerDuty's Events API v2. It is no PagerDuty. Limits as documented: 120 events a
 * minute and routing key, summary 1,024 chars, dedup_key 255, routing key 32. Keeps the incidents
 * that a person would see. Thread safe.
 */
public final class PagerDutyStub extends MessagingStub {
    private static final int MOST_SUMMARY = 1_024;
    private static final int MOST_KEY = 255;
    private static final int ROUTING_KEY = 32;
    private static final Set<String> SEVERITIES = Set.of("critical", "error", "warning", "info");

    private final StubBuckets events = new StubBuckets(2, 20, System::nanoTime);
    private final Map<String, Page> pages = new TreeMap<>();
    private String last = "";

    /** An incident as a person sees it now, and the events that made it so. */
    public record Page(String status, String summary, List<String> events) {}

    private PagerDutyStub(int port) throws IOException {
        super(port);
    }

    /**
     * @param port 0 for any that is free
     */
    public static PagerDutyStub start(int port) throws IOException {
        return new PagerDutyStub(port);
    }

    /** By dedup_key. */
    public synchronized Map<String, Page> seen() {
        return Map.copyOf(pages);
    }

    /**
     * Waits until what a person sees is as asked for.
     *
     * @return false if that took longer
     */
    public synchronized boolean await(Predicate<Map<String, Page>> wanted, Duration atMost)
            throws InterruptedException {
        long deadline = System.nanoTime() + atMost.toNanos();
        while (!wanted.test(pages)) {
            long left = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
            if (left <= 0) {
                return false;
            }
            wait(left);
        }
        return true;
    }

    @Override
    synchronized ObjectNode told() {
        long events = pages.values().stream().mapToLong(page -> page.events().size()).sum();
        return json.createObjectNode()
                .put("messages", pages.size())
                .put("updates", events - pages.size())
                .put("last", last);
    }

    @Override
    synchronized Answer answer(HttpExchange exchange, String path, JsonNode event) {
        String action = event.path("event_action").asText();
        String key = event.path("dedup_key").asText();
        JsonNode payload = event.path("payload");
        if (!path.equals("/v2/enqueue")
                || event.path("routing_key").asText().length() != ROUTING_KEY
                || key.length() > MOST_KEY
                || action.equals("trigger") && !isWhole(payload)) {
            return Answer.of(400, "{\"status\":\"invalid event\"}");
        }
        long wait = events.take(event.path("routing_key").asText());
        if (wait > 0) {
            return Answer.later("{\"status\":\"throttle exceeded\"}", wait);
        }
        Page before = pages.get(key);
        boolean open = before != null && !before.status().equals("resolved");
        List<String> log = new ArrayList<>(before == null ? List.of() : before.events());
        log.add(action);
        String summary =
                action.equals("trigger") || before == null
                        ? payload.path("summary").asText()
                        : before.summary();
        last = action + ": " + summary;
        switch (action) {
            case "trigger" ->
                    pages.put(key, new Page(open ? before.status() : "triggered", summary, log));
            case "acknowledge" ->
                    pages.computeIfPresent(
                            key,
                            (k, p) -> new Page(open ? "acknowledged" : "resolved", summary, log));
            case "resolve" ->
                    pages.computeIfPresent(key, (k, p) -> new Page("resolved", summary, log));
            default -> {
                return Answer.of(400, "{\"status\":\"invalid event\"}");
            }
        }
        notifyAll();
        return Answer.of(202, "{\"status\":\"success\",\"dedup_key\":\"" + key + "\"}");
    }

    private static boolean isWhole(JsonNode payload) {
        String summary = payload.path("summary").asText();
        return !summary.isEmpty()
                && summary.length() <= MOST_SUMMARY
                && !payload.path("source").asText().isEmpty()
                && SEVERITIES.contains(payload.path("severity").asText());
    }
}
