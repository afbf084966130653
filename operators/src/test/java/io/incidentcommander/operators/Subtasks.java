// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.operators;

import java.util.ArrayList;
import java.util.List;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.runtime.state.KeyGroupRangeAssignment;
import org.apache.flink.streaming.util.AbstractStreamOperatorTestHarness;

/** All subtasks of a keyed operator, whose number may change: then they begin from a snapshot. */
public final class Subtasks<H extends AbstractStreamOperatorTestHarness<?>> {
    public static final int MAX_PARALLELISM = 128;

    private final Maker<H> maker;
    private List<H> all = new ArrayList<>();
    private long checkpoint;

    public Subtasks(Maker<H> maker) {
        this.maker = maker;
    }

    /** From a snapshot of all, where there are any. */
    public void become(int parallelism) throws Exception {
        OperatorSubtaskState[] states = new OperatorSubtaskState[all.size()];
        checkpoint++;
        for (int i = 0; i < states.length; i++) {
            states[i] = all.get(i).snapshot(checkpoint, checkpoint);
        }
        int before = all.size();
        close();
        all = new ArrayList<>();
        for (int i = 0; i < parallelism; i++) {
            H harness = maker.make(parallelism, i);
            if (before > 0) {
                harness.initializeState(
                        AbstractStreamOperatorTestHarness.repartitionOperatorState(
                                AbstractStreamOperatorTestHarness.repackageState(states),
                                MAX_PARALLELISM,
                                before,
                                parallelism,
                                i));
            }
            harness.open();
            all.add(harness);
        }
    }

    public List<H> all() {
        return all;
    }

    /** The one that has the key. */
    public H of(Object key) {
        return all.get(
                KeyGroupRangeAssignment.assignKeyToParallelOperator(
                        key, MAX_PARALLELISM, all.size()));
    }

    public void close() throws Exception {
        for (H harness : all) {
            harness.close();
        }
    }

    /** Of one subtask, which is not open yet. */
    public interface Maker<H> {
        H make(int parallelism, int index) throws Exception;
    }
}
