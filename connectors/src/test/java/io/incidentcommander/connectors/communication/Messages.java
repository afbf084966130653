// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.connectors.communication;

import io.incidentcommander.model.communication.ChannelKind;
import io.incidentcommander.model.communication.MessageAction;
import io.incidentcommander.model.communication.MessageText;
import io.incidentcommander.model.communication.OutboundMessage;
import io.incidentcommander.model.ingest.Severity;
import java.util.Map;
import java.util.Optional;

/** Messages and secrets for tests of the sinks. */
final class Messages {
    static final String ROUTING_KEY = "0123456789abcdef0123456789abcdef";

    private Messages() {}

    static OutboundMessage of(ChannelKind kind, String address, String incident, long sequence) {
        return of(kind, address, incident, sequence, action(sequence));
    }

    static OutboundMessage of(
            ChannelKind kind,
            String address,
            String incident,
            long sequence,
            MessageAction action) {
        MessageText text =
                new MessageText(
                        incident + " at " + sequence,
                        "body of " + incident + " at " + sequence,
                        "<p>" + incident + "</p>",
                        "news of " + incident + " at " + sequence);
        return new OutboundMessage(
                kind, address, Map.of(incident, sequence), action, Severity.HIGH, text, 1_000);
    }

    private static MessageAction action(long sequence) {
        return sequence == 1 ? MessageAction.ANNOUNCE : MessageAction.UPDATE;
    }

    static Optional<String> secret(String name) {
        switch (name) {
            case SlackClient.TOKEN:
                return Optional.of("xoxb-test");
            case PagerDutyClient.ROUTING_KEY_PREFIX + "ops":
                return Optional.of(ROUTING_KEY);
            default:
                return Optional.empty();
        }
    }
}
