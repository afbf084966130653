// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.connectors.communication;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.incidentcommander.connectors.resilience.RateLimit;
import io.incidentcommander.model.communication.MessageAction;
import io.incidentcommander.model.communication.OutboundMessage;
import io.incidentcommander.model.ingest.EchoMarks;
import io.incidentcommander.model.ingest.Severity;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * PagerDuty's Events API v2. Idempotent by its dedup_key, which is the incident. The routing key of
 * an integration is the secret of its name. Thread safe.
 */
public final class PagerDutyClient implements ChannelClient {
    /** Followed by the name of an integration: under which its routing key is found. */
    public static final String ROUTING_KEY_PREFIX = "pagerduty.";

    private static final int ACCEPTED = 202;

    private final ObjectMapper json = new ObjectMapper();
    private final HttpCalls http = new HttpCalls();
    private final URI api;
    private final ChannelSecrets secrets;

    private PagerDutyClient(URI api, ChannelSecrets secrets) {
        this.api = api;
        this.secrets = secrets;
    }

    /**
     * @param api as in {@code https://events.pagerduty.com/v2/enqueue}
     */
    public static ChannelClientProvider at(String api, ChannelSecrets secrets) {
        return () -> new PagerDutyClient(URI.create(api), secrets);
    }

    @Override
    public CompletableFuture<SendOutcome> send(
            OutboundMessage message, String handle, int attempt) {
        Optional<String> key = secrets.of(ROUTING_KEY_PREFIX + message.address());
        if (key.isEmpty()) {
            return HttpCalls.done(
                    SendOutcome.refused("no routing key for integration " + message.address()));
        }
        return http.post(
                api,
                Map.of(),
                event(message, key.get()).toString().getBytes(StandardCharsets.UTF_8),
                answer ->
                        HttpCalls.done(
                                answer.statusCode() == ACCEPTED
                                        ? SendOutcome.sent("")
                                        : SendOutcome.refused(
                                                "PagerDuty says " + answer.statusCode())));
    }

    @Override
    public Optional<RateLimit> limit() {
        return Optional.of(RateLimit.PAGERDUTY);
    }

    private ObjectNode event(OutboundMessage message, String key) {
        ObjectNode event = json.createObjectNode();
        event.put("routing_key", key);
        event.put("event_action", action(message.action()));
        event.put("dedup_key", message.deduplicationKey());
        event.put("client", EchoMarks.CLIENT_NAME);
        ObjectNode payload = event.putObject("payload");
        payload.put("summary", message.text().summary());
        payload.put("source", message.incident());
        payload.put("severity", severity(message.severity()));
        payload.putObject("custom_details")
                .put("text", message.text().body())
                .put(EchoMarks.FIELD, message.id());
        return event;
    }

    private static String action(MessageAction action) {
        switch (action) {
            case ACKNOWLEDGE:
                return "acknowledge";
            case RESOLVE:
                return "resolve";
            default:
                return "trigger";
        }
    }

    /** The four that PagerDuty has. */
    private static String severity(Severity severity) {
        switch (severity) {
            case CRITICAL:
                return "critical";
            case HIGH:
                return "error";
            case MEDIUM:
                return "warning";
            default:
                return "info";
        }
    }
}
