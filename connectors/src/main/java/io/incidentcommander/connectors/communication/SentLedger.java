// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.connectors.communication;

import io.incidentcommander.model.communication.OutboundMessage;
import java.io.Serializable;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * What was sent, by receiver and incident: what makes a repeated delivery harmless on channels that
 * have no idempotency of their own. Sequences only grow. Thread safe.
 */
public interface SentLedger extends AutoCloseable {
    /** The record of one thread. */
    CompletableFuture<Optional<SentRecord>> find(String thread);

    /**
     * Somebody is about to send this: kept before the call, so that whoever comes after a crash
     * knows that it may be there. Needed only where {@link ChannelClient#looksUp}.
     */
    CompletableFuture<Void> begin(String thread, long sequence);

    /** Keeps it, unless a higher sequence is kept. */
    CompletableFuture<Void> record(String thread, SentRecord record);

    @Override
    default void close() {}

    /** The name of one receiver's view of one incident. */
    static String thread(OutboundMessage message, String incident) {
        return message.kind().word() + "|" + message.address() + "|" + incident;
    }

    /** Makes the ledger of one writer, which closes it. */
    @FunctionalInterface
    interface Provider extends Serializable {
        SentLedger create();
    }
}
