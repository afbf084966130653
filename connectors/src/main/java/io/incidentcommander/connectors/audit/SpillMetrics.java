// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.connectors.audit;

import java.util.function.IntSupplier;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.Gauge;
import org.apache.flink.metrics.MetricGroup;

/** What is laid aside, in events. */
interface SpillMetrics {
    /** One is safe outside, and out of state. */
    void spilled();

    /** One came back, and has been written. */
    void drained();

    /** The place did not answer; it is asked again. */
    void failed();

    /** In Flink's metric group of the writer. */
    static SpillMetrics in(MetricGroup group, IntSupplier incidents) {
        group.gauge("incidentsSpilled", (Gauge<Integer>) incidents::getAsInt);
        Counter spilled = group.counter("eventsSpilled");
        Counter drained = group.counter("eventsDrained");
        Counter failed = group.counter("spillFailures");
        return new SpillMetrics() {
            @Override
            public void spilled() {
                spilled.inc();
            }

            @Override
            public void drained() {
                drained.inc();
            }

            @Override
            public void failed() {
                failed.inc();
            }
        };
    }
}
