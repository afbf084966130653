// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.operators.diagnosis.logs;

import io.incidentcommander.model.diagnosis.LogFinding;
import io.incidentcommander.model.diagnosis.logs.LogSlice;
import io.incidentcommander.model.diagnosis.logs.ServiceLogs;
import io.incidentcommander.udfs.diagnosis.logs.LogFindings;
import io.incidentcommander.udfs.diagnosis.logs.LogPolicy;
import io.incidentcommander.udfs.diagnosis.logs.RelevanceSample;
import io.incidentcommander.udfs.diagnosis.logs.TemplateMiner;
import io.incidentcommander.udfs.diagnosis.redaction.Redaction;
import io.incidentcommander.udfs.diagnosis.redaction.Redaction.Addresses;
import java.util.List;
import java.util.Optional;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.java.tuple.Tuple2;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.util.Collector;

/**
 * Keyed by (tenant, service): adds up the parts of a slice, takes it into the window when the
 * watermark closes it, and tells what is out of the ordinary as long as anything is, then once that
 * nothing is any more. A part that comes later is taken in as it comes; one older than the window,
 * or further ahead of the watermark than the window is long, is dropped.
 */
public final class WatchLogsFunction
        extends KeyedProcessFunction<Tuple2<String, String>, LogSlice, ServiceLogs> {
    private static final long serialVersionUID = 1L;

    /** Told of one service at a time: findings, and characters of them. */
    private static final int MOST_FINDINGS = 10;

    private static final long MOST_CHARS = 8_000;

    private final LogPolicy policy;
    private final Addresses addresses;

    private transient LogWindowState state;

    /**
     * @param addresses whether IP addresses are personal data here
     */
    public WatchLogsFunction(LogPolicy policy, Addresses addresses) {
        this.policy = policy;
        this.addresses = addresses;
    }

    @Override
    public void open(OpenContext context) {
        state = new LogWindowState(getRuntimeContext());
    }

    @Override
    public void processElement(LogSlice part, Context at, Collector<ServiceLogs> out)
            throws Exception {
        long start = part.startMillis();
        long last = start + policy.sliceMillis() - 1;
        long now = at.timerService().currentWatermark();
        boolean timeKnown = now != Long.MIN_VALUE;
        if (timeKnown && (last < now - policy.windowMillis() || start > latest(now))) {
            return;
        }
        Optional<LogSlice> open = state.open(start);
        if (open.isEmpty() && last <= now) {
            takeIn(part, now);
        } else {
            state.open(open.isPresent() ? open.get().plus(part, policy.groupsPerSlice()) : part);
            at.timerService().registerEventTimeTimer(last);
        }
        at.timerService().registerEventTimeTimer(last + policy.windowMillis());
    }

    @Override
    public void onTimer(long timer, OnTimerContext at, Collector<ServiceLogs> out)
            throws Exception {
        long start = policy.sliceOf(timer);
        Optional<LogSlice> open = state.open(start);
        if (open.isPresent()) {
            takeIn(open.get(), timer);
            state.close(start);
        } else {
            forget(timer);
        }
        tell(timer + 1, at.getCurrentKey(), out);
    }

    private long latest(long now) {
        return now > Long.MAX_VALUE - policy.windowMillis() ? now : now + policy.windowMillis();
    }

    private void takeIn(LogSlice slice, long now) throws Exception {
        TemplateMiner miner = new TemplateMiner(state.window(), policy.templates());
        miner.add(slice);
        miner.forgetBefore(oldest(now));
        state.window(miner.window());
    }

    private void forget(long now) throws Exception {
        TemplateMiner miner = new TemplateMiner(state.window(), policy.templates());
        miner.forgetBefore(oldest(now));
        state.window(miner.window());
    }

    private long oldest(long now) {
        return now + 1 - policy.windowMillis();
    }

    private void tell(long until, Tuple2<String, String> key, Collector<ServiceLogs> out)
            throws Exception {
        List<LogFinding> all =
                new LogFindings(policy).of(key.f1, state.window(), until, new Redaction(addresses));
        List<LogFinding> findings = new RelevanceSample(MOST_FINDINGS, MOST_CHARS).of(all);
        if (!findings.isEmpty() || state.wasFound()) {
            out.collect(new ServiceLogs(key.f0, key.f1, until, findings));
        }
        state.found(!findings.isEmpty());
    }
}
