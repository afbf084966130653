// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.connectors.communication;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.incidentcommander.model.communication.OutboundMessage;
import io.incidentcommander.model.ingest.EchoMarks;
import java.nio.charset.StandardCharsets;

/** A message for a program, in one line: what a webhook is called with, and what a log has. */
final class MessageJson {
    private static final ObjectMapper JSON = new ObjectMapper();

    private MessageJson() {}

    static byte[] of(OutboundMessage message) {
        ObjectNode body = JSON.createObjectNode();
        body.put("id", message.id()).put("action", message.action().word());
        body.put("severity", message.severity().name());
        ObjectNode incidents = body.putObject("incidents");
        message.sequences().forEach(incidents::put);
        body.put("summary", message.text().summary()).put("text", message.text().body());
        body.put(EchoMarks.FIELD, "1");
        return body.toString().getBytes(StandardCharsets.UTF_8);
    }
}
