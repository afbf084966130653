// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.connectors.communication;

import io.incidentcommander.connectors.resilience.RateLimit;
import io.incidentcommander.model.communication.OutboundMessage;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * Makes one attempt to deliver a message. The future always completes, by a value, within about
 * five seconds. Thread safe.
 */
public interface ChannelClient extends AutoCloseable {
    /**
     * @param handle of the message shown before for this incident; empty if there was none
     * @param attempt from 0; later ones may find that an earlier one arrived after all
     */
    CompletableFuture<SendOutcome> send(OutboundMessage message, String handle, int attempt);

    /**
     * Whether a later attempt looks whether an earlier one arrived. Then it is worth writing down
     * that an attempt begins.
     */
    default boolean looksUp() {
        return false;
    }

    /** How fast one receiver may be called; empty: as fast as it answers. */
    default Optional<RateLimit> limit() {
        return Optional.empty();
    }

    @Override
    default void close() {}
}
