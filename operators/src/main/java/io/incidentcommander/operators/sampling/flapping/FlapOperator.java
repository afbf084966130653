// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.operators.sampling.flapping;

import io.incidentcommander.model.audit.AlertFate;
import io.incidentcommander.model.audit.Disposition;
import io.incidentcommander.model.sampling.FlapHistory;
import io.incidentcommander.model.sampling.NotableAlert;
import io.incidentcommander.operators.StoredKeys;
import io.incidentcommander.operators.audit.FateDetail;
import io.incidentcommander.operators.audit.LedgeredOperator;
import io.incidentcommander.udfs.sampling.flapping.FlapDecision;
import io.incidentcommander.udfs.sampling.flapping.FlapDetection;
import io.incidentcommander.udfs.sampling.flapping.FlapPolicy;
import java.util.Optional;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.java.tuple.Tuple3;
import org.apache.flink.runtime.state.StateInitializationContext;
import org.apache.flink.runtime.state.VoidNamespace;
import org.apache.flink.runtime.state.VoidNamespaceSerializer;
import org.apache.flink.streaming.api.operators.InternalTimer;
import org.apache.flink.streaming.api.operators.InternalTimerService;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.api.operators.Triggerable;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;

/**
 * Keyed by (tenant, fingerprint): runs {@link FlapDetection}. State: one history of each alert that
 * changed within the window, or, where alerts may wait, within a day; ended by a timer, one a
 * history. No TTL.
 */
public final class FlapOperator extends LedgeredOperator<NotableAlert>
        implements OneInputStreamOperator<NotableAlert, NotableAlert>,
                Triggerable<Tuple3<String, Long, Long>, VoidNamespace> {
    private static final long serialVersionUID = 1L;

    public static final ValueStateDescriptor<FlapHistory> DESCRIPTOR =
            new ValueStateDescriptor<>("flap-history", FlapHistory.class);

    private static final int STORED_KEYS = 1 << 18;

    private final FlapPolicy policy;

    private transient FlapDetection detection;
    private transient StoredKeys stored;
    private transient ValueState<FlapHistory> state;
    private transient InternalTimerService<VoidNamespace> timers;

    public FlapOperator(FlapPolicy policy, FateDetail detail) {
        super("sampling", detail);
        this.policy = policy;
    }

    @Override
    public void initializeState(StateInitializationContext context) throws Exception {
        super.initializeState(context);
        stored = StoredKeys.of(STORED_KEYS, context.isRestored());
    }

    @Override
    public void open() throws Exception {
        super.open();
        detection = new FlapDetection(policy);
        state =
                getKeyedStateStore()
                        .getState(
                                new ValueStateDescriptor<>(
                                        DESCRIPTOR.getName(), FlapHistory.class));
        timers = getInternalTimerService("flapping", VoidNamespaceSerializer.INSTANCE, this);
    }

    @Override
    public void processElement(StreamRecord<NotableAlert> element) throws Exception {
        if (policy.isOff()) {
            output.collect(element);
            return;
        }
        Optional<FlapHistory> before =
                stored.mayHold(getCurrentKey())
                        ? Optional.ofNullable(state.value())
                        : Optional.empty();
        FlapHistory settled =
                settled(
                        before.orElse(FlapHistory.none()),
                        element.getValue().alert().eventTimeMillis());
        FlapDecision decision = detection.decide(settled, element.getValue());
        carryOut(decision);
        long now = timers.currentWatermark();
        Optional<Long> pending = before.flatMap(history -> detection.dueAt(history, now));
        if (before.isPresent() || isWorthKeeping(decision.history())) {
            keep(decision.history(), now, pending);
        }
    }

    /**
     * What was due before the alert happened is done first, also if the watermark, which may leap,
     * has not come to it yet.
     */
    private FlapHistory settled(FlapHistory before, long timeMillis) {
        FlapHistory history = before;
        while (history.isFlapping() || history.waiting().isPresent()) {
            Optional<Long> due = detection.dueAt(history, Long.MIN_VALUE);
            if (due.isEmpty() || due.get() >= timeMillis) {
                break;
            }
            FlapDecision decision = detection.due(history, due.get());
            carryOut(decision);
            if (decision.history().equals(history)) {
                break;
            }
            history = decision.history();
        }
        return history;
    }

    @Override
    public void onEventTime(InternalTimer<Tuple3<String, Long, Long>, VoidNamespace> timer)
            throws Exception {
        FlapHistory before = state.value();
        if (before != null) {
            FlapDecision decision = detection.due(before, timer.getTimestamp());
            carryOut(decision);
            keep(decision.history(), timer.getTimestamp(), Optional.empty());
        }
    }

    @Override
    public void onProcessingTime(InternalTimer<Tuple3<String, Long, Long>, VoidNamespace> timer) {
        throw new IllegalStateException("Flapping knows event time alone");
    }

    /** A timer that is pending moves on by itself, but not back. */
    private void keep(FlapHistory history, long now, Optional<Long> pending) throws Exception {
        Optional<Long> due =
                isWorthKeeping(history) ? detection.dueAt(history, now) : Optional.empty();
        if (due.isEmpty()) {
            state.clear();
        } else {
            state.update(history);
            stored.add(getCurrentKey());
            if (pending.isEmpty() || due.get() < pending.get()) {
                timers.registerEventTimeTimer(VoidNamespace.INSTANCE, due.get());
            }
        }
    }

    private boolean isWorthKeeping(FlapHistory history) {
        return history.changes().length > 0 || history.waiting().isPresent() || policy.pauses();
    }

    private void carryOut(FlapDecision decision) {
        for (NotableAlert repeat : decision.dropped()) {
            counters().add(repeat.alert().id().source(), Disposition.DUPLICATE, 1);
            AlertFate fate =
                    AlertFate.of(repeat.alert(), Disposition.DUPLICATE, stage(), decision.reason());
            emitFate(decision.representative().map(fate::representedBy).orElse(fate));
        }
        for (NotableAlert alert : decision.passed()) {
            output.collect(new StreamRecord<>(alert, alert.alert().eventTimeMillis()));
        }
    }
}
