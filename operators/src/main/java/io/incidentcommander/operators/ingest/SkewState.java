// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.operators.ingest;

import io.incidentcommander.udfs.ingest.SkewEstimate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.state.OperatorStateStore;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.java.tuple.Tuple5;

/**
 * The skew estimates of all partitions, as union state: whichever subtask reads a partition after a
 * restore finds its estimate. Bounded by the number of partitions; without logical expiry, since an
 * estimate forgets by itself after two minutes of arrivals.
 */
final class SkewState {
    /** Part of every savepoint. */
    static final String NAME = "skew-estimates";

    private final ListState<Tuple5<String, String, Long, Long, Long>> state;

    SkewState(OperatorStateStore store) throws Exception {
        state =
                store.getUnionListState(
                        new ListStateDescriptor<>(
                                NAME,
                                Types.TUPLE(
                                        Types.STRING,
                                        Types.STRING,
                                        Types.LONG,
                                        Types.LONG,
                                        Types.LONG)));
    }

    void restoreTo(ArrivalTime time) throws Exception {
        for (Tuple5<String, String, Long, Long, Long> e : state.get()) {
            time.restore(new PartitionId(e.f0, e.f1), new SkewEstimate(e.f2, e.f3, e.f4));
        }
    }

    void store(ArrivalTime time) throws Exception {
        List<Tuple5<String, String, Long, Long, Long>> all = new ArrayList<>();
        for (Map.Entry<PartitionId, SkewEstimate> e : time.estimates().entrySet()) {
            SkewEstimate estimate = e.getValue();
            all.add(
                    Tuple5.of(
                            e.getKey().source(),
                            e.getKey().partition(),
                            estimate.windowStart(),
                            estimate.current(),
                            estimate.previous()));
        }
        state.update(all);
    }
}
