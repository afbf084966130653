// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.operators.detection;

import java.util.OptionalLong;
import org.apache.flink.api.common.state.KeyedStateStore;
import org.apache.flink.api.common.state.OperatorStateStore;
import org.apache.flink.runtime.state.KeyGroupStatePartitionStreamProvider;
import org.apache.flink.runtime.state.StateInitializationContext;
import org.apache.flink.runtime.state.StatePartitionStreamProvider;

/** Another context, with other keyed states. */
final class ContextInMemory implements StateInitializationContext {
    private final StateInitializationContext context;
    private final KeyedStateStore states;

    ContextInMemory(StateInitializationContext context, KeyedStateStore states) {
        this.context = context;
        this.states = states;
    }

    @Override
    public boolean isRestored() {
        return context.isRestored();
    }

    @Override
    public OptionalLong getRestoredCheckpointId() {
        return context.getRestoredCheckpointId();
    }

    @Override
    public OperatorStateStore getOperatorStateStore() {
        return context.getOperatorStateStore();
    }

    @Override
    public KeyedStateStore getKeyedStateStore() {
        return states;
    }

    @Override
    public Iterable<StatePartitionStreamProvider> getRawOperatorStateInputs() {
        return context.getRawOperatorStateInputs();
    }

    @Override
    public Iterable<KeyGroupStatePartitionStreamProvider> getRawKeyedStateInputs() {
        return context.getRawKeyedStateInputs();
    }
}
