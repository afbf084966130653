// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.operators.sampling;

import io.incidentcommander.model.audit.Disposition;
import io.incidentcommander.model.ingest.Severity;
import io.incidentcommander.model.sampling.NotableAlert;
import io.incidentcommander.model.sampling.SampleThreshold;
import io.incidentcommander.model.sampling.ServiceSecond;
import io.incidentcommander.operators.audit.FateDetail;
import io.incidentcommander.operators.audit.LedgeredOperator;
import io.incidentcommander.udfs.sampling.PrioritySample;
import io.incidentcommander.udfs.sampling.SecondSample;
import io.incidentcommander.udfs.sampling.Slices;
import java.util.Optional;
import org.apache.flink.api.java.tuple.Tuple2;
import org.apache.flink.runtime.state.VoidNamespace;
import org.apache.flink.runtime.state.VoidNamespaceSerializer;
import org.apache.flink.streaming.api.operators.InternalTimer;
import org.apache.flink.streaming.api.operators.InternalTimerService;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.api.operators.Triggerable;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;

/**
 * Keyed by (tenant, service): merges the parts of a second and, when the watermark closes it, emits
 * its sample in order of event time. A part that comes later is judged by the threshold of its
 * second and emitted at once.
 */
public final class PrioritySampleOperator extends LedgeredOperator<NotableAlert>
        implements OneInputStreamOperator<ServiceSecond, NotableAlert>,
                Triggerable<Tuple2<String, String>, VoidNamespace> {
    private static final long serialVersionUID = 1L;
    private static final Slices SECONDS = new Slices(1000);

    private final int perSecond;
    private final long lateMemoryMillis;

    private transient PrioritySample sample;
    private transient SampleState state;
    private transient InternalTimerService<VoidNamespace> timers;
    private transient long forwarded;

    /**
     * @param lateMemoryMillis how long the threshold of a closed second is kept, rounded up to
     *     seconds; a part that comes later still finds the whole budget
     */
    public PrioritySampleOperator(int perSecond, long lateMemoryMillis, FateDetail detail) {
        super("sampling", detail);
        this.perSecond = perSecond;
        this.lateMemoryMillis = SECONDS.lastOf(lateMemoryMillis - 1) + 1;
    }

    @Override
    public void open() throws Exception {
        super.open();
        sample = new PrioritySample(perSecond);
        state = new SampleState(getKeyedStateStore());
        forwarded = Long.MIN_VALUE;
        timers = getInternalTimerService("sample", VoidNamespaceSerializer.INSTANCE, this);
    }

    @Override
    public void processElement(StreamRecord<ServiceSecond> element) throws Exception {
        ServiceSecond part = element.getValue();
        long second = part.secondMillis();
        Optional<ServiceSecond> open = state.open(second);
        if (open.isEmpty() && isClosed(second)) {
            judgeLate(part);
            return;
        }
        state.open(open.isPresent() ? sample.reduce(open.get().plus(part), this::leftOut) : part);
        if (open.isEmpty()) {
            timers.registerEventTimeTimer(VoidNamespace.INSTANCE, SECONDS.lastOf(second));
        }
    }

    /**
     * Goes on only as far as seconds are closed: the alerts of the open one are here yet, and must
     * not come after a watermark that is past them.
     */
    @Override
    public void processWatermark(Watermark mark) throws Exception {
        if (getTimeServiceManager().isPresent()) {
            getTimeServiceManager().get().advanceWatermark(mark);
        }
        long closed = SECONDS.lastClosedBy(mark.getTimestamp());
        if (closed > forwarded) {
            forwarded = closed;
            output.emitWatermark(new Watermark(closed));
        }
    }

    @Override
    public void onEventTime(InternalTimer<Tuple2<String, String>, VoidNamespace> timer)
            throws Exception {
        long second = SECONDS.startOf(timer.getTimestamp());
        Optional<ServiceSecond> open = state.open(second);
        if (open.isPresent()) {
            SecondSample selected = sample.select(open.get(), this::leftOut);
            selected.kept().forEach(this::emit);
            remember(second, selected.threshold());
        }
        state.forget(second - lateMemoryMillis);
    }

    @Override
    public void onProcessingTime(InternalTimer<Tuple2<String, String>, VoidNamespace> timer) {
        throw new IllegalStateException("Sampling knows event time alone");
    }

    /** By the watermark, which begins anew after a restore, or by what was decided. */
    private boolean isClosed(long second) throws Exception {
        return SECONDS.lastOf(second) <= timers.currentWatermark()
                || state.closed(second).isPresent();
    }

    private void judgeLate(ServiceSecond part) throws Exception {
        Optional<SampleThreshold> closed = state.closed(part.secondMillis());
        SampleThreshold threshold = closed.orElse(new SampleThreshold(0));
        for (NotableAlert late : part.candidates()) {
            if (late.alert().severity() == Severity.CRITICAL) {
                emit(late);
            } else if (threshold.admits(late.alert(), perSecond)) {
                threshold = threshold.plusOne();
                emit(late);
            } else {
                leftOut(late);
            }
        }
        remember(part.secondMillis(), threshold);
    }

    /** Kept until the late memory is over; if it is already, until the next watermark. */
    private void remember(long second, SampleThreshold threshold) throws Exception {
        boolean fresh = state.closed(second).isEmpty();
        state.close(second, threshold);
        if (fresh) {
            long end = SECONDS.lastOf(second + lateMemoryMillis);
            timers.registerEventTimeTimer(VoidNamespace.INSTANCE, end);
        }
    }

    private void emit(NotableAlert alert) {
        output.collect(new StreamRecord<>(alert, alert.alert().eventTimeMillis()));
    }

    private void leftOut(NotableAlert notable) {
        counters().add(notable.alert().id().source(), Disposition.SAMPLED_OUT, 1);
        emitFate(ReduceSampleOperator.overBudget(notable, perSecond));
    }
}
