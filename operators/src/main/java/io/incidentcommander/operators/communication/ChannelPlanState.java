// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.operators.communication;

import io.incidentcommander.model.communication.ChannelPace;
import io.incidentcommander.model.communication.ThreadPlan;
import io.incidentcommander.udfs.communication.plan.ChannelPlanner;
import io.incidentcommander.udfs.communication.plan.PlanBook;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.flink.api.common.functions.RuntimeContext;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;

/**
 * State of one channel. Threads in which something waits are apart from the rest, so that a timer
 * does not read what was told last week. Bound: {@link ChannelPlanner#MOST_WAITING} waiting, twice
 * that with CRITICAL; the rest end {@link ChannelPlanner#KEEP_MILLIS} after they were last told, by
 * a timer each hour.
 */
final class ChannelPlanState implements PlanBook {
    static final String WAITING = "waiting-threads";
    static final String TOLD = "told-threads";
    static final String PACE = "pace";

    private final MapState<String, ThreadPlan> waiting;
    private final MapState<String, ThreadPlan> told;
    private final ValueState<ChannelPace> pace;

    ChannelPlanState(RuntimeContext context) {
        TypeInformation<ThreadPlan> plans = TypeInformation.of(ThreadPlan.class);
        waiting = context.getMapState(new MapStateDescriptor<>(WAITING, Types.STRING, plans));
        told = context.getMapState(new MapStateDescriptor<>(TOLD, Types.STRING, plans));
        pace =
                context.getState(
                        new ValueStateDescriptor<>(PACE, TypeInformation.of(ChannelPace.class)));
    }

    ChannelPace pace() {
        return StateAccess.get(() -> pace.value() == null ? ChannelPace.fresh() : pace.value());
    }

    void put(ChannelPace value) {
        StateAccess.run(() -> pace.update(value));
    }

    /** Nothing is left of the channel. */
    void clear() {
        waiting.clear();
        told.clear();
        pace.clear();
    }

    @Override
    public Optional<ThreadPlan> thread(String thread) {
        return StateAccess.get(
                () -> {
                    ThreadPlan plan = waiting.get(thread);
                    return Optional.ofNullable(plan != null ? plan : told.get(thread));
                });
    }

    @Override
    public void put(String thread, ThreadPlan plan) {
        StateAccess.run(
                () -> {
                    boolean waits = plan.pending().isPresent();
                    boolean waited = waiting.contains(thread);
                    (waits ? waiting : told).put(thread, plan);
                    if (waits) {
                        told.remove(thread);
                    } else if (waited) {
                        waiting.remove(thread);
                    }
                    put(pace().counted((waits ? 1 : 0) - (waited ? 1 : 0)));
                });
    }

    @Override
    public void remove(String thread) {
        StateAccess.run(
                () -> {
                    if (waiting.contains(thread)) {
                        waiting.remove(thread);
                        put(pace().counted(-1));
                    }
                    told.remove(thread);
                });
    }

    @Override
    public List<String> threads() {
        return StateAccess.get(
                () -> {
                    List<String> names = new ArrayList<>();
                    waiting.keys().forEach(names::add);
                    told.keys().forEach(names::add);
                    Collections.sort(names);
                    return names;
                });
    }

    @Override
    public SortedMap<String, ThreadPlan> waiting() {
        return StateAccess.get(
                () -> {
                    SortedMap<String, ThreadPlan> all = new TreeMap<>();
                    for (Map.Entry<String, ThreadPlan> entry : waiting.entries()) {
                        all.put(entry.getKey(), entry.getValue());
                    }
                    return all;
                });
    }

    @Override
    public int waitingCount() {
        return pace().waiting();
    }

    @Override
    public long fullAt() {
        return pace().fullAt();
    }

    @Override
    public void fullAt(long millis) {
        put(pace().fullAt(millis));
    }
}
