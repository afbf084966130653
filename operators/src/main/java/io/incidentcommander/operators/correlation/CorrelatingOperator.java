// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.operators.correlation;

import io.incidentcommander.model.audit.AlertFate;
import io.incidentcommander.model.audit.IncidentEvent;
import io.incidentcommander.model.correlation.ControlUpdate;
import io.incidentcommander.model.ingest.Alert;
import io.incidentcommander.model.sampling.NotableAlert;
import io.incidentcommander.operators.audit.FateDetail;
import io.incidentcommander.operators.audit.LedgeredOperator;
import io.incidentcommander.udfs.correlation.Assignment;
import io.incidentcommander.udfs.correlation.CorrelationPolicy;
import io.incidentcommander.udfs.correlation.TenantCorrelation;
import io.incidentcommander.udfs.correlation.control.ControlBook;
import io.incidentcommander.udfs.correlation.control.TenantRules;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.flink.runtime.state.StateSnapshotContext;
import org.apache.flink.runtime.state.VoidNamespace;
import org.apache.flink.runtime.state.VoidNamespaceSerializer;
import org.apache.flink.streaming.api.operators.InternalTimer;
import org.apache.flink.streaming.api.operators.InternalTimerService;
import org.apache.flink.streaming.api.operators.Triggerable;
import org.apache.flink.streaming.api.operators.TwoInputStreamOperator;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;

/**
 * Keyed by tenant: gathers the alerts of a second until the watermark closes it, and hands them to
 * {@link TenantCorrelation} in order of event time, so that the order of arrival plays no part;
 * then the patterns that ended in that second. The second input says how many alerts there were in
 * all, for the sampling budget, and what else there is to know ({@link TenantNews}).
 *
 * <p>Tenants are at work in memory and written to state at each checkpoint, with a timer at their
 * next event, so that after a restore they go on although nothing comes. A pass, that is a second
 * of a tenant, in which correlation takes longer than its bound goes on by service alone.
 */
abstract class CorrelatingOperator extends LedgeredOperator<IncidentEvent>
        implements TwoInputStreamOperator<NotableAlert, TenantNews, IncidentEvent>,
                Triggerable<String, VoidNamespace> {
    private static final long serialVersionUID = 1L;

    private final CorrelationPolicy policy;
    private final long passNanos;
    private final PassClock clock;

    private transient CorrelationState state;
    private transient Map<String, TenantSlot> tenants;
    private transient InternalTimerService<VoidNamespace> timers;
    private transient long watermark;

    /**
     * @param passMillis bound of a pass by the clock
     */
    CorrelatingOperator(
            CorrelationPolicy policy, long passMillis, PassClock clock, FateDetail detail) {
        super("correlation", detail);
        this.policy = policy;
        this.passNanos = passMillis * 1_000_000;
        this.clock = clock;
    }

    @Override
    public void open() throws Exception {
        super.open();
        state = new CorrelationState(getKeyedStateStore());
        tenants = new LinkedHashMap<>();
        timers = getInternalTimerService("correlation", VoidNamespaceSerializer.INSTANCE, this);
        watermark = Long.MIN_VALUE;
    }

    @Override
    public final void processElement1(StreamRecord<NotableAlert> element) throws Exception {
        NotableAlert notable = element.getValue();
        TenantSlot slot = slot((String) getCurrentKey());
        if (TenantSlot.closesAt(notable.alert().eventTimeMillis()) <= watermark) {
            account(notable.alert(), slot.correlation().take(notable));
        } else {
            slot.await(notable);
        }
    }

    @Override
    public final void processElement2(StreamRecord<TenantNews> element) throws Exception {
        TenantNews news = element.getValue();
        if (news.kind() == TenantNews.Kind.CONTROL) {
            hear(news.update().orElseThrow());
            return;
        }
        setCurrentKey(news.tenant());
        TenantSlot slot = slot(news.tenant());
        if (news.kind() == TenantNews.Kind.COUNT) {
            slot.await(news.atMillis(), news.count());
            slot.countUntil(watermark);
        } else if (TenantSlot.closesAt(news.atMillis()) <= watermark) {
            take(slot.correlation(), news);
        } else {
            slot.await(news);
        }
    }

    /** A change of what holds. */
    abstract void hear(ControlUpdate update) throws Exception;

    /** What holds now. */
    abstract ControlBook book();

    /** How far event time has come. */
    final long watermark() {
        return watermark;
    }

    @Override
    public void processWatermark(Watermark mark) throws Exception {
        watermark = mark.getTimestamp();
        for (Map.Entry<String, TenantSlot> tenant : List.copyOf(tenants.entrySet())) {
            if (tenant.getValue().due() <= watermark) {
                setCurrentKey(tenant.getKey());
                work(tenant.getKey(), tenant.getValue());
            }
        }
        super.processWatermark(mark);
    }

    @Override
    public final void onEventTime(InternalTimer<String, VoidNamespace> timer) throws Exception {
        TenantSlot slot = slot(timer.getKey());
        if (slot.due() <= watermark) {
            work(timer.getKey(), slot);
        }
    }

    @Override
    public final void onProcessingTime(InternalTimer<String, VoidNamespace> timer) {
        throw new IllegalStateException("Correlation knows event time alone");
    }

    @Override
    public void prepareSnapshotPreBarrier(long checkpointId) throws Exception {
        super.prepareSnapshotPreBarrier(checkpointId);
        tenants.forEach(
                (tenant, slot) -> {
                    setCurrentKey(tenant);
                    timers.registerEventTimeTimer(VoidNamespace.INSTANCE, slot.due());
                });
    }

    @Override
    public void snapshotState(StateSnapshotContext context) throws Exception {
        super.snapshotState(context);
        for (Map.Entry<String, TenantSlot> tenant : tenants.entrySet()) {
            if (tenant.getValue().isChanged()) {
                setCurrentKey(tenant.getKey());
                tenant.getValue().store(state);
            }
        }
    }

    private TenantSlot slot(String tenant) throws Exception {
        TenantSlot slot = tenants.get(tenant);
        if (slot == null) {
            slot = new TenantSlot(policy, book(), state);
            slot.correlation().topology(book().rules(tenant, Math.max(0, watermark)).topology());
            tenants.put(tenant, slot);
        }
        return slot;
    }

    /** All that is due by the watermark; the tenant is the current key. */
    private void work(String tenant, TenantSlot slot) {
        Optional<TenantSlot.Second> second = slot.takeClosed(watermark);
        while (second.isPresent()) {
            pass(tenant, slot.correlation(), second.get());
            second = slot.takeClosed(watermark);
        }
        slot.countUntil(watermark);
        slot.correlation().advance(watermark).forEach(this::emit);
        if (slot.isForgotten(watermark)) {
            tenants.remove(tenant);
            state.clear();
        }
    }

    private void pass(String tenant, TenantCorrelation correlation, TenantSlot.Second second) {
        List<NotableAlert> alerts = second.alerts();
        long time =
                alerts.isEmpty() ? second.beginMillis() : alerts.get(0).alert().eventTimeMillis();
        holds(tenant, correlation, time);
        long spent = 0; // Not in handing out, where whoever is slow behind this would be counted.
        for (NotableAlert notable : alerts) {
            Assignment assignment;
            if (spent <= passNanos) {
                long begun = clock.nanos();
                assignment = correlation.take(notable);
                spent += clock.nanos() - begun;
            } else {
                assignment = correlation.takeByService(notable);
            }
            account(notable.alert(), assignment);
        }
        second.news().forEach(news -> take(correlation, news));
    }

    private void holds(String tenant, TenantCorrelation correlation, long millis) {
        TenantRules rules = book().rules(tenant, millis);
        correlation.topology(rules.topology());
        correlation.expect(tenant, rules.sources(), millis);
    }

    private void take(TenantCorrelation correlation, TenantNews news) {
        news.source().ifPresent(correlation::take);
        news.match().ifPresent(match -> correlation.take(match).forEach(this::emit));
    }

    private void account(Alert alert, Assignment assignment) {
        assignment.events().forEach(this::emit);
        counters().add(alert.id().source(), assignment.disposition(), 1);
        AlertFate fate =
                AlertFate.of(
                        alert, assignment.disposition(), assignment.stage(), assignment.reason());
        emitFate(assignment.incidentId().map(fate::inIncident).orElse(fate));
    }

    private void emit(IncidentEvent event) {
        output.collect(new StreamRecord<>(event, event.eventTimeMillis()));
    }
}
