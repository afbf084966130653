// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.operators.audit;

import io.incidentcommander.model.audit.ChainWatch;
import io.incidentcommander.model.audit.IncidentEvent;
import io.incidentcommander.udfs.audit.ChainAlarm;
import io.incidentcommander.udfs.audit.ChainPatrol;
import java.util.Optional;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.util.Collector;

/**
 * Keyed by incident: when its stored chain is looked at, as {@link ChainPatrol} says. Emits a watch
 * for each look, at the time of the look. State: one value; ends with the last look.
 */
public final class WatchChainFunction
        extends KeyedProcessFunction<String, IncidentEvent, ChainWatch> {
    private static final long serialVersionUID = 1L;
    private static final ValueStateDescriptor<ChainWatch> WATCHED =
            new ValueStateDescriptor<>("watched-chain", TypeInformation.of(ChainWatch.class));

    private final ChainPatrol patrol;

    private transient ValueState<ChainWatch> watched;

    public WatchChainFunction(ChainPatrol patrol) {
        this.patrol = patrol;
    }

    @Override
    public void open(OpenContext context) {
        watched = getRuntimeContext().getState(WATCHED);
    }

    @Override
    public void processElement(IncidentEvent event, Context context, Collector<ChainWatch> out)
            throws Exception {
        if (ChainAlarm.isOwn(event.tenant())) {
            return;
        }
        ChainWatch before = watched.value();
        if (before != null) {
            patrol.nextLook(before).ifPresent(context.timerService()::deleteEventTimeTimer);
        }
        keep(patrol.over(event), context);
    }

    @Override
    public void onTimer(long time, OnTimerContext context, Collector<ChainWatch> out)
            throws Exception {
        ChainWatch watch = watched.value();
        boolean ended =
                context.timerService().currentWatermark() == Watermark.MAX_WATERMARK.getTimestamp();
        if (watch == null || ended) {
            return;
        }
        ChainWatch looked = watch.lookedAt(time);
        out.collect(looked);
        keep(looked, context);
    }

    private void keep(ChainWatch watch, Context context) throws Exception {
        Optional<Long> next = patrol.nextLook(watch);
        watched.update(next.isPresent() ? watch : null);
        next.ifPresent(context.timerService()::registerEventTimeTimer);
    }
}
