// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.connectors.diagnosis.memory;

import io.incidentcommander.connectors.audit.OpenSearchTransportProvider;
import io.incidentcommander.model.diagnosis.memory.IncidentMemory;
import io.incidentcommander.model.diagnosis.memory.IncidentPattern;
import io.incidentcommander.model.diagnosis.memory.MemoryQuery;
import io.incidentcommander.model.diagnosis.memory.Recollection;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.opensearch.client.transport.OpenSearchTransport;

/**
 * Makes the index before the first pattern is learned, unless it is there, on a thread of its own:
 * a memory that is gone when the job starts is made when it is back. Searches never wait for that.
 */
public final class CreatingMemory implements IncidentMemory {
    private final IncidentMemory memory;
    private final OpenSearchTransportProvider transports;
    private final PatternIndex index;
    private volatile boolean created;

    /**
     * @param memory closed with this one
     * @param index that it learns into
     */
    public CreatingMemory(
            IncidentMemory memory, OpenSearchTransportProvider transports, PatternIndex index) {
        this.memory = memory;
        this.transports = transports;
        this.index = index;
    }

    @Override
    public CompletableFuture<Recollection> search(MemoryQuery query, long withinMillis) {
        return memory.search(query, withinMillis);
    }

    @Override
    public CompletableFuture<Void> learn(IncidentPattern pattern) {
        return created
                ? memory.learn(pattern)
                : CompletableFuture.runAsync(this::create, CreatingMemory::start)
                        .thenCompose(done -> memory.learn(pattern));
    }

    @Override
    public void reset() {
        memory.reset();
    }

    @Override
    public void close() throws Exception {
        memory.close();
    }

    /** Twice at once does no harm. */
    private void create() {
        try (OpenSearchTransport transport = transports.create()) {
            index.createIfAbsent(transport);
            created = true;
        } catch (IOException e) {
            throw new CompletionException(e);
        }
    }

    private static void start(Runnable work) {
        Thread thread = new Thread(work, "memory-index");
        thread.setDaemon(true);
        thread.start();
    }
}
