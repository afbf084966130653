// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.operators.consensus;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.java.tuple.Tuple2;

/**
 * Values of one keyed state that were touched last, in front of the state backend: a vote costs
 * look-ups in maps, not reads and writes of RocksDB. Two generations: what was not touched while
 * the younger one filled up is stored and leaves, so at most twice {@code generation} values are
 * held. {@link #store} at each snapshot makes state complete. Values must be immutable. Not thread
 * safe.
 */
final class WorkingValues<K, V> {
    private final Store<K, V> state;
    private final CurrentKey current;
    private final int generation;
    private Map<Tuple2<String, K>, Slot<K, V>> young = new HashMap<>();
    private Map<Tuple2<String, K>, Slot<K, V>> old = new HashMap<>();

    WorkingValues(Store<K, V> state, CurrentKey current, int generation) {
        this.state = state;
        this.current = current;
        this.generation = generation;
    }

    static <K, V> WorkingValues<K, V> of(MapState<K, V> state, CurrentKey key, int generation) {
        return new WorkingValues<>(
                new Store<K, V>() {
                    @Override
                    public V read(K name) throws Exception {
                        return state.get(name);
                    }

                    @Override
                    public void write(K name, V value) throws Exception {
                        state.put(name, value);
                    }

                    @Override
                    public void remove(K name) throws Exception {
                        state.remove(name);
                    }
                },
                key,
                generation);
    }

    /** A state with one value for a key; any name stands for it. */
    static <V> WorkingValues<String, V> of(ValueState<V> state, CurrentKey key, int generation) {
        return new WorkingValues<>(
                new Store<String, V>() {
                    @Override
                    public V read(String name) throws Exception {
                        return state.value();
                    }

                    @Override
                    public void write(String name, V value) throws Exception {
                        state.update(value);
                    }

                    @Override
                    public void remove(String name) {
                        state.clear();
                    }
                },
                key,
                generation);
    }

    /** Of the current key. */
    Optional<V> get(K name) throws Exception {
        return Optional.ofNullable(slot(name, null).value);
    }

    void put(K name, V value) throws Exception {
        Slot<K, V> slot = slot(name, value);
        slot.value = value;
        slot.changed = true;
    }

    void remove(K name) throws Exception {
        Tuple2<String, K> place = Tuple2.of(current.get(), name);
        Slot<K, V> slot = young.remove(place);
        if (slot == null) {
            slot = old.remove(place);
        }
        if (slot == null || slot.stored) {
            state.remove(name);
        }
    }

    /** Writes all that changed to state; it stays here too. Leaves some other key current. */
    void store() throws Exception {
        for (Slot<K, V> slot : young.values()) {
            store(slot);
        }
        for (Slot<K, V> slot : old.values()) {
            store(slot);
        }
    }

    int size() {
        return young.size() + old.size();
    }

    /**
     * @param overwriting the value that will be put, so that state need not be read; null if none
     */
    private Slot<K, V> slot(K name, V overwriting) throws Exception {
        Tuple2<String, K> place = Tuple2.of(current.get(), name);
        Slot<K, V> slot = young.get(place);
        if (slot != null) {
            return slot;
        }
        slot = old.remove(place);
        if (slot == null) {
            slot = new Slot<>(place, overwriting == null ? state.read(name) : overwriting);
        }
        if (young.size() >= generation) {
            evict();
        }
        young.put(place, slot);
        return slot;
    }

    private void evict() throws Exception {
        Map<Tuple2<String, K>, Slot<K, V>> leaving = old;
        old = young;
        young = new HashMap<>();
        String key = current.get();
        for (Slot<K, V> slot : leaving.values()) {
            store(slot);
        }
        current.set(key);
    }

    private void store(Slot<K, V> slot) throws Exception {
        if (slot.changed) {
            current.set(slot.place.f0);
            state.write(slot.place.f1, slot.value);
            slot.changed = false;
            slot.stored = true;
        }
    }

    /** The key whose state is read and written. */
    interface CurrentKey {
        String get();

        void set(String key);
    }

    /** The state behind. */
    interface Store<K, V> {
        V read(K name) throws Exception;

        void write(K name, V value) throws Exception;

        void remove(K name) throws Exception;
    }

    private static final class Slot<K, V> {
        private final Tuple2<String, K> place;
        private V value;
        private boolean changed;
        private boolean stored;

        private Slot(Tuple2<String, K> place, V value) {
            this.place = place;
            this.value = value;
            this.stored = value != null;
        }
    }
}
