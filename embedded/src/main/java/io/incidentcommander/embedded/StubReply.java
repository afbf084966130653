// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.embedded;

import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** One answer of the stub as it goes over the wire. */
record StubReply(int status, Optional<String> errorType, byte[] body) {

    static StubReply ok(String json) {
        return new StubReply(200, Optional.empty(), json.getBytes(StandardCharsets.UTF_8));
    }

    static StubReply error(int status, String type, String message) {
        String json = "{\"message\":\"" + message + "\"}";
        return new StubReply(status, Optional.of(type), json.getBytes(StandardCharsets.UTF_8));
    }
}
