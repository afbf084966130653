// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.connectors.communication;

import io.incidentcommander.model.communication.OutboundMessage;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.Collection;
import java.util.Collections;
import org.apache.flink.api.connector.sink2.SinkWriter;
import org.apache.flink.api.connector.sink2.StatefulSink.StatefulSinkWriter;
import org.apache.flink.api.connector.sink2.WriterInitContext;
import org.apache.flink.connector.base.sink.AsyncSinkBase;
import org.apache.flink.connector.base.sink.writer.AsyncSinkWriterStateSerializer;
import org.apache.flink.connector.base.sink.writer.BufferedRequestState;
import org.apache.flink.connector.base.sink.writer.ElementConverter;
import org.apache.flink.core.io.SimpleVersionedSerializer;

/**
 * Takes messages of one kind of channel from the outbox to their receivers. At least once, and, by
 * the ledger and the services' own keys, effectively once. What was not delivered is the sink's
 * state. A checkpoint waits for calls in the air alone, some seconds; a full sink rejects, it never
 * waits. The input is keyed by address, so that one writer has all messages of a receiver.
 */
public final class OutboxSink extends AsyncSinkBase<OutboundMessage, OutboxEntry> {
    private static final long serialVersionUID = 1L;
    static final int MAX_BATCH = 1_000;
    static final int MAX_IN_FLIGHT = 8;
    static final int MAX_BUFFERED = 20_000;
    static final long MAX_BYTES = 16 << 20;
    static final long MAX_TIME_IN_BUFFER_MILLIS = 50;

    private final ChannelClientProvider clients;
    private final SentLedger.Provider ledgers;
    private final RejectedMessages.Provider rejected;

    /**
     * @param rejected what becomes of messages that nobody will get
     */
    public OutboxSink(
            ChannelClientProvider clients,
            SentLedger.Provider ledgers,
            RejectedMessages.Provider rejected) {
        super(
                new Entries(),
                MAX_BATCH,
                MAX_IN_FLIGHT,
                MAX_BUFFERED,
                MAX_BYTES,
                MAX_TIME_IN_BUFFER_MILLIS,
                MAX_BYTES);
        this.clients = clients;
        this.ledgers = ledgers;
        this.rejected = rejected;
    }

    @Override
    public StatefulSinkWriter<OutboundMessage, BufferedRequestState<OutboxEntry>> createWriter(
            WriterInitContext context) {
        return restoreWriter(context, Collections.emptyList());
    }

    @Override
    public StatefulSinkWriter<OutboundMessage, BufferedRequestState<OutboxEntry>> restoreWriter(
            WriterInitContext context, Collection<BufferedRequestState<OutboxEntry>> undelivered) {
        return new OutboxWriter(
                getElementConverter(),
                context,
                clients.create(),
                ledgers.create(),
                rejected.create(),
                undelivered);
    }

    @Override
    public SimpleVersionedSerializer<BufferedRequestState<OutboxEntry>> getWriterStateSerializer() {
        return new Undelivered();
    }

    /** Flink calls the other one. */
    @Override
    @Deprecated
    public StatefulSinkWriter<OutboundMessage, BufferedRequestState<OutboxEntry>> createWriter(
            InitContext context) {
        throw new UnsupportedOperationException("Flink 1.20 creates writers by WriterInitContext");
    }

    /** Flink calls the other one. */
    @Override
    @Deprecated
    public StatefulSinkWriter<OutboundMessage, BufferedRequestState<OutboxEntry>> restoreWriter(
            InitContext context, Collection<BufferedRequestState<OutboxEntry>> undelivered) {
        throw new UnsupportedOperationException("Flink 1.20 creates writers by WriterInitContext");
    }

    /** Messages as entries. */
    static final class Entries implements ElementConverter<OutboundMessage, OutboxEntry> {
        private static final long serialVersionUID = 1L;

        @Override
        public OutboxEntry apply(OutboundMessage message, SinkWriter.Context context) {
            return OutboxEntry.of(message);
        }
    }

    /** Binary form of the state, version 1. */
    static final class Undelivered extends AsyncSinkWriterStateSerializer<OutboxEntry> {
        @Override
        protected void serializeRequestToStream(OutboxEntry entry, DataOutputStream out)
                throws IOException {
            out.writeInt(entry.attempts());
            out.writeInt(entry.bytes().length);
            out.write(entry.bytes());
        }

        @Override
        protected OutboxEntry deserializeRequestFromStream(long size, DataInputStream in)
                throws IOException {
            int attempts = in.readInt();
            byte[] bytes = new byte[in.readInt()];
            in.readFully(bytes);
            return new OutboxEntry(bytes, attempts);
        }

        @Override
        public int getVersion() {
            return 1;
        }
    }
}
