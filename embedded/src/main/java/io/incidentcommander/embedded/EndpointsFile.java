// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.embedded;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/**
 * The endpoints as JSON, one object per running service: {@code {"kafka": {"bootstrap": ..},
 * "dynamodb": {"endpoint": ..}, "smtp": {"host": .., "port": .., "imap_port": ..}, ..}}. A service
 * that was skipped has {@code {"skipped": reason}}.
 */
final class EndpointsFile {

    private EndpointsFile() {}

    /** Writes the file in one move: who sees it sees all of it. */
    static void write(Path file, Endpoints endpoints) throws IOException {
        ObjectMapper mapper = new ObjectMapper();
        ObjectNode root = mapper.createObjectNode();
        endpoints
                .outcomes()
                .forEach((service, outcome) -> describe(root.putObject(service.word()), outcome));
        Path target = file.toAbsolutePath();
        Files.createDirectories(target.getParent());
        Path draft = Files.createTempFile(target.getParent(), "endpoints", ".tmp");
        mapper.writerWithDefaultPrettyPrinter().writeValue(draft.toFile(), root);
        Files.move(draft, target, StandardCopyOption.ATOMIC_MOVE);
    }

    private static void describe(ObjectNode node, StartOutcome outcome) {
        if (outcome instanceof StartOutcome.Skipped skipped) {
            node.put("skipped", skipped.reason());
        } else if (outcome instanceof StartOutcome.Started started) {
            describe(node, started.endpoint());
        }
    }

    private static void describe(ObjectNode node, Endpoint endpoint) {
        if (endpoint instanceof Endpoint.Bootstrap kafka) {
            node.put("bootstrap", kafka.servers());
        } else if (endpoint instanceof Endpoint.Http http) {
            node.put("endpoint", http.endpoint().toString());
        } else if (endpoint instanceof Endpoint.Mail mail) {
            node.put("host", mail.host()).put("port", mail.port());
            node.put("imap_port", mail.imapPort());
        }
    }
}
