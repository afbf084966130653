// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.embedded;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.LongSupplier;

/**
 * A stub of Slack's Web API: chat.postMessage, chat.update, conversations.history and
 * conversations.replies. It is no Slack. Limits as documented: messages one a second and channel
 * with short bursts, updates 50 a minute, text 40,000 chars, a section of a block 3,000. Keeps what
 * a person would see. Thread safe.
 */
public final class SlackStub extends MessagingStub {
    private static final int MOST_TEXT = 40_000;
    private static final int MOST_SECTION = 3_000;
    private static final int BURST = 5;
    private static final double UPDATES_PER_SECOND = 50 / 60.0;
    private static final int UPDATES = 50;

    private final StubBuckets posts;
    private final StubBuckets updates;
    private final Map<String, List<Shown>> channels = new TreeMap<>();
    private long stamps;
    private boolean swallowsNext;
    private String last = "";

    /** A message as a person sees it now; of edits only the last. */
    public record Shown(
            String ts, String thread, String text, String body, JsonNode metadata, int edits) {}

    private SlackStub(int port, LongSupplier nanos) throws IOException {
        super(port);
        posts = new StubBuckets(1, BURST, nanos);
        updates = new StubBuckets(UPDATES_PER_SECOND, UPDATES, nanos);
    }

    /**
     * @param port 0 for any that is free
     */
    public static SlackStub start(int port) throws IOException {
        return start(port, System::nanoTime);
    }

    /**
     * @param nanos the time by which messages are too many, as {@link System#nanoTime()}
     */
    public static SlackStub start(int port, LongSupplier nanos) throws IOException {
        return new SlackStub(port, nanos);
    }

    /** What stands in the channel, threads too, the oldest first. */
    public synchronized List<Shown> seen(String channel) {
        return List.copyOf(channels.getOrDefault(channel, List.of()));
    }

    /** The next message is shown, but its sender gets an error. */
    public synchronized void swallowNextAnswer() {
        swallowsNext = true;
    }

    @Override
    synchronized ObjectNode told() {
        long messages = channels.values().stream().mapToLong(List::size).sum();
        long edits = channels.values().stream().flatMap(List::stream).mapToLong(Shown::edits).sum();
        return json.createObjectNode()
                .put("messages", messages)
                .put("updates", edits)
                .put("last", last);
    }

    @Override
    synchronized Answer answer(HttpExchange exchange, String path, JsonNode body) {
        if (exchange.getRequestHeaders().getFirst("Authorization") == null) {
            return error("not_authed");
        }
        return switch (path.substring(path.lastIndexOf('/') + 1)) {
            case "chat.postMessage" -> post(body);
            case "chat.update" -> update(body);
            case "conversations.history" -> shown(exchange.getRequestURI().getQuery(), "");
            case "conversations.replies" -> {
                String query = exchange.getRequestURI().getQuery();
                yield shown(query, parameter("ts", query));
            }
            default -> error("unknown_method");
        };
    }

    private Answer post(JsonNode body) {
        String channel = body.path("channel").asText();
        Optional<Answer> wrong = wrong(channel, body);
        if (wrong.isPresent()) {
            return wrong.get();
        }
        long wait = posts.take(channel);
        if (wait > 0) {
            return Answer.later("{\"ok\":false,\"error\":\"ratelimited\"}", wait);
        }
        String ts = String.format("17000%05d.%06d", ++stamps, stamps);
        channels.computeIfAbsent(channel, c -> new ArrayList<>()).add(shown(ts, body, 0));
        last = channel + ": " + body.path("text").asText();
        if (swallowsNext) {
            swallowsNext = false;
            return Answer.of(500, "{}");
        }
        return ok(channel, ts);
    }

    private Answer update(JsonNode body) {
        String channel = body.path("channel").asText();
        Optional<Answer> wrong = wrong(channel, body);
        if (wrong.isPresent()) {
            return wrong.get();
        }
        long wait = updates.take("all");
        if (wait > 0) {
            return Answer.later("{\"ok\":false,\"error\":\"ratelimited\"}", wait);
        }
        List<Shown> messages = channels.getOrDefault(channel, List.of());
        for (int i = 0; i < messages.size(); i++) {
            Shown before = messages.get(i);
            if (before.ts().equals(body.path("ts").asText())) {
                messages.set(i, shown(before.ts(), body, before.edits() + 1));
                last = channel + ": " + body.path("text").asText();
                return ok(channel, before.ts());
            }
        }
        return error("message_not_found");
    }

    private static String parameter(String name, String query) {
        return query.replaceAll("(?:.*&)?" + name + "=([^&]*).*", "$1");
    }

    /** Of a thread, or, where its name is empty, what is in none. */
    private Answer shown(String query, String thread) {
        String channel = parameter("channel", query);
        ObjectNode reply = json.createObjectNode().put("ok", true);
        ArrayNode messages = reply.putArray("messages");
        for (Shown shown : seen(channel)) {
            if (shown.thread().equals(thread)) {
                ObjectNode message = messages.addObject().put("ts", shown.ts());
                message.put("text", shown.text()).set("metadata", shown.metadata());
            }
        }
        return Answer.of(200, reply.toString());
    }

    private static Shown shown(String ts, JsonNode body, int edits) {
        return new Shown(
                ts,
                body.path("thread_ts").asText(),
                body.path("text").asText(),
                body.path("blocks").path(0).path("text").path("text").asText(),
                body.path("metadata"),
                edits);
    }

    private static Optional<Answer> wrong(String channel, JsonNode body) {
        if (channel.isEmpty()) {
            return Optional.of(error("channel_not_found"));
        }
        if (body.path("text").asText().isEmpty()) {
            return Optional.of(error("no_text"));
        }
        if (body.path("text").asText().length() > MOST_TEXT) {
            return Optional.of(error("msg_too_long"));
        }
        for (JsonNode block : body.path("blocks")) {
            if (block.path("text").path("text").asText().length() > MOST_SECTION) {
                return Optional.of(error("invalid_blocks"));
            }
        }
        return Optional.empty();
    }

    private Answer ok(String channel, String ts) {
        return Answer.of(
                200,
                json.createObjectNode()
                        .put("ok", true)
                        .put("channel", channel)
                        .put("ts", ts)
                        .toString());
    }

    private static Answer error(String word) {
        return Answer.of(200, "{\"ok\":false,\"error\":\"" + word + "\"}");
    }
}
