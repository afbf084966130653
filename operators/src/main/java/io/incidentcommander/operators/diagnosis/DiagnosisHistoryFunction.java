// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.operators.diagnosis;

import io.incidentcommander.model.diagnosis.Diagnosis;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.util.Collector;

/**
 * Keyed by incident: lets one diagnosis of each attempt into the incident's history, the first, and
 * none of an attempt before the last. State: one number an incident, forgotten a day of event time
 * after the last diagnosis.
 */
public final class DiagnosisHistoryFunction
        extends KeyedProcessFunction<String, Diagnosis, Diagnosis> {
    private static final long serialVersionUID = 1L;
    private static final long KEEP_MILLIS = 24L * 3_600_000;

    private static final ValueStateDescriptor<Integer> LAST =
            new ValueStateDescriptor<>("last-attempt", Types.INT);
    private static final ValueStateDescriptor<Long> FORGET_AT =
            new ValueStateDescriptor<>("forget-diagnosis-at", Types.LONG);

    private transient ValueState<Integer> last;
    private transient ValueState<Long> forgetAt;

    @Override
    public void open(OpenContext context) {
        last = getRuntimeContext().getState(LAST);
        forgetAt = getRuntimeContext().getState(FORGET_AT);
    }

    @Override
    public void processElement(Diagnosis diagnosis, Context context, Collector<Diagnosis> out)
            throws Exception {
        if (last.value() != null && diagnosis.attempt() <= last.value()) {
            return;
        }
        last.update(diagnosis.attempt());
        long time = diagnosis.diagnosedAtMillis() + KEEP_MILLIS;
        forgetAt.update(time);
        context.timerService().registerEventTimeTimer(time);
        out.collect(diagnosis);
    }

    @Override
    public void onTimer(long time, OnTimerContext context, Collector<Diagnosis> out)
            throws Exception {
        if (forgetAt.value() != null && forgetAt.value() == time) {
            last.clear();
            forgetAt.clear();
        }
    }
}
