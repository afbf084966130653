// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.connectors.delivery;

import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.groups.SinkWriterMetricGroup;

/** What became of what was sent. */
public interface DeliveryMetrics {
    void delivered();

    /** It was needless. */
    void stale();

    /** It will be sent again. */
    void retried();

    /** It never will be taken. */
    void refused();

    /** In Flink's metric group of the writer. */
    static DeliveryMetrics in(SinkWriterMetricGroup group) {
        Counter sent = group.getNumRecordsSendCounter();
        Counter failed = group.getNumRecordsSendErrorsCounter();
        Counter stale = group.counter("deliveriesStale");
        Counter retried = group.counter("deliveriesRetried");
        return new DeliveryMetrics() {
            @Override
            public void delivered() {
                sent.inc();
            }

            @Override
            public void stale() {
                stale.inc();
            }

            @Override
            public void retried() {
                retried.inc();
            }

            @Override
            public void refused() {
                failed.inc();
            }
        };
    }
}
