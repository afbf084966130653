// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.operators.detection;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.flink.api.common.state.ValueState;

/**
 * A value for each key, of the keys that were touched last in memory, in front of state: also that
 * there is none. Two generations: what was not touched while the younger one filled up is stored
 * and leaves. {@link #store} before each snapshot makes state complete. Values must be immutable.
 * Not thread safe.
 */
final class RememberedValue<K, V> {
    static final int GENERATION = 8_192;

    private final ValueState<V> state;
    private final CurrentKey<K> current;
    private Map<K, Slot<V>> young = new HashMap<>();
    private Map<K, Slot<V>> old = new HashMap<>();

    RememberedValue(ValueState<V> state, CurrentKey<K> current) {
        this.state = state;
        this.current = current;
    }

    /** Of the current key. */
    Optional<V> get() throws Exception {
        return Optional.ofNullable(slot().value);
    }

    void put(V value) throws Exception {
        Slot<V> slot = slot();
        slot.value = value;
        slot.isChanged = true;
    }

    void clear() throws Exception {
        Slot<V> slot = slot();
        slot.value = null;
        slot.isChanged = false;
        if (slot.isStored) {
            slot.isStored = false;
            state.clear();
        }
    }

    /** Writes all that changed to state; it stays here too. Leaves some other key current. */
    void store() throws Exception {
        store(young);
        store(old);
    }

    private Slot<V> slot() throws Exception {
        K key = current.get();
        Slot<V> slot = young.get(key);
        if (slot != null) {
            return slot;
        }
        slot = old.remove(key);
        if (slot == null) {
            slot = new Slot<>(state.value());
        }
        if (young.size() >= GENERATION) {
            store(old);
            current.set(key);
            old = young;
            young = new HashMap<>();
        }
        young.put(key, slot);
        return slot;
    }

    private void store(Map<K, Slot<V>> slots) throws Exception {
        for (Map.Entry<K, Slot<V>> entry : slots.entrySet()) {
            Slot<V> slot = entry.getValue();
            if (slot.isChanged) {
                current.set(entry.getKey());
                state.update(slot.value);
                slot.isChanged = false;
                slot.isStored = true;
            }
        }
    }

    /** The key whose state is read and written. */
    interface CurrentKey<K> {
        K get();

        void set(K key);
    }

    private static final class Slot<V> {
        private V value;
        private boolean isChanged;
        private boolean isStored;

        Slot(V value) {
            this.value = value;
            this.isStored = value != null;
        }
    }
}
