// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.operators.sampling;

import java.util.HashMap;
import java.util.Map;
import org.apache.flink.api.java.tuple.Tuple3;

/**
 * The fingerprints that were touched last, in front of the state backend: a repeat costs a look-up
 * in a map, not a read and a write of RocksDB. Two generations: what was not touched while the
 * younger one filled up is handed out to be stored. Holds at most twice {@code generation} slots.
 */
final class WorkingSet {
    private final int generation;
    private Map<Tuple3<String, Long, Long>, FingerprintSlot> young = new HashMap<>();
    private Map<Tuple3<String, Long, Long>, FingerprintSlot> old = new HashMap<>();

    WorkingSet(int generation) {
        this.generation = generation;
    }

    /** The slot of the key; from {@code loader} if it is not here. */
    FingerprintSlot get(Tuple3<String, Long, Long> key, Loader loader, Eviction eviction)
            throws Exception {
        FingerprintSlot slot = young.get(key);
        if (slot != null) {
            return slot;
        }
        slot = old.remove(key);
        if (slot == null) {
            slot = loader.load(key);
        }
        if (young.size() >= generation) {
            Map<Tuple3<String, Long, Long>, FingerprintSlot> evicted = old;
            old = young;
            young = new HashMap<>();
            for (FingerprintSlot leaving : evicted.values()) {
                eviction.evicted(leaving);
            }
        }
        young.put(key, slot);
        return slot;
    }

    void forEach(Eviction action) throws Exception {
        for (FingerprintSlot slot : young.values()) {
            action.evicted(slot);
        }
        for (FingerprintSlot slot : old.values()) {
            action.evicted(slot);
        }
    }

    int size() {
        return young.size() + old.size();
    }

    /** Reads a slot from state. */
    @FunctionalInterface
    interface Loader {
        FingerprintSlot load(Tuple3<String, Long, Long> key) throws Exception;
    }

    /** Stores a slot that leaves. */
    @FunctionalInterface
    interface Eviction {
        void evicted(FingerprintSlot slot) throws Exception;
    }
}
