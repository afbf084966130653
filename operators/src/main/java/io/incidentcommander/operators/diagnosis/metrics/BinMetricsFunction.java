// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.operators.diagnosis.metrics;

import io.incidentcommander.model.diagnosis.metrics.ServiceReadings;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.java.tuple.Tuple2;
import org.apache.flink.metrics.Counter;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.util.Collector;

/**
 * Keyed by (tenant, service): adds up the parts of a period, and tells the whole when the watermark
 * closes it. So what is keyed by tenant sees a record a service and period, however many hosts
 * send. A part of a closed period is dropped and counted, and so is one that is further ahead than
 * {@value #MOST_AHEAD_MILLIS} ms. Bound: the periods in that time, {@link
 * ServiceReadings#MOST_SERIES} series each; a period ends by its timer.
 */
public final class BinMetricsFunction
        extends KeyedProcessFunction<Tuple2<String, String>, ServiceReadings, ServiceReadings> {
    private static final long serialVersionUID = 1L;

    static final long MOST_AHEAD_MILLIS = 600_000;

    private static final MapStateDescriptor<Long, ServiceReadings> OPEN =
            new MapStateDescriptor<>(
                    "open-readings", Types.LONG, TypeInformation.of(ServiceReadings.class));

    private transient MapState<Long, ServiceReadings> open;
    private transient Counter dropped;

    @Override
    public void open(OpenContext context) {
        open = getRuntimeContext().getMapState(OPEN);
        dropped =
                getRuntimeContext()
                        .getMetricGroup()
                        .addGroup("diagnosis")
                        .counter("metric_parts_out_of_time");
    }

    @Override
    public void processElement(ServiceReadings part, Context at, Collector<ServiceReadings> out)
            throws Exception {
        long now = at.timerService().currentWatermark();
        boolean ahead = now != Long.MIN_VALUE && part.lastMillis() > now + MOST_AHEAD_MILLIS;
        if (part.lastMillis() <= now || ahead) {
            dropped.inc();
            return;
        }
        ServiceReadings before = open.get(part.period());
        open.put(part.period(), before == null ? part : before.plus(part));
        if (before == null) {
            at.timerService().registerEventTimeTimer(part.lastMillis());
        }
    }

    @Override
    public void onTimer(long time, OnTimerContext at, Collector<ServiceReadings> out)
            throws Exception {
        long period = ServiceReadings.periodOf(time);
        ServiceReadings closed = open.get(period);
        if (closed != null) {
            out.collect(closed);
            open.remove(period);
        }
    }
}
