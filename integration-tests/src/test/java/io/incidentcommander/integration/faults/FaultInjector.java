// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.integration.faults;

import io.incidentcommander.integration.faults.Fault.Moment;
import io.incidentcommander.model.ingest.RawRecord;
import org.apache.flink.runtime.state.StateSnapshotContext;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.ChainingStrategy;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;

/** Passes records on, and lets the {@link Faults} of its run strike. */
final class FaultInjector extends AbstractStreamOperator<RawRecord>
        implements OneInputStreamOperator<RawRecord, RawRecord> {
    private static final long serialVersionUID = 1L;

    private final int observation;

    FaultInjector(int observation) {
        this.observation = observation;
        setChainingStrategy(ChainingStrategy.ALWAYS);
    }

    @Override
    public void processElement(StreamRecord<RawRecord> element) {
        at(Moment.RECORD);
        output.collect(element);
    }

    @Override
    public void prepareSnapshotPreBarrier(long checkpointId) {
        at(Moment.BEFORE_CHECKPOINT);
    }

    @Override
    public void snapshotState(StateSnapshotContext context) {
        at(Moment.DURING_CHECKPOINT);
    }

    @Override
    public void notifyCheckpointComplete(long checkpointId) {
        at(Moment.AFTER_CHECKPOINT);
    }

    private void at(Moment moment) {
        Observation.of(observation).faults().at(moment);
    }
}
