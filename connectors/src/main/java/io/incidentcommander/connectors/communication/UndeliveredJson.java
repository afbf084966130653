// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.connectors.communication;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.incidentcommander.model.communication.OutboundMessage;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Locale;

/**
 * A message that nobody got, as the topic of dead letters has it: who should have got it, why not,
 * what it said, and its bytes as in the outbox, so that it can be put there again.
 */
final class UndeliveredJson {
    private static final ObjectMapper JSON = new ObjectMapper();

    private UndeliveredJson() {}

    static byte[] of(OutboundMessage message, String reason) {
        ObjectNode letter = JSON.createObjectNode();
        letter.put("message_id", message.id());
        letter.put("channel", message.kind().word()).put("address", message.address());
        letter.put("reason", reason);
        letter.put("severity", message.severity().name());
        letter.put("action", message.action().name().toLowerCase(Locale.ROOT));
        letter.put("planned_at", message.plannedAtMillis());
        ObjectNode incidents = letter.putObject("incidents");
        message.sequences().forEach(incidents::put);
        letter.put("summary", message.text().summary()).put("body", message.text().body());
        letter.put("outbox_record", Base64.getEncoder().encodeToString(OutboxEntry.bytes(message)));
        return letter.toString().getBytes(StandardCharsets.UTF_8);
    }
}
