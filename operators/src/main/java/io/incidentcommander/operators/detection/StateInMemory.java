// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.operators.detection;

import io.incidentcommander.operators.StoredKeys;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** One state of {@link StatesInMemory}: by key what is held of it. */
abstract class StateInMemory<K, T> {
    private final Supplier<K> currentKey;
    private final StoredKeys stored;
    private final Map<K, Held<T>> held = new HashMap<>();

    /**
     * @param stored keys of this state alone
     */
    StateInMemory(Supplier<K> currentKey, StoredKeys stored) {
        this.currentKey = currentKey;
        this.stored = stored;
    }

    /** Of the current key, from the state behind. */
    abstract Held<T> load() throws Exception;

    /** Of a key of which the state behind has nothing. */
    abstract Held<T> begin();

    /** Whether it says no more than its absence. */
    abstract boolean isBlank(T value);

    /** Of the current key, to the state behind, in place of what was there. */
    abstract void write(T value) throws Exception;

    /** Of the current key. */
    Held<T> current() throws Exception {
        K key = currentKey.get();
        Held<T> of = held.get(key);
        if (of == null) {
            of = stored.mayHold(key) ? load() : begin();
            held.put(key, of);
        }
        return of;
    }

    int keyCount() {
        return held.size();
    }

    void forgetBlank(Consumer<K> makeCurrent) throws Exception {
        leave(makeCurrent, true);
    }

    void writeBack(Consumer<K> makeCurrent) throws Exception {
        leave(makeCurrent, false);
    }

    private void leave(Consumer<K> makeCurrent, boolean blankAlone) throws Exception {
        Iterator<Map.Entry<K, Held<T>>> each = held.entrySet().iterator();
        while (each.hasNext()) {
            Map.Entry<K, Held<T>> entry = each.next();
            T value = entry.getValue().value;
            boolean blank = isBlank(value);
            if (!blank && blankAlone) {
                continue;
            }
            if (!blank || entry.getValue().stored) {
                makeCurrent.accept(entry.getKey());
                write(value);
                stored.add(entry.getKey());
            }
            each.remove();
        }
    }

    /** What one key has. Mutable. */
    static final class Held<T> {
        private final boolean stored;
        private T value;

        /**
         * @param stored whether there is something behind it
         */
        Held(T value, boolean stored) {
            this.value = value;
            this.stored = stored;
        }

        T value() {
            return value;
        }

        void set(T other) {
            value = other;
        }
    }
}
