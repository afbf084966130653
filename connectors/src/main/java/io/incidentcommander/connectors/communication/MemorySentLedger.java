// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.connectors.communication;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * A ledger of this process, gone with it: for local runs and tests. The least lately used of more
 * than {@link #MOST} threads are forgotten.
 */
public final class MemorySentLedger implements SentLedger {
    static final int MOST = 100_000;

    private final Map<String, SentRecord> records =
            new LinkedHashMap<>(16, 0.75f, true) {
                private static final long serialVersionUID = 1L;

                @Override
                protected boolean removeEldestEntry(Map.Entry<String, SentRecord> eldest) {
                    return size() > MOST;
                }
            };

    @Override
    public synchronized CompletableFuture<Optional<SentRecord>> find(String thread) {
        return CompletableFuture.completedFuture(Optional.ofNullable(records.get(thread)));
    }

    @Override
    public synchronized CompletableFuture<Void> begin(String thread, long sequence) {
        records.merge(
                thread,
                new SentRecord(SentRecord.NOTHING, "", sequence),
                (before, now) -> before.beginning(sequence));
        return CompletableFuture.completedFuture(null);
    }

    @Override
    public synchronized CompletableFuture<Void> record(String thread, SentRecord record) {
        records.merge(
                thread,
                record,
                (a, b) -> b.sequence() >= a.sequence() ? b.beginning(a.begun()) : a);
        return CompletableFuture.completedFuture(null);
    }
}
