// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.connectors.communication;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.incidentcommander.connectors.resilience.RateLimit;
import io.incidentcommander.model.communication.OutboundMessage;
import io.incidentcommander.model.ingest.EchoMarks;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Slack's Web API: chat.postMessage for the first message of an incident, chat.update in place of
 * it after that, with the news in its thread. Slack has no idempotency key: before a message or a
 * reply is tried again, the channel's history or the thread is asked for one with the same id in
 * its metadata. The handle is the channel and the time stamp of the message. Thread safe.
 */
public final class SlackClient implements ChannelClient {
    /** Under which {@link ChannelSecrets} has the bot's token. */
    public static final String TOKEN = "slack.token";

    private static final String MESSAGE_ID = "message_id";
    private static final int HISTORY = 100;
    private static final Set<String> GONE =
            Set.of("message_not_found", "cant_update_message", "edit_window_closed");
    private static final Set<String> PASSING =
            Set.of("internal_error", "fatal_error", "service_unavailable", "request_timeout");

    private final ObjectMapper json = new ObjectMapper();
    private final HttpCalls http = new HttpCalls();
    private final URI api;
    private final String token;

    private SlackClient(URI api, String token) {
        this.api = api;
        this.token = token;
    }

    /**
     * @param api with a slash at the end, as in {@code https://slack.com/api/}
     */
    public static ChannelClientProvider at(String api, ChannelSecrets secrets) {
        return () -> new SlackClient(URI.create(api), secrets.of(TOKEN).orElse(""));
    }

    @Override
    public CompletableFuture<SendOutcome> send(
            OutboundMessage message, String handle, int attempt) {
        if (!handle.isEmpty()) {
            return update(message, handle, attempt);
        }
        return attempt == 0 ? post(message) : find(message);
    }

    private CompletableFuture<SendOutcome> post(OutboundMessage message) {
        ObjectNode request = request(message, message.address());
        return call("chat.postMessage", request, answer -> HttpCalls.done(sent(answer)));
    }

    @Override
    public boolean looksUp() {
        return true;
    }

    @Override
    public Optional<RateLimit> limit() {
        return Optional.of(RateLimit.SLACK);
    }

    private CompletableFuture<SendOutcome> update(
            OutboundMessage message, String handle, int attempt) {
        int at = handle.indexOf(' ');
        String channel = handle.substring(0, at);
        String shown = handle.substring(at + 1);
        ObjectNode request = request(message, channel).put("ts", shown);
        return call(
                        "chat.update",
                        request,
                        answer ->
                                GONE.contains(answer.path("error").asText())
                                        ? post(message)
                                        : HttpCalls.done(sent(answer)))
                .thenCompose(
                        outcome ->
                                outcome.kind() == SendOutcome.Kind.SENT
                                                && outcome.detail().equals(handle)
                                                && !message.text().thread().isEmpty()
                                        ? reply(message, channel, shown, outcome, attempt)
                                        : HttpCalls.done(outcome));
    }

    private CompletableFuture<SendOutcome> reply(
            OutboundMessage message,
            String channel,
            String thread,
            SendOutcome updated,
            int attempt) {
        String id = message.id() + "/thread";
        Supplier<CompletableFuture<SendOutcome>> post =
                () -> postReply(message, id, channel, thread, updated);
        return attempt == 0
                ? post.get()
                : find(
                        "conversations.replies?ts=" + encoded(thread),
                        channel,
                        id,
                        stamp -> updated,
                        post);
    }

    private CompletableFuture<SendOutcome> postReply(
            OutboundMessage message,
            String id,
            String channel,
            String thread,
            SendOutcome updated) {
        ObjectNode request = json.createObjectNode();
        request.put("channel", channel).put("thread_ts", thread);
        request.put("text", message.text().thread()).put("unfurl_links", false);
        mark(request, id);
        return call(
                "chat.postMessage",
                request,
                answer -> {
                    SendOutcome outcome = sent(answer);
                    return HttpCalls.done(
                            outcome.kind() == SendOutcome.Kind.SENT ? updated : outcome);
                });
    }

    /** An attempt before may have arrived. */
    private CompletableFuture<SendOutcome> find(OutboundMessage message) {
        return find(
                "conversations.history?",
                message.address(),
                message.id(),
                stamp -> SendOutcome.sent(message.address() + " " + stamp),
                () -> post(message));
    }

    /**
     * @param found what it means that a message with this id is there, by its time stamp
     * @param missing what to do if none is
     */
    private CompletableFuture<SendOutcome> find(
            String where,
            String channel,
            String id,
            Function<String, SendOutcome> found,
            Supplier<CompletableFuture<SendOutcome>> missing) {
        String query =
                where
                        + "&include_all_metadata=true&limit="
                        + HISTORY
                        + "&channel="
                        + encoded(channel);
        return http.get(
                api.resolve(query),
                authorization(),
                answer -> {
                    JsonNode said = read(answer);
                    if (!said.path("ok").asBoolean()) {
                        return HttpCalls.done(sent(said));
                    }
                    for (JsonNode shown : said.path("messages")) {
                        JsonNode mark = shown.path("metadata").path("event_payload");
                        if (mark.path(MESSAGE_ID).asText().equals(id)) {
                            return HttpCalls.done(found.apply(shown.path("ts").asText()));
                        }
                    }
                    return missing.get();
                });
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private ObjectNode request(OutboundMessage message, String channel) {
        ObjectNode request = json.createObjectNode();
        request.put("channel", channel).put("text", message.text().summary());
        request.put("unfurl_links", false).put("unfurl_media", false);
        ObjectNode section = request.putArray("blocks").addObject().put("type", "section");
        section.putObject("text")
                .put("type", "mrkdwn")
                .put("text", message.text().body())
                .put("verbatim", true);
        mark(request, message.id());
        return request;
    }

    /** How ingest knows it for ours, and how it is found again. */
    private static void mark(ObjectNode request, String id) {
        ObjectNode metadata = request.putObject("metadata");
        metadata.put("event_type", EchoMarks.SLACK_EVENT_TYPE);
        metadata.putObject("event_payload").put(EchoMarks.FIELD, "1").put(MESSAGE_ID, id);
    }

    private CompletableFuture<SendOutcome> call(
            String method,
            ObjectNode request,
            Function<JsonNode, CompletableFuture<SendOutcome>> answered) {
        return http.post(
                api.resolve(method),
                authorization(),
                request.toString().getBytes(StandardCharsets.UTF_8),
                answer -> answered.apply(read(answer)));
    }

    private Map<String, String> authorization() {
        return Map.of("Authorization", "Bearer " + token);
    }

    private static SendOutcome sent(JsonNode answer) {
        if (answer.path("ok").asBoolean()) {
            return SendOutcome.sent(
                    answer.path("channel").asText() + " " + answer.path("ts").asText());
        }
        String error = answer.path("error").asText("no answer in JSON");
        if (error.equals("ratelimited")) {
            return SendOutcome.throttled(1_000);
        }
        return PASSING.contains(error)
                ? SendOutcome.failed("Slack says " + error)
                : SendOutcome.refused("Slack says " + error);
    }

    private JsonNode read(HttpResponse<String> answer) {
        try {
            return json.readTree(answer.body());
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException("Slack answered something that is not JSON", e);
        }
    }
}
