// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.operators.detection;

import io.incidentcommander.model.detection.DetectionEvent;
import io.incidentcommander.model.detection.PatternMatch;
import io.incidentcommander.operators.Outputs;
import io.incidentcommander.udfs.detection.PatternSpec;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;

/** A gate and its pattern, one after the other, and what passes between them. */
final class GatedPattern implements AutoCloseable {
    private final PatternSpec spec;
    private final int generation;
    private final List<PatternMatch> matches = new ArrayList<>();
    private final List<DetectionEvent> late = new ArrayList<>();
    private GateHarness gate;
    private PatternHarness pattern;
    private int passed;

    GatedPattern(PatternSpec spec, int generation) throws Exception {
        this.spec = spec;
        this.generation = generation;
        gate = GateHarness.of(spec, generation);
        pattern = PatternHarness.of(spec);
    }

    GatedPattern push(DetectionEvent event) throws Exception {
        gate.push(event);
        return this;
    }

    GatedPattern upTo(long watermark) throws Exception {
        gate.processWatermark(watermark);
        for (StreamRecord<DetectionEvent> record : gate.drain()) {
            pattern.processElement(record);
            passed++;
        }
        pattern.upTo(watermark);
        return this;
    }

    /** A checkpoint that nothing comes of, or one that the job goes on from, elsewhere. */
    void barrier(Object andThen) throws Exception {
        var gateState = gate.barrier();
        pattern.prepareSnapshotPreBarrier(1);
        var patternState = pattern.snapshot(1, 1);
        if (andThen == Barrier.FAIL) {
            end();
            gate = GateHarness.restored(spec, generation, gateState);
            pattern = PatternHarness.restored(spec, patternState);
        }
    }

    List<PatternMatch> matches() throws Exception {
        upTo(Long.MAX_VALUE);
        end();
        return matches;
    }

    List<DetectionEvent> late() {
        return late;
    }

    int passed() {
        return passed;
    }

    int entries() {
        return gate.numKeyedStateEntries();
    }

    int timers() {
        return gate.numEventTimeTimers();
    }

    private void end() throws Exception {
        matches.addAll(pattern.matches());
        late.addAll(Outputs.side(gate, DetectPatterns.LATE));
        if (!Outputs.side(pattern, DetectPatterns.LATE).isEmpty()) {
            throw new AssertionError("The gate let through what is late");
        }
    }

    @Override
    public void close() throws Exception {
        gate.close();
        pattern.close();
    }

    enum Barrier {
        NONE,
        GO_ON,
        FAIL
    }
}
