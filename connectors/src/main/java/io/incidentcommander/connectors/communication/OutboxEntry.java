// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.connectors.communication;

import io.incidentcommander.model.communication.OutboundMessage;
import java.io.IOException;
import java.io.Serializable;
import java.io.UncheckedIOException;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;

/** A message in the buffer of a sink, as bytes, and how often it was tried. Immutable. */
final class OutboxEntry implements Serializable {
    private static final long serialVersionUID = 1L;
    private static final OutboundMessage.OutboundMessageCodec CODEC =
            new OutboundMessage.OutboundMessageCodec();

    private final byte[] bytes;
    private final int attempts;
    private final transient boolean toldToWait;
    private transient OutboundMessage message;

    OutboxEntry(byte[] bytes, int attempts) {
        this(bytes, attempts, false);
    }

    private OutboxEntry(byte[] bytes, int attempts, boolean toldToWait) {
        this.bytes = bytes;
        this.attempts = attempts;
        this.toldToWait = toldToWait;
    }

    static OutboxEntry of(OutboundMessage message) {
        OutboxEntry entry = new OutboxEntry(bytes(message), 0);
        entry.message = message;
        return entry;
    }

    OutboxEntry triedAgain() {
        OutboxEntry next = new OutboxEntry(bytes, attempts + 1);
        next.message = message;
        return next;
    }

    /** Its service refused it for now: it did not arrive. Known to this process alone. */
    OutboxEntry toldToWait() {
        OutboxEntry next = new OutboxEntry(bytes, attempts, true);
        next.message = message;
        return next;
    }

    boolean wasToldToWait() {
        return toldToWait;
    }

    byte[] bytes() {
        return bytes;
    }

    int attempts() {
        return attempts;
    }

    OutboundMessage message() {
        if (message == null) {
            message = read(bytes);
        }
        return message;
    }

    static byte[] bytes(OutboundMessage message) {
        try {
            DataOutputSerializer out = new DataOutputSerializer(512);
            CODEC.write(message, out);
            return out.getCopyOfBuffer();
        } catch (IOException e) {
            throw new UncheckedIOException("A message is written to memory", e);
        }
    }

    static OutboundMessage read(byte[] bytes) {
        try {
            return CODEC.read(new DataInputDeserializer(bytes));
        } catch (IOException e) {
            throw new UncheckedIOException("These bytes are no message", e);
        }
    }

    @Override
    public String toString() {
        return message() + " after " + attempts + " attempts";
    }
}
