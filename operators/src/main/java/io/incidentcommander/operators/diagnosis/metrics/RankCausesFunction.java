// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.operators.diagnosis.metrics;

import io.incidentcommander.model.diagnosis.CallGraph;
import io.incidentcommander.model.diagnosis.CausalVerdict;
import io.incidentcommander.model.diagnosis.DiagnosisRequest;
import io.incidentcommander.model.diagnosis.metrics.ServiceReadings;
import io.incidentcommander.udfs.diagnosis.metrics.RingRanking;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.metrics.Counter;
import org.apache.flink.streaming.api.functions.co.KeyedCoProcessFunction;
import org.apache.flink.util.Collector;

/**
 * Keyed by tenant: keeps the newest metrics of its services, and puts to each request what they say
 * of the cause: by the calls that the request tells. A request waits until the watermark reaches
 * the time it was made at: then all readings before that are there, whichever came first, and a
 * replay says the same.
 */
public final class RankCausesFunction
        extends KeyedCoProcessFunction<
                String, DiagnosisRequest, ServiceReadings, DiagnosisRequest> {
    /** Services of a tenant whose metrics are kept: some 24 MB at the most. */
    public static final int MOST_SERVICES = 1_000;

    private static final long serialVersionUID = 1L;
    private static final long SWEEP_MILLIS = 300_000;

    private final int mostServices;

    private transient RingState state;
    private transient Counter noRoom;
    private transient Counter ranked;

    /**
     * @param mostServices of one tenant
     */
    public RankCausesFunction(int mostServices) {
        this.mostServices = mostServices;
    }

    @Override
    public void open(OpenContext context) {
        state = new RingState(getRuntimeContext(), mostServices);
        var metrics = getRuntimeContext().getMetricGroup().addGroup("diagnosis");
        noRoom = metrics.counter("readings_without_room");
        ranked = metrics.counter("ranked_by_metrics");
    }

    @Override
    public void processElement1(
            DiagnosisRequest request, Context context, Collector<DiagnosisRequest> out)
            throws Exception {
        state.await(request);
        context.timerService().registerEventTimeTimer(request.requestedAtMillis());
    }

    @Override
    public void processElement2(
            ServiceReadings readings, Context context, Collector<DiagnosisRequest> out)
            throws Exception {
        if (state.add(readings)) {
            long sweep = (readings.lastMillis() / SWEEP_MILLIS + 1) * SWEEP_MILLIS;
            context.timerService().registerEventTimeTimer(sweep);
        } else {
            noRoom.inc();
        }
    }

    @Override
    public void onTimer(long time, OnTimerContext context, Collector<DiagnosisRequest> out)
            throws Exception {
        for (DiagnosisRequest request : state.due(time)) {
            out.collect(request.toBuilder().causal(verdict(request)).build());
        }
        if (time % SWEEP_MILLIS == 0 && state.forget(time)) {
            context.timerService().registerEventTimeTimer(time + SWEEP_MILLIS);
        }
    }

    private CausalVerdict verdict(DiagnosisRequest request) throws Exception {
        CallGraph calls = request.surroundings();
        CausalVerdict verdict =
                RingRanking.of(
                        calls,
                        state.rings(calls.nodes()),
                        request.incident().openedAtMillis(),
                        request.requestedAtMillis());
        if (verdict.outcome() == CausalVerdict.Outcome.RANKED) {
            ranked.inc();
        }
        return verdict;
    }
}
