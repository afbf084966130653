// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.operators.sampling;

import io.incidentcommander.model.audit.Disposition;
import io.incidentcommander.model.ingest.Severity;
import io.incidentcommander.model.sampling.NotableAlert;
import io.incidentcommander.model.sampling.SampleThreshold;
import io.incidentcommander.model.sampling.ServiceSecond;
import io.incidentcommander.operators.audit.FateDetail;
import io.incidentcommander.operators.audit.LedgeredOperator;
import io.incidentcommander.operators.sampling.OpenSeconds.Open;
import io.incidentcommander.udfs.sampling.PrioritySample;
import io.incidentcommander.udfs.sampling.SecondSample;
import io.incidentcommander.udfs.sampling.Slices;
import java.util.Map;
import java.util.Optional;
import org.apache.flink.api.java.tuple.Tuple2;
import org.apache.flink.runtime.state.StateInitializationContext;
import org.apache.flink.runtime.state.StateSnapshotContext;
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
 *
 * <p>Open seconds are in memory and written to state at checkpoints, each with a timer at its end,
 * so that after a restore they are decided although nothing else comes.
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
    private transient OpenSeconds seconds;
    private transient boolean restored;
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
    public void initializeState(StateInitializationContext context) throws Exception {
        super.initializeState(context);
        restored = context.isRestored();
    }

    @Override
    public void open() throws Exception {
        super.open();
        sample = new PrioritySample(perSecond);
        state = new SampleState(getKeyedStateStore());
        seconds = new OpenSeconds();
        forwarded = Long.MIN_VALUE;
        timers = getInternalTimerService("sample", VoidNamespaceSerializer.INSTANCE, this);
    }

    @Override
    public void processElement(StreamRecord<ServiceSecond> element) throws Exception {
        ServiceSecond part = element.getValue();
        Optional<Open> open = open(part.secondMillis());
        if (open.isPresent()) {
            open.get().value(sample.reduce(open.get().value().plus(part), this::leftOut));
        } else if (isClosed(part.secondMillis())) {
            judgeLate(part);
        } else {
            seconds.put(key(), Open.begin(part));
        }
    }

    /**
     * Goes on only as far as seconds are closed: the alerts of the open one are here yet, and must
     * not come after a watermark that is past them.
     */
    @Override
    public void processWatermark(Watermark mark) throws Exception {
        Optional<Long> earliest = seconds.earliest();
        while (earliest.isPresent() && SECONDS.lastOf(earliest.get()) <= mark.getTimestamp()) {
            // First what a restore brought of that second or before, so that a service's alerts
            // leave in order of time.
            timeTo(SECONDS.lastOf(earliest.get()));
            for (Map.Entry<Tuple2<String, String>, Open> entry :
                    seconds.takeEarliest().entrySet()) {
                setCurrentKey(entry.getKey());
                decide(entry.getValue());
            }
            earliest = seconds.earliest();
        }
        timeTo(mark.getTimestamp());
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
        if (restored) {
            Optional<Open> open = seconds.take(timer.getKey(), second);
            if (open.isEmpty()) {
                open = state.open(second).map(Open::restored);
            }
            if (open.isPresent()) {
                decide(open.get());
            }
        }
        state.forget(second - lateMemoryMillis);
    }

    @Override
    public void prepareSnapshotPreBarrier(long checkpointId) throws Exception {
        super.prepareSnapshotPreBarrier(checkpointId);
        seconds.forEach(
                (key, open) -> {
                    setCurrentKey(key);
                    timers.registerEventTimeTimer(
                            VoidNamespace.INSTANCE, SECONDS.lastOf(open.value().secondMillis()));
                });
    }

    @Override
    public void snapshotState(StateSnapshotContext context) throws Exception {
        super.snapshotState(context);
        seconds.forEach(
                (key, open) -> {
                    setCurrentKey(key);
                    open.store(state);
                });
    }

    @Override
    public void onProcessingTime(InternalTimer<Tuple2<String, String>, VoidNamespace> timer) {
        throw new IllegalStateException("Sampling knows event time alone");
    }

    @SuppressWarnings("unchecked")
    private Tuple2<String, String> key() {
        return (Tuple2<String, String>) getCurrentKey();
    }

    /** Of the current key. What a restore brought is in state until someone asks for it. */
    private Optional<Open> open(long second) throws Exception {
        Optional<Open> open = seconds.find(key(), second);
        if (open.isEmpty() && restored) {
            open = state.open(second).map(Open::restored);
            open.ifPresent(found -> seconds.put(key(), found));
        }
        return open;
    }

    /** By the watermark, which begins anew after a restore, or then by what was decided. */
    private boolean isClosed(long second) throws Exception {
        return SECONDS.lastOf(second) <= timers.currentWatermark()
                || restored && state.closed(second).isPresent();
    }

    private void timeTo(long millis) throws Exception {
        if (getTimeServiceManager().isPresent()) {
            getTimeServiceManager().get().advanceWatermark(new Watermark(millis));
        }
    }

    /** The second of the current key. */
    private void decide(Open open) throws Exception {
        SecondSample selected = sample.select(open.value(), this::leftOut);
        selected.kept().forEach(this::emit);
        if (open.isStored()) {
            state.decided(open.value().secondMillis());
        }
        remember(open.value().secondMillis(), selected.threshold());
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
        if (closed.isPresent()) {
            state.close(part.secondMillis(), threshold);
        } else {
            remember(part.secondMillis(), threshold);
        }
    }

    /** Kept until the late memory is over; if it is already, until the next watermark. */
    private void remember(long second, SampleThreshold threshold) throws Exception {
        state.close(second, threshold);
        timers.registerEventTimeTimer(
                VoidNamespace.INSTANCE, SECONDS.lastOf(second + lateMemoryMillis));
    }

    private void emit(NotableAlert alert) {
        output.collect(new StreamRecord<>(alert, alert.alert().eventTimeMillis()));
    }

    private void leftOut(NotableAlert notable) {
        counters().add(notable.alert().id().source(), Disposition.SAMPLED_OUT, 1);
        emitFate(ReduceSampleOperator.overBudget(notable, perSecond));
    }
}
