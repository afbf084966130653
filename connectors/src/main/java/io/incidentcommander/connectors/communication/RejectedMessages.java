// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.connectors.communication;

import io.incidentcommander.model.communication.OutboundMessage;
import java.io.Serializable;
import java.util.concurrent.CompletableFuture;
import org.slf4j.LoggerFactory;

/** Where messages go that nobody will get. Called from any thread. */
@FunctionalInterface
public interface RejectedMessages extends AutoCloseable {
    /**
     * Never waits.
     *
     * @return completes once the message is kept with its reason; if by a failure, it is not, and
     *     whoever rejected it still has it
     */
    CompletableFuture<Void> rejected(OutboundMessage message, String reason);

    @Override
    default void close() {}

    /** Writes one line each at level ERROR, and keeps nothing else. */
    static RejectedMessages logged() {
        return (message, reason) -> {
            LoggerFactory.getLogger(RejectedMessages.class)
                    .error("Not delivered: {}: {}", message, reason);
            return CompletableFuture.completedFuture(null);
        };
    }

    /** Makes what one writer uses, which closes it. */
    @FunctionalInterface
    interface Provider extends Serializable {
        RejectedMessages create();
    }
}
