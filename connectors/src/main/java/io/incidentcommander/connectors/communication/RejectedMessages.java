// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.connectors.communication;

import io.incidentcommander.model.communication.OutboundMessage;
import java.io.Serializable;
import org.slf4j.LoggerFactory;

/** Where messages go that nobody will get. Called from any thread. */
@FunctionalInterface
public interface RejectedMessages extends Serializable {
    void rejected(OutboundMessage message, String reason);

    /** Writes one line each at level ERROR. */
    static RejectedMessages logged() {
        return (message, reason) ->
                LoggerFactory.getLogger(RejectedMessages.class)
                        .error("Not delivered: {}: {}", message, reason);
    }
}
