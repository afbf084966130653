// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.operators.sampling;

import org.apache.flink.api.java.tuple.Tuple3;

/**
 * The fingerprints that were touched last, in front of the state backend: a repeat costs a look-up
 * in a map, not a read and a write of RocksDB. Two generations: what was not touched while the
 * younger one filled up is handed out to be stored. Holds at most twice {@code generation} slots.
 */
final class WorkingSet {
    private final int generation;
    private FingerprintTable young = new FingerprintTable();
    private FingerprintTable old = new FingerprintTable();

    WorkingSet(int generation) {
        this.generation = generation;
    }

    /** The slot of the fingerprint; from {@code loader} if it is not here. */
    FingerprintSlot get(String tenant, long high, long low, Loader loader, Action eviction)
            throws Exception {
        FingerprintSlot slot = young.find(tenant, high, low);
        if (slot != null) {
            return slot;
        }
        slot = old.find(tenant, high, low);
        if (slot == null) {
            slot = loader.load(Tuple3.of(tenant, high, low));
        } else {
            old.remove(slot);
        }
        add(slot, eviction);
        return slot;
    }

    /** A slot that is not here yet. */
    void add(FingerprintSlot slot, Action eviction) throws Exception {
        if (young.size() >= generation) {
            FingerprintTable evicted = old;
            old = young;
            young = new FingerprintTable();
            evicted.forEach(eviction);
        }
        young.add(slot);
    }

    void forEach(Action action) throws Exception {
        young.forEach(action);
        old.forEach(action);
    }

    int size() {
        return young.size() + old.size();
    }

    /** Reads a slot from state. */
    @FunctionalInterface
    interface Loader {
        FingerprintSlot load(Tuple3<String, Long, Long> key) throws Exception;
    }

    /** What is done with a slot; with one that leaves, storing it. */
    @FunctionalInterface
    interface Action {
        void on(FingerprintSlot slot) throws Exception;
    }
}
