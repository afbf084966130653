// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.operators.detection;

import io.incidentcommander.operators.StoredKeys;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.apache.flink.api.common.state.AggregatingState;
import org.apache.flink.api.common.state.AggregatingStateDescriptor;
import org.apache.flink.api.common.state.KeyedStateStore;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.state.ReducingState;
import org.apache.flink.api.common.state.ReducingStateDescriptor;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.runtime.state.StateInitializationContext;

/**
 * Keyed states of one operator, of which the keys that were touched since the last checkpoint are
 * held in memory. What is not blank is written at the next checkpoint and then forgotten here; what
 * is blank is forgotten when the operator says so, and never written unless it was. Values and maps
 * alone. Values are not copied: who holds one and changes it changes the state, as on a heap.
 *
 * <p>For the task's thread.
 */
final class StatesInMemory<K> implements KeyedStateStore {
    private static final int STORED_KEYS = 1 << 14;

    private final KeyedStateStore states;
    private final boolean restored;
    private final Supplier<K> currentKey;
    private final Predicate<Object> isBlank;
    private final List<StateInMemory<K, ?>> all = new ArrayList<>();

    /**
     * @param context where the states are from
     * @param currentKey of the operator
     * @param isBlank whether a value says no more than its absence
     */
    StatesInMemory(
            StateInitializationContext context, Supplier<K> currentKey, Predicate<Object> isBlank) {
        this.states = context.getKeyedStateStore();
        this.restored = context.isRestored();
        this.currentKey = currentKey;
        this.isBlank = isBlank;
    }

    /** The context, with these states. */
    StateInitializationContext in(StateInitializationContext context) {
        return new ContextInMemory(context, this);
    }

    /** Forgets keys of which nothing is left; deletes what had been written of them. */
    void forgetBlank(Consumer<K> makeCurrent) throws Exception {
        for (StateInMemory<K, ?> state : all) {
            state.forgetBlank(makeCurrent);
        }
    }

    /** Writes everything and holds nothing. Afterwards some other key is current. */
    void writeBack(Consumer<K> makeCurrent) throws Exception {
        for (StateInMemory<K, ?> state : all) {
            state.writeBack(makeCurrent);
        }
    }

    int keyCount() {
        return all.stream().mapToInt(StateInMemory::keyCount).max().orElse(0);
    }

    @Override
    public <T> ValueState<T> getState(ValueStateDescriptor<T> descriptor) {
        ValueInMemory<K, T> state =
                new ValueInMemory<>(states.getState(descriptor), currentKey, stored(), isBlank);
        all.add(state);
        return state;
    }

    @Override
    public <A, V> MapState<A, V> getMapState(MapStateDescriptor<A, V> descriptor) {
        MapInMemory<K, A, V> state =
                new MapInMemory<>(states.getMapState(descriptor), currentKey, stored());
        all.add(state);
        return state;
    }

    private StoredKeys stored() {
        return StoredKeys.of(STORED_KEYS, restored);
    }

    @Override
    public <T> ListState<T> getListState(ListStateDescriptor<T> descriptor) {
        throw new UnsupportedOperationException("no lists");
    }

    @Override
    public <T> ReducingState<T> getReducingState(ReducingStateDescriptor<T> descriptor) {
        throw new UnsupportedOperationException("no reduced values");
    }

    @Override
    public <I, A, O> AggregatingState<I, O> getAggregatingState(
            AggregatingStateDescriptor<I, A, O> descriptor) {
        throw new UnsupportedOperationException("no aggregates");
    }
}
