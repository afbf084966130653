// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.connectors.delivery;

import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.MetricGroup;

/** What does not fit into state. */
public interface SpillMetrics {
    /** One is safe outside, and out of state. */
    void spilled();

    /** One came back, and has arrived. */
    void drained();

    /** The place did not answer; it is asked again. */
    void failed();

    /** There is room nowhere: whoever writes is held up. */
    void heldUp();

    /** In Flink's metric group of the writer. */
    static SpillMetrics in(MetricGroup group) {
        Counter spilled = group.counter("spilled");
        Counter drained = group.counter("spilledDrained");
        Counter failed = group.counter("spillFailures");
        Counter heldUp = group.counter("writesHeldUp");
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

            @Override
            public void heldUp() {
                heldUp.inc();
            }
        };
    }
}
