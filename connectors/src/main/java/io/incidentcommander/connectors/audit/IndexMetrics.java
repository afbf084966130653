// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.connectors.audit;

import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.groups.SinkWriterMetricGroup;

/** What the incident index sink counts, in documents. */
interface IndexMetrics {
    void indexed();

    /** The index held the same or a newer state. */
    void stale();

    void retried();

    void rejected();

    /** In Flink's metric group of the writer. */
    static IndexMetrics in(SinkWriterMetricGroup group) {
        Counter sent = group.getNumRecordsSendCounter();
        Counter failed = group.getNumRecordsSendErrorsCounter();
        Counter stale = group.counter("documentsStale");
        Counter retried = group.counter("documentsRetried");
        return new IndexMetrics() {
            @Override
            public void indexed() {
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
            public void rejected() {
                failed.inc();
            }
        };
    }
}
