// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.operators.detection;

import io.incidentcommander.model.detection.DetectionEvent;
import io.incidentcommander.udfs.detection.PatternSpec;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;

/** The gate of a pattern, by tenant. */
final class GateHarness
        extends KeyedOneInputStreamOperatorTestHarness<String, DetectionEvent, DetectionEvent> {
    private GateHarness(PatternSpec spec, int generation) throws Exception {
        super(
                new PatternGate<String>(spec, generation),
                DetectionKeys.TENANT,
                Types.STRING,
                128,
                1,
                0);
    }

    static GateHarness of(PatternSpec spec, int generation) throws Exception {
        GateHarness harness = new GateHarness(spec, generation);
        harness.open();
        return harness;
    }

    static GateHarness restored(PatternSpec spec, int generation, OperatorSubtaskState state)
            throws Exception {
        GateHarness harness = new GateHarness(spec, generation);
        harness.initializeState(state);
        harness.open();
        return harness;
    }

    void push(DetectionEvent event) throws Exception {
        processElement(event, event.eventTimeMillis());
    }

    OperatorSubtaskState barrier() throws Exception {
        prepareSnapshotPreBarrier(1);
        return snapshot(1, 1);
    }

    /** What was let through since the last call. */
    @SuppressWarnings("unchecked")
    List<StreamRecord<DetectionEvent>> drain() {
        List<StreamRecord<DetectionEvent>> records = new ArrayList<>();
        for (Object element = getOutput().poll(); element != null; element = getOutput().poll()) {
            if (element instanceof StreamRecord) {
                records.add((StreamRecord<DetectionEvent>) element);
            }
        }
        return records;
    }
}
