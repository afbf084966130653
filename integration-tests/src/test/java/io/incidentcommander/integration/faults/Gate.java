// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.integration.faults;

import java.io.Serializable;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** Where a script stops until the test lets it go on. The tasks run in this JVM. */
final class Gate implements Serializable {
    private static final long serialVersionUID = 1L;
    private static final Map<Integer, CompletableFuture<Void>> GATES = new ConcurrentHashMap<>();
    private static final AtomicInteger IDS = new AtomicInteger();

    private final int id = IDS.incrementAndGet();

    Gate() {
        GATES.put(id, new CompletableFuture<>());
    }

    void open() {
        opened().complete(null);
    }

    CompletableFuture<Void> opened() {
        return GATES.get(id);
    }
}
