// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.operators.diagnosis;

import java.util.function.Consumer;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;

/**
 * Reduces telemetry on each subtask, before it is shuffled. Emits before each watermark and each
 * checkpoint barrier, and when it holds much, so it has no state.
 */
public abstract class ReducingOperator<I, O> extends AbstractStreamOperator<O>
        implements OneInputStreamOperator<I, O> {
    private static final long serialVersionUID = 1L;

    /** Takes one in. */
    protected abstract void add(I value);

    /** Whether it holds so much that it has to hand out. */
    protected abstract boolean isFull();

    /** Hands out what was taken in, and begins anew. */
    protected abstract void handOut(Consumer<O> out);

    /** Of what is handed out; event time, epoch milliseconds. */
    protected abstract long timeOf(O value);

    @Override
    public final void processElement(StreamRecord<I> element) {
        add(element.getValue());
        if (isFull()) {
            flush();
        }
    }

    @Override
    public final void processWatermark(Watermark mark) throws Exception {
        flush();
        super.processWatermark(mark);
    }

    @Override
    public final void prepareSnapshotPreBarrier(long checkpointId) throws Exception {
        flush();
        super.prepareSnapshotPreBarrier(checkpointId);
    }

    @Override
    public final void finish() throws Exception {
        flush();
        super.finish();
    }

    private void flush() {
        handOut(value -> output.collect(new StreamRecord<>(value, timeOf(value))));
    }
}
