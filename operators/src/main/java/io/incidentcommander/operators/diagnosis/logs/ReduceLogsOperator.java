// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.operators.diagnosis.logs;

import io.incidentcommander.model.diagnosis.logs.LogSlice;
import io.incidentcommander.model.ingest.LogRecord;
import io.incidentcommander.udfs.diagnosis.logs.LogPolicy;
import io.incidentcommander.udfs.diagnosis.logs.SkipReason;
import io.incidentcommander.udfs.diagnosis.logs.SliceReducer;
import java.util.Locale;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;

/**
 * Reduces, on each subtask and before the shuffle by service, the entries of logs to groups that
 * read alike: a flood of errors is a few records. Emits before each watermark and each checkpoint
 * barrier, and when it holds much, so it has no state.
 */
public final class ReduceLogsOperator extends AbstractStreamOperator<LogSlice>
        implements OneInputStreamOperator<LogRecord, LogSlice> {
    private static final long serialVersionUID = 1L;

    private final LogPolicy policy;

    private transient SliceReducer reducer;

    public ReduceLogsOperator(LogPolicy policy) {
        this.policy = policy;
    }

    @Override
    public void open() throws Exception {
        super.open();
        reducer = new SliceReducer(policy);
        for (SkipReason reason : SkipReason.values()) {
            getMetricGroup()
                    .addGroup("logs")
                    .addGroup("reason", reason.name().toLowerCase(Locale.ROOT))
                    .gauge("skipped", () -> reducer.skipped().getOrDefault(reason, 0L));
        }
    }

    @Override
    public void processElement(StreamRecord<LogRecord> element) {
        reducer.add(element.getValue());
        if (reducer.isFull()) {
            flush();
        }
    }

    @Override
    public void processWatermark(Watermark mark) throws Exception {
        flush();
        super.processWatermark(mark);
    }

    @Override
    public void prepareSnapshotPreBarrier(long checkpointId) throws Exception {
        flush();
        super.prepareSnapshotPreBarrier(checkpointId);
    }

    @Override
    public void finish() throws Exception {
        flush();
        super.finish();
    }

    private void flush() {
        reducer.flush(slice -> output.collect(new StreamRecord<>(slice, slice.startMillis())));
    }
}
