// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.operators.correlation.suppression;

import io.incidentcommander.model.correlation.FiringAlert;
import io.incidentcommander.model.sampling.NotableAlert;
import io.incidentcommander.operators.audit.FateDetail;
import io.incidentcommander.operators.audit.LedgeredOperator;
import io.incidentcommander.operators.correlation.control.ControlSettings;
import io.incidentcommander.operators.correlation.control.ControlState;
import io.incidentcommander.udfs.correlation.suppression.SuppressionPolicy;
import io.incidentcommander.udfs.correlation.suppression.TenantAlerts;
import io.incidentcommander.udfs.sampling.Slices;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.flink.runtime.state.StateInitializationContext;
import org.apache.flink.runtime.state.VoidNamespace;
import org.apache.flink.runtime.state.VoidNamespaceSerializer;
import org.apache.flink.streaming.api.operators.InternalTimer;
import org.apache.flink.streaming.api.operators.InternalTimerService;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.api.operators.Triggerable;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;

/**
 * Keyed by tenant: keeps back what is silenced, muted, in maintenance or inhibited. Gathers the
 * alerts of a second until the watermark closes it, so that what is decided does not depend on the
 * order of arrival, and lets {@link TenantAlerts} decide. Where nothing can ever keep an alert
 * back, alerts pass at once.
 *
 * <p>This one knows only the control files it was started with; {@link
 * SuppressUnderControlOperator} hears updates too. Both have the same states under the same names.
 */
public class SuppressOperator extends LedgeredOperator<NotableAlert>
        implements OneInputStreamOperator<NotableAlert, NotableAlert>,
                Triggerable<String, VoidNamespace> {
    private static final long serialVersionUID = 1L;
    private static final Slices SECONDS = new Slices(1000);

    private final SuppressionPolicy policy;
    private final ControlSettings settings;

    private transient ControlState control;
    private transient SuppressState state;
    private transient Map<String, TenantAlerts> tenants;
    private transient InternalTimerService<VoidNamespace> timers;

    public SuppressOperator(SuppressionPolicy policy, ControlSettings settings, FateDetail detail) {
        super("correlation", detail);
        this.policy = policy;
        this.settings = settings;
    }

    @Override
    public final void initializeState(StateInitializationContext context) throws Exception {
        super.initializeState(context);
        control = ControlState.restore(context.getOperatorStateStore(), settings);
    }

    @Override
    public final void open() throws Exception {
        super.open();
        state = new SuppressState(getKeyedStateBackend(), getKeyedStateStore());
        tenants = new HashMap<>();
        timers = getInternalTimerService("suppression", VoidNamespaceSerializer.INSTANCE, this);
        getMetricGroup().gauge("silences", () -> control.book().silences());
    }

    @Override
    public final void processElement(StreamRecord<NotableAlert> element) throws Exception {
        NotableAlert alert = element.getValue();
        if (!hearsUpdates() && !control.book().canSuppress()) {
            output.collect(element);
            return;
        }
        long second = SECONDS.startOf(alert.alert().eventTimeMillis());
        if (SECONDS.lastOf(second) <= timers.currentWatermark()) {
            alerts().take(List.of(alert), control.book());
            after();
        } else {
            state.add(second, alert);
            timers.registerEventTimeTimer(VoidNamespace.INSTANCE, SECONDS.lastOf(second));
        }
    }

    @Override
    public void processWatermark(Watermark mark) throws Exception {
        super.processWatermark(mark);
        control.advance(mark.getTimestamp());
    }

    /** The end of a second, a time to see what may go, or the end of all time. */
    @Override
    public final void onEventTime(InternalTimer<String, VoidNamespace> timer) throws Exception {
        if (timer.getTimestamp() == Long.MAX_VALUE) {
            alerts().settleAll();
        } else {
            long second = SECONDS.startOf(timer.getTimestamp());
            if (SECONDS.lastOf(second) == timer.getTimestamp()) {
                decide(second);
            } else {
                alerts().recheck(timer.getTimestamp(), control.book());
            }
        }
        after();
    }

    @Override
    public final void onProcessingTime(InternalTimer<String, VoidNamespace> timer) {
        throw new IllegalStateException("Suppression knows event time alone");
    }

    boolean hearsUpdates() {
        return false;
    }

    /** How far event time has come. */
    final long watermark() {
        return timers.currentWatermark();
    }

    final ControlState control() {
        return control;
    }

    private void decide(long second) throws Exception {
        List<NotableAlert> due = state.take(second);
        if (due.isEmpty()) {
            return;
        }
        long before = state.decided();
        if (before == Long.MIN_VALUE || policy.recheckAfter(before) <= second) {
            alerts().recheck(second, control.book());
            state.decided(second);
        }
        alerts().take(due, control.book());
    }

    /**
     * Sees to it that what is held gets its chance. Without an end in sight a timer does; in a
     * finite run only later alerts do, since how far time comes without them depends on the
     * sources.
     */
    private void after() throws Exception {
        String tenant = (String) getCurrentKey();
        TenantAlerts alerts = tenants.get(tenant);
        if (alerts != null && alerts.isEmpty()) {
            tenants.remove(tenant);
            state.clearDecided();
        } else if (alerts != null && alerts.holdsAny()) {
            boolean finite = detail() == FateDetail.EVERY_ALERT;
            timers.registerEventTimeTimer(
                    VoidNamespace.INSTANCE,
                    finite ? Long.MAX_VALUE : nextRecheck(timers.currentWatermark()));
        }
    }

    private long nextRecheck(long watermark) {
        return watermark == Long.MAX_VALUE ? Long.MAX_VALUE : policy.recheckAfter(watermark);
    }

    private TenantAlerts alerts() throws Exception {
        String tenant = (String) getCurrentKey();
        TenantAlerts alerts = tenants.get(tenant);
        if (alerts == null) {
            alerts = new TenantAlerts(tenant, policy, new Actions());
            for (FiringAlert firing : state.firing()) {
                alerts.restore(firing);
            }
            tenants.put(tenant, alerts);
        }
        return alerts;
    }

    private final class Actions extends SuppressOutput {
        Actions() {
            super(counters(), detail(), state);
        }

        @Override
        void emit(NotableAlert alert) {
            output.collect(new StreamRecord<>(alert, alert.alert().eventTimeMillis()));
        }

        @Override
        void explain(io.incidentcommander.model.audit.AlertFate fate) {
            emitFate(fate);
        }
    }
}
