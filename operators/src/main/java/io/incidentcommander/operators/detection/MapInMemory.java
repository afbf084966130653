// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.operators.detection;

import io.incidentcommander.operators.StoredKeys;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import java.util.function.Supplier;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.util.ExceptionUtils;

/** A map of {@link StatesInMemory}; its iterators may remove. */
final class MapInMemory<K, A, V> extends StateInMemory<K, Map<A, V>> implements MapState<A, V> {
    private final MapState<A, V> behind;

    MapInMemory(MapState<A, V> behind, Supplier<K> currentKey, StoredKeys stored) {
        super(currentKey, stored);
        this.behind = behind;
    }

    @Override
    public V get(A at) throws Exception {
        return current().value().get(at);
    }

    @Override
    public void put(A at, V value) throws Exception {
        current().value().put(at, value);
    }

    @Override
    public void putAll(Map<A, V> more) throws Exception {
        current().value().putAll(more);
    }

    @Override
    public void remove(A at) throws Exception {
        current().value().remove(at);
    }

    @Override
    public boolean contains(A at) throws Exception {
        return current().value().containsKey(at);
    }

    @Override
    public Iterable<Map.Entry<A, V>> entries() throws Exception {
        return current().value().entrySet();
    }

    @Override
    public Iterable<A> keys() throws Exception {
        return current().value().keySet();
    }

    @Override
    public Iterable<V> values() throws Exception {
        return current().value().values();
    }

    @Override
    public Iterator<Map.Entry<A, V>> iterator() throws Exception {
        return entries().iterator();
    }

    @Override
    public boolean isEmpty() throws Exception {
        return current().value().isEmpty();
    }

    @Override
    public void clear() {
        try {
            current().value().clear();
        } catch (Exception e) {
            ExceptionUtils.rethrow(e);
        }
    }

    @Override
    Held<Map<A, V>> load() throws Exception {
        Map<A, V> entries = new HashMap<>();
        for (Map.Entry<A, V> entry : behind.entries()) {
            entries.put(entry.getKey(), entry.getValue());
        }
        return new Held<>(entries, !entries.isEmpty());
    }

    @Override
    Held<Map<A, V>> begin() {
        return new Held<>(new HashMap<>(), false);
    }

    @Override
    boolean isBlank(Map<A, V> entries) {
        return entries.isEmpty();
    }

    @Override
    void write(Map<A, V> entries) throws Exception {
        behind.clear();
        if (!entries.isEmpty()) {
            behind.putAll(entries);
        }
    }
}
