// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.operators.sampling;

import io.incidentcommander.model.sampling.AlertRun;
import io.incidentcommander.model.sampling.KnownAlert;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.flink.api.common.state.KeyedStateStore;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;

/**
 * The keyed state of deduplication, by (tenant, fingerprint): what is known of the alert, and runs
 * whose slice is open yet. Owns names and types. Bound: an entry ends {@code
 * DedupPolicy.memoryMillis} of event time after the fingerprint's last alert, by a timer; runs end
 * when their slice closes. No TTL.
 */
public final class KnownAlertState {
    public static final ValueStateDescriptor<KnownAlert> KNOWN =
            new ValueStateDescriptor<>("known-alert", KnownAlert.class);
    public static final ListStateDescriptor<AlertRun> PENDING =
            new ListStateDescriptor<>("pending-runs", AlertRun.class);

    private final ValueState<KnownAlert> known;
    private final ListState<AlertRun> pending;

    KnownAlertState(KeyedStateStore store) {
        known = store.getState(new ValueStateDescriptor<>(KNOWN.getName(), KnownAlert.class));
        pending = store.getListState(new ListStateDescriptor<>(PENDING.getName(), AlertRun.class));
    }

    Optional<KnownAlert> known() throws IOException {
        return Optional.ofNullable(known.value());
    }

    void known(KnownAlert value) throws IOException {
        known.update(value);
    }

    void forget() {
        known.clear();
    }

    List<AlertRun> pending() throws Exception {
        List<AlertRun> runs = new ArrayList<>();
        Iterable<AlertRun> stored = pending.get();
        if (stored != null) {
            stored.forEach(runs::add);
        }
        return runs;
    }

    /** Replaces all pending runs. */
    void pending(List<AlertRun> runs) throws Exception {
        if (runs.isEmpty()) {
            pending.clear();
        } else {
            pending.update(runs);
        }
    }
}
