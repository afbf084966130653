// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.connectors.audit;

import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.groups.SinkWriterMetricGroup;

/** What the event sink counts, in events. */
interface AppendMetrics {
    void appended();

    /** It was there already, word for word. */
    void redelivered();

    /** A try failed and will be made again. */
    void retried();

    void rejected(EventRejection.Reason reason);

    /** In Flink's metric group of the writer. */
    static AppendMetrics in(SinkWriterMetricGroup group) {
        Counter sent = group.getNumRecordsSendCounter();
        Counter failed = group.getNumRecordsSendErrorsCounter();
        Counter appended = group.counter("eventsAppended");
        Counter redelivered = group.counter("eventsRedelivered");
        Counter retried = group.counter("appendsRetried");
        EventRejection.Reason[] reasons = EventRejection.Reason.values();
        Counter[] rejected = new Counter[reasons.length];
        for (EventRejection.Reason reason : reasons) {
            rejected[reason.ordinal()] =
                    group.addGroup("reason", reason.word()).counter("eventsRejected");
        }
        return new AppendMetrics() {
            @Override
            public void appended() {
                sent.inc();
                appended.inc();
            }

            @Override
            public void redelivered() {
                redelivered.inc();
            }

            @Override
            public void retried() {
                retried.inc();
            }

            @Override
            public void rejected(EventRejection.Reason reason) {
                failed.inc();
                rejected[reason.ordinal()].inc();
            }
        };
    }
}
