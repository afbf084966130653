// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.operators;

import java.util.HashMap;
import java.util.Map;

/**
 * What an operator has in memory of the keys that were touched last, in front of its state. Two
 * generations: what was not touched while the younger one filled up leaves. Holds at most twice
 * {@code generation} keys, beside those that may not leave. Not thread safe.
 *
 * @param <S> what is held of a key
 */
public final class Generations<K, S> {
    private final int generation;
    private final Leaving<S> leaving;
    private Map<K, S> young = new HashMap<>();
    private Map<K, S> old = new HashMap<>();
    private int added; // To the younger one; those that had to stay when it began are not counted.

    /**
     * @param leaving asked of each that is to go
     */
    public Generations(int generation, Leaving<S> leaving) {
        this.generation = generation;
        this.leaving = leaving;
    }

    /** What is held of the key, or null. Touches it, so that others may leave. */
    public S find(K key) throws Exception {
        S found = young.get(key);
        if (found == null) {
            found = old.remove(key);
            if (found != null) {
                add(key, found);
            }
        }
        return found;
    }

    /** Of a key that is not held. Others may leave. */
    public void add(K key, S slot) throws Exception {
        if (added >= generation) {
            turn();
        }
        young.put(key, slot);
        added++;
    }

    /** Of a key that is not held, and not yet asked for: nobody leaves for it. */
    public void restore(K key, S slot) {
        young.put(key, slot);
    }

    /** The key is held no longer; nobody is asked. */
    public void remove(K key) {
        if (young.remove(key) == null) {
            old.remove(key);
        }
    }

    /** All that is held, in no order; nothing may be added or removed meanwhile. */
    public void forEach(Action<S> action) throws Exception {
        for (S slot : young.values()) {
            action.on(slot);
        }
        for (S slot : old.values()) {
            action.on(slot);
        }
    }

    public int size() {
        return young.size() + old.size();
    }

    private void turn() throws Exception {
        Map<K, S> leave = old;
        old = young;
        young = new HashMap<>();
        added = 0;
        for (Map.Entry<K, S> entry : leave.entrySet()) {
            if (!leaving.leaves(entry.getValue())) {
                young.put(entry.getKey(), entry.getValue());
            }
        }
    }

    /** Asked when something is to go, which it has to store. */
    @FunctionalInterface
    public interface Leaving<S> {
        /**
         * @return false if it has to stay
         */
        boolean leaves(S slot) throws Exception;
    }

    /** Something done with each. */
    @FunctionalInterface
    public interface Action<S> {
        void on(S slot) throws Exception;
    }
}
