// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.operators.correlation;

import io.incidentcommander.model.correlation.OpenIncident;
import java.io.IOException;
import java.util.Optional;
import org.apache.flink.api.common.state.KeyedStateStore;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;

/**
 * The open incident of a (tenant, service). Bound: one a service, ended by a timer at the gap after
 * its last alert. No TTL.
 */
public final class OpenIncidentState {
    public static final ValueStateDescriptor<OpenIncident> DESCRIPTOR =
            new ValueStateDescriptor<>("open-incident", OpenIncident.class);

    private final ValueState<OpenIncident> state;

    OpenIncidentState(KeyedStateStore store) {
        state =
                store.getState(
                        new ValueStateDescriptor<>(DESCRIPTOR.getName(), OpenIncident.class));
    }

    Optional<OpenIncident> get() throws IOException {
        return Optional.ofNullable(state.value());
    }

    void set(Optional<OpenIncident> open) throws IOException {
        if (open.isPresent()) {
            state.update(open.get());
        } else {
            state.clear();
        }
    }
}
