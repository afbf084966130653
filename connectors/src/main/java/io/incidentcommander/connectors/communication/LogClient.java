// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.connectors.communication;

import io.incidentcommander.model.communication.OutboundMessage;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A line in a log for each message, for whatever reads logs: the name of the log, the message's id,
 * its signature as a webhook would have it ({@code -} if there is no key), and what a webhook would
 * be called with. Thread safe.
 */
public final class LogClient implements ChannelClient {
    /** Followed by the name of a log: what its lines are signed with. */
    public static final String KEY_PREFIX = "log.key.";

    /** What is logged here are messages and nothing else. */
    private static final Logger LOG = LoggerFactory.getLogger("io.incidentcommander.messages");

    private final ChannelSecrets secrets;
    private final Consumer<String> lines;

    LogClient(ChannelSecrets secrets, Consumer<String> lines) {
        this.secrets = secrets;
        this.lines = lines;
    }

    public static ChannelClientProvider with(ChannelSecrets secrets) {
        return () -> new LogClient(secrets, LOG::info);
    }

    @Override
    public CompletableFuture<SendOutcome> send(
            OutboundMessage message, String handle, int attempt) {
        byte[] body = MessageJson.of(message);
        Optional<String> key = secrets.of(KEY_PREFIX + message.address());
        lines.accept(
                String.join(
                        " ",
                        message.address(),
                        message.id(),
                        key.map(k -> WebhookClient.sign(k, message.id(), body)).orElse("-"),
                        new String(body, StandardCharsets.UTF_8)));
        return CompletableFuture.completedFuture(SendOutcome.sent(""));
    }
}
