// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.operators.sampling;

import io.incidentcommander.model.sampling.AlertRun;
import io.incidentcommander.model.sampling.NotableAlert;
import io.incidentcommander.operators.Alerts;
import io.incidentcommander.operators.audit.FateDetail;
import io.incidentcommander.udfs.sampling.DedupPolicy;
import io.incidentcommander.udfs.sampling.Slices;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.flink.api.java.tuple.Tuple3;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.runtime.state.KeyGroupRangeAssignment;
import org.apache.flink.runtime.state.StateBackend;
import org.apache.flink.runtime.state.hashmap.HashMapStateBackend;
import org.apache.flink.streaming.util.AbstractStreamOperatorTestHarness;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;

/** Deduplication on some subtasks, which can be restored with another number of them. */
final class DedupHarness implements AutoCloseable {
    static final long QUIET_MILLIS = 10_000;
    static final DedupPolicy POLICY =
            new DedupPolicy(new Slices(Alerts.SLICE_MILLIS), QUIET_MILLIS, 1);
    static final int MAX_PARALLELISM = 128;

    private final List<
                    KeyedOneInputStreamOperatorTestHarness<
                            Tuple3<String, Long, Long>, AlertRun, NotableAlert>>
            subtasks = new ArrayList<>();
    private final FateDetail detail;
    private final int generation;
    private final StateBackend backend;

    DedupHarness(int parallelism, FateDetail detail, int generation, StateBackend backend)
            throws Exception {
        this.detail = detail;
        this.generation = generation;
        this.backend = backend;
        for (int i = 0; i < parallelism; i++) {
            start(parallelism, i, null, 0);
        }
    }

    private DedupHarness(DedupHarness before, int parallelism, OperatorSubtaskState state)
            throws Exception {
        this.detail = before.detail;
        this.generation = before.generation;
        this.backend = before.backend;
        for (int i = 0; i < parallelism; i++) {
            start(parallelism, i, state, before.subtasks.size());
        }
    }

    static DedupHarness single() throws Exception {
        return new DedupHarness(1, FateDetail.ALL_BUT_REPEATS, 1_000, new HashMapStateBackend());
    }

    private void start(int parallelism, int index, OperatorSubtaskState state, int before)
            throws Exception {
        KeyedOneInputStreamOperatorTestHarness<Tuple3<String, Long, Long>, AlertRun, NotableAlert>
                harness =
                        new KeyedOneInputStreamOperatorTestHarness<>(
                                new DeduplicateOperator(POLICY, detail, generation),
                                AlertKey.OF_RUN,
                                AlertKey.FINGERPRINT_TYPE,
                                MAX_PARALLELISM,
                                parallelism,
                                index);
        harness.setStateBackend(backend);
        if (state != null) {
            harness.initializeState(
                    AbstractStreamOperatorTestHarness.repartitionOperatorState(
                            state, MAX_PARALLELISM, before, parallelism, index));
        }
        harness.open();
        subtasks.add(harness);
    }

    void run(AlertRun run) throws Exception {
        Tuple3<String, Long, Long> key = AlertKey.OF_RUN.getKey(run);
        int index =
                KeyGroupRangeAssignment.assignKeyToParallelOperator(
                        key, MAX_PARALLELISM, subtasks.size());
        subtasks.get(index).processElement(run, run.lastMillis());
    }

    void watermark(long millis) throws Exception {
        for (var subtask : subtasks) {
            subtask.processWatermark(millis);
        }
    }

    void barrier(long checkpoint) throws Exception {
        snapshot(checkpoint);
    }

    /** This goes on, and the state also does, elsewhere. */
    DedupHarness restoredWith(int parallelism, long checkpoint) throws Exception {
        return new DedupHarness(this, parallelism, snapshot(checkpoint));
    }

    private OperatorSubtaskState snapshot(long checkpoint) throws Exception {
        OperatorSubtaskState[] states = new OperatorSubtaskState[subtasks.size()];
        for (int i = 0; i < states.length; i++) {
            subtasks.get(i).prepareSnapshotPreBarrier(checkpoint);
            states[i] = subtasks.get(i).snapshot(checkpoint, checkpoint);
        }
        return AbstractStreamOperatorTestHarness.repackageState(states);
    }

    KeyedOneInputStreamOperatorTestHarness<?, ?, ?> first() {
        return subtasks.get(0);
    }

    int timers() {
        return subtasks.stream().mapToInt(s -> s.numEventTimeTimers()).sum();
    }

    /** In the state, and in memory alone. */
    int entries() throws Exception {
        int entries = 0;
        for (var subtask : subtasks) {
            entries += subtask.numKeyedStateEntries();
            entries += ((DeduplicateOperator) subtask.getOperator()).unstored();
        }
        return entries;
    }

    /** What went on so far: id, reason, time. */
    List<String> notified() {
        return subtasks.stream()
                .flatMap(s -> s.extractOutputValues().stream())
                .map(
                        n ->
                                n.alert().id()
                                        + " "
                                        + n.reason()
                                        + " "
                                        + n.alert().severity()
                                        + " "
                                        + n.alert().status()
                                        + " at "
                                        + n.alert().eventTimeMillis())
                .collect(Collectors.toList());
    }

    @Override
    public void close() throws Exception {
        for (var subtask : subtasks) {
            subtask.close();
        }
    }
}
