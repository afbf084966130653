// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.operators.detection;

import io.incidentcommander.model.correlation.ControlKind;
import io.incidentcommander.model.correlation.ControlUpdate;
import io.incidentcommander.model.detection.DetectionEvent;
import io.incidentcommander.model.detection.PatternMatch;
import io.incidentcommander.operators.correlation.control.ControlSettings;
import io.incidentcommander.operators.correlation.control.ControlState;
import io.incidentcommander.udfs.correlation.catalogue.CatalogueEntry;
import io.incidentcommander.udfs.correlation.catalogue.ExpectedSignal;
import io.incidentcommander.udfs.correlation.control.ControlDocumentReader;
import io.incidentcommander.udfs.detection.Expectations;
import io.incidentcommander.udfs.ingest.SourceProfile;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.java.tuple.Tuple2;
import org.apache.flink.runtime.state.KeyGroupRangeAssignment;
import org.apache.flink.runtime.state.StateInitializationContext;
import org.apache.flink.runtime.state.VoidNamespace;
import org.apache.flink.runtime.state.VoidNamespaceSerializer;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.InternalTimer;
import org.apache.flink.streaming.api.operators.InternalTimerService;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.api.operators.Triggerable;
import org.apache.flink.streaming.api.operators.TwoInputStreamOperator;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;

/**
 * Keyed by (tenant, service): tells of expected signals that do not come. Every signal of the
 * catalogue is armed at the first watermark that sees it there, also of services that never sent
 * anything; each time it is heard it is armed anew; past its time it is told once, until it is
 * heard again. What the catalogue no longer expects is disarmed at its time. The end of input is
 * not silence. Entries for all tenants are expected of the default tenant and of those that have
 * entries of their own.
 *
 * <p>State: for each expected signal when it was heard last and whether its silence was told; bound
 * by the catalogue.
 */
public final class SilenceWatchOperator extends AbstractStreamOperator<PatternMatch>
        implements OneInputStreamOperator<DetectionEvent, PatternMatch>,
                TwoInputStreamOperator<DetectionEvent, ControlUpdate, PatternMatch>,
                Triggerable<Tuple2<String, String>, VoidNamespace> {
    private static final long serialVersionUID = 1L;

    static final MapStateDescriptor<String, Tuple2<Long, Boolean>> HEARD =
            new MapStateDescriptor<>(
                    "heard-signals", Types.STRING, Types.TUPLE(Types.LONG, Types.BOOLEAN));

    private final ControlSettings settings;

    private transient ControlState control;
    private transient MapState<String, Tuple2<Long, Boolean>> heard;
    private transient InternalTimerService<VoidNamespace> timers;
    private transient Set<List<String>> armed;
    private transient boolean changed;

    public SilenceWatchOperator(ControlSettings settings) {
        this.settings = settings;
    }

    @Override
    public void initializeState(StateInitializationContext context) throws Exception {
        super.initializeState(context);
        control = ControlState.restore(context.getOperatorStateStore(), settings);
        armed = new HashSet<>();
        changed = true;
    }

    @Override
    public void open() throws Exception {
        super.open();
        heard =
                getKeyedStateStore()
                        .getMapState(
                                new MapStateDescriptor<>(
                                        HEARD.getName(),
                                        Types.STRING,
                                        Types.TUPLE(Types.LONG, Types.BOOLEAN)));
        timers = getInternalTimerService("silence", VoidNamespaceSerializer.INSTANCE, this);
    }

    @Override
    public void processElement(StreamRecord<DetectionEvent> element) throws Exception {
        DetectionEvent event = element.getValue();
        Tuple2<Long, Boolean> before = heard.get(event.subject());
        if (before != null && event.eventTimeMillis() <= before.f0) {
            return;
        }
        long within = within(event.tenant(), event.service(), event.subject());
        if (within > 0) {
            heard.put(event.subject(), Tuple2.of(event.eventTimeMillis(), false));
            if (before == null || before.f1) {
                due(event.eventTimeMillis() + within);
            }
        }
    }

    @Override
    public void processElement1(StreamRecord<DetectionEvent> element) throws Exception {
        processElement(element);
    }

    @Override
    public void processElement2(StreamRecord<ControlUpdate> element) throws Exception {
        if (element.getValue().kind() != ControlKind.CHANGE) {
            control.accept(element.getValue(), timers.currentWatermark());
        }
        changed = true;
    }

    @Override
    public void processWatermark(Watermark mark) throws Exception {
        if (changed && mark.getTimestamp() != Long.MAX_VALUE) {
            changed = false;
            armAll(mark.getTimestamp());
        }
        super.processWatermark(mark);
        control.advance(mark.getTimestamp());
    }

    @Override
    public void processWatermark1(Watermark mark) throws Exception {
        processWatermark(mark);
    }

    @Override
    public void processWatermark2(Watermark mark) {}

    @Override
    public void onEventTime(InternalTimer<Tuple2<String, String>, VoidNamespace> timer)
            throws Exception {
        String tenant = timer.getKey().f0;
        String service = timer.getKey().f1;
        boolean isEnd = timers.currentWatermark() == Long.MAX_VALUE;
        List<String> gone = new ArrayList<>();
        for (Map.Entry<String, Tuple2<Long, Boolean>> entry : heard.entries()) {
            long within = within(tenant, service, entry.getKey());
            Tuple2<Long, Boolean> state = entry.getValue();
            if (within < 0 || isEnd) {
                gone.add(entry.getKey());
            } else if (!state.f1 && state.f0 + within <= timer.getTimestamp()) {
                entry.setValue(Tuple2.of(state.f0, true));
                output.collect(
                        new StreamRecord<>(
                                Expectations.silent(
                                        tenant,
                                        service,
                                        entry.getKey(),
                                        state.f0,
                                        timer.getTimestamp()),
                                timer.getTimestamp()));
            } else if (!state.f1) {
                due(state.f0 + within);
            }
        }
        for (String signal : gone) {
            heard.remove(signal);
            armed.remove(List.of(tenant, service, signal));
        }
    }

    @Override
    public void onProcessingTime(InternalTimer<Tuple2<String, String>, VoidNamespace> timer) {
        throw new IllegalStateException("Detection knows event time alone");
    }

    /** Begins to wait for what is in the catalogue and belongs to this subtask. */
    private void armAll(long millis) throws Exception {
        Set<String> tenants = new HashSet<>(control.book().tenants());
        tenants.remove(ControlDocumentReader.ALL_TENANTS);
        tenants.add(SourceProfile.DEFAULT_TENANT);
        Object before = getCurrentKey();
        for (String tenant : tenants) {
            for (CatalogueEntry entry :
                    control.rules(tenant, millis).catalogue().entries().values()) {
                Tuple2<String, String> key = Tuple2.of(tenant, entry.service());
                if (!entry.expected().isEmpty() && isMine(key)) {
                    setCurrentKey(key);
                    armEach(tenant, entry, millis);
                }
            }
        }
        if (before != null) {
            setCurrentKey(before);
        }
    }

    private void armEach(String tenant, CatalogueEntry entry, long millis) throws Exception {
        for (Map.Entry<String, ExpectedSignal> signal : Expectations.of(entry).entrySet()) {
            boolean isNew = armed.add(List.of(tenant, entry.service(), signal.getKey()));
            if (isNew && !heard.contains(signal.getKey())) {
                heard.put(signal.getKey(), Tuple2.of(millis, false));
                due(millis + signal.getValue().withinMillis());
            }
        }
    }

    /** One timer waits for a signal, however often it is heard: it looks when it was last. */
    private void due(long millis) {
        timers.registerEventTimeTimer(VoidNamespace.INSTANCE, millis);
    }

    private boolean isMine(Tuple2<String, String> key) {
        int most = getRuntimeContext().getTaskInfo().getMaxNumberOfParallelSubtasks();
        int all = getRuntimeContext().getTaskInfo().getNumberOfParallelSubtasks();
        int group = KeyGroupRangeAssignment.assignToKeyGroup(key, most);
        return KeyGroupRangeAssignment.computeOperatorIndexForKeyGroup(most, all, group)
                == getRuntimeContext().getTaskInfo().getIndexOfThisSubtask();
    }

    /** Negative: nothing of the name is expected. */
    private long within(String tenant, String service, String signal) {
        CatalogueEntry entry =
                control.rules(tenant, timers.currentWatermark()).catalogue().get(service);
        ExpectedSignal expected = Expectations.of(entry).get(signal);
        return expected == null ? -1 : expected.withinMillis();
    }
}
