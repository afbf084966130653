// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.operators.diagnosis;

import io.incidentcommander.model.correlation.ControlUpdate;
import io.incidentcommander.model.diagnosis.DiagnosisRequest;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.functions.co.BroadcastProcessFunction;
import org.apache.flink.util.Collector;

/**
 * Writes on each request which reset was ordered last. What calls models stands behind it and has
 * one input: so the order comes with the next question, the first moment at which it matters.
 *
 * <p>State: the highest sequence of each thing that can be reset; there are few.
 */
public final class HearResetsFunction
        extends BroadcastProcessFunction<DiagnosisRequest, ControlUpdate, DiagnosisRequest> {
    private static final long serialVersionUID = 1L;
    private static final String MODELS = "models";

    /** By what is reset. */
    public static final MapStateDescriptor<String, Long> RESETS =
            new MapStateDescriptor<>("diagnosis-resets", Types.STRING, Types.LONG);

    @Override
    public void processElement(
            DiagnosisRequest request, ReadOnlyContext context, Collector<DiagnosisRequest> out)
            throws Exception {
        Long last = context.getBroadcastState(RESETS).get(MODELS);
        out.collect(last == null ? request : request.toBuilder().resets(last).build());
    }

    /** A repeat, or one that was overtaken, changes nothing. */
    @Override
    public void processBroadcastElement(
            ControlUpdate reset, Context context, Collector<DiagnosisRequest> out)
            throws Exception {
        Long last = context.getBroadcastState(RESETS).get(reset.id());
        if (last == null || reset.sequence() > last) {
            context.getBroadcastState(RESETS).put(reset.id(), reset.sequence());
        }
    }
}
