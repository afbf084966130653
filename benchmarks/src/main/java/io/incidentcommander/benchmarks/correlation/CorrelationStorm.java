// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.benchmarks.correlation;

import io.incidentcommander.model.correlation.CorrelationSnapshot;
import io.incidentcommander.model.correlation.Topology;
import io.incidentcommander.udfs.correlation.TenantCorrelation;

/** Correlation of a {@link BusyTenant}. How many entries are live is set by the bound. */
final class CorrelationStorm {
    private static final int BEFORE = 60_000;

    private final TenantCorrelation correlation;
    private final BusyTenant tenant = new BusyTenant();

    private CorrelationStorm(int live) {
        correlation = new TenantCorrelation(BusyTenant.policy(live), CorrelationSnapshot.empty());
        correlation.topology(Topology.of(BusyTenant.calls()));
    }

    /**
     * After as many alerts as fill the entries.
     *
     * @throws IllegalStateException if much fewer are live than asked for
     */
    static CorrelationStorm of(int live) {
        CorrelationStorm storm = new CorrelationStorm(live);
        for (int i = 0; i < BEFORE; i++) {
            storm.next();
        }
        if (storm.live() < live * 9 / 10) {
            throw new IllegalStateException(live + " wanted, live are " + storm.live());
        }
        return storm;
    }

    /** Decides on the next alert. */
    int next() {
        return correlation.take(tenant.next()).reason().length();
    }

    int live() {
        return correlation.liveEntries();
    }
}
