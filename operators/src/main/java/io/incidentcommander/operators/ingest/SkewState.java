// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.operators.ingest;

import io.incidentcommander.udfs.ingest.SkewEstimate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.common.TaskInfo;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.state.OperatorStateStore;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.java.tuple.Tuple5;

/**
 * The skew estimates of all partitions. Bounded by the number of partitions; without logical
 * expiry, since an estimate forgets by itself after two minutes of arrivals.
 *
 * <p>Not union state: with that, Flink completes no checkpoint while some subtasks have come to
 * their end and others have not. Each subtask stores what it knows as one element of a list, and
 * that element so often that there are as many elements as there may ever be subtasks. Flink deals
 * the elements of such lists out in the order of subtasks, and the splits of sources too: so every
 * subtask gets what those knew whose splits it gets, and at the same parallelism just its own.
 */
final class SkewState {
    /** Part of every savepoint. */
    static final String NAME = "skew-estimates-by-reader";

    private final int copies;
    private final ListState<List<Tuple5<String, String, Long, Long, Long>>> state;

    SkewState(OperatorStateStore store, TaskInfo task) throws Exception {
        int subtasks = task.getNumberOfParallelSubtasks();
        copies = (task.getMaxNumberOfParallelSubtasks() + subtasks - 1) / subtasks;
        state =
                store.getListState(
                        new ListStateDescriptor<>(
                                NAME,
                                Types.LIST(
                                        Types.TUPLE(
                                                Types.STRING,
                                                Types.STRING,
                                                Types.LONG,
                                                Types.LONG,
                                                Types.LONG))));
    }

    void restoreTo(ArrivalTime time) throws Exception {
        for (List<Tuple5<String, String, Long, Long, Long>> known : state.get()) {
            for (Tuple5<String, String, Long, Long, Long> e : known) {
                time.restore(new PartitionId(e.f0, e.f1), new SkewEstimate(e.f2, e.f3, e.f4));
            }
        }
    }

    void store(ArrivalTime time) throws Exception {
        List<Tuple5<String, String, Long, Long, Long>> known = new ArrayList<>();
        for (Map.Entry<PartitionId, SkewEstimate> e : time.estimates().entrySet()) {
            SkewEstimate estimate = e.getValue();
            known.add(
                    Tuple5.of(
                            e.getKey().source(),
                            e.getKey().partition(),
                            estimate.windowStart(),
                            estimate.current(),
                            estimate.previous()));
        }
        state.update(Collections.nCopies(copies, known));
    }
}
