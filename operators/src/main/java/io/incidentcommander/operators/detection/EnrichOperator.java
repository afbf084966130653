// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.operators.detection;

import io.incidentcommander.model.correlation.ControlKind;
import io.incidentcommander.model.correlation.ControlUpdate;
import io.incidentcommander.model.correlation.Topology;
import io.incidentcommander.model.correlation.TopologyDirection;
import io.incidentcommander.model.detection.DetectionEvent;
import io.incidentcommander.model.detection.DetectionEvent.Kind;
import io.incidentcommander.model.ingest.Alert;
import io.incidentcommander.model.ingest.Severity;
import io.incidentcommander.model.sampling.NotableAlert;
import io.incidentcommander.model.sampling.NotifyReason;
import io.incidentcommander.operators.correlation.control.ControlSettings;
import io.incidentcommander.operators.correlation.control.ControlState;
import io.incidentcommander.udfs.detection.PatternRules;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.java.tuple.Tuple2;
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
import org.apache.flink.util.OutputTag;

/**
 * Keyed by (tenant, service): makes the events that patterns look at, and no more of them than can
 * matter to one. What clears is one, and what fires; the alerts of a second are one; the first
 * alert of a service that was well is an onset, with the services it depends on. One input: alerts,
 * those of a service in order of time; or two: alerts, and control updates that change the
 * topology. Only alerts move time.
 *
 * <p>State: when the service last had an alert, until {@link #WELL_MILLIS} later; {@link Crowds}.
 * At work in memory, written to state at checkpoints.
 */
public final class EnrichOperator extends AbstractStreamOperator<DetectionEvent>
        implements OneInputStreamOperator<NotableAlert, DetectionEvent>,
                TwoInputStreamOperator<NotableAlert, ControlUpdate, DetectionEvent>,
                Triggerable<Tuple2<String, String>, VoidNamespace> {
    private static final long serialVersionUID = 1L;

    /** Without an alert for so long, a service counts as well; event time, ms. */
    public static final long WELL_MILLIS = 300_000;

    /** How many alerts of a service came in each second. */
    public static final OutputTag<DetectionEvent> CROWDS =
            new OutputTag<>("crowds", TypeInformation.of(DetectionEvent.class));

    /** For patterns across services. */
    public static final OutputTag<DetectionEvent> ONSETS =
            new OutputTag<>("onsets", TypeInformation.of(DetectionEvent.class));

    static final ValueStateDescriptor<Long> LAST =
            new ValueStateDescriptor<>("last-alert-of-service", Types.LONG);

    private final ControlSettings settings;

    private transient ControlState control;
    private transient RememberedValue<Tuple2<String, String>, Long> last;
    private transient Crowds crowds;
    private transient InternalTimerService<VoidNamespace> timers;

    public EnrichOperator(ControlSettings settings) {
        this.settings = settings;
    }

    @Override
    public void initializeState(StateInitializationContext context) throws Exception {
        super.initializeState(context);
        control = ControlState.restore(context.getOperatorStateStore(), settings);
    }

    @Override
    public void open() throws Exception {
        super.open();
        RememberedValue.CurrentKey<Tuple2<String, String>> service = new Service();
        last =
                new RememberedValue<>(
                        getKeyedStateStore()
                                .getState(new ValueStateDescriptor<>(LAST.getName(), Types.LONG)),
                        service);
        crowds = new Crowds(getKeyedStateStore(), service);
        timers = getInternalTimerService("well", VoidNamespaceSerializer.INSTANCE, this);
    }

    @Override
    public void processElement(StreamRecord<NotableAlert> element) throws Exception {
        Alert alert = element.getValue().alert();
        if (element.getValue().reason() == NotifyReason.RESOLVED) {
            emit(event(Kind.CLEARED, alert, List.of()));
            return;
        }
        emit(event(Kind.FIRING, alert, List.of()));
        count(alert);
        if (alert.severity().compareTo(Severity.MEDIUM) >= 0) {
            ill(alert);
        }
    }

    @SuppressWarnings("unchecked")
    private void count(Alert alert) throws Exception {
        Tuple2<String, String> service = (Tuple2<String, String>) getCurrentKey();
        if (Crowds.isOver(alert.eventTimeMillis(), timers.currentWatermark())) {
            tell(crowds.late(alert));
        } else {
            crowds.add(service, alert, this::due).ifPresent(this::tell);
        }
    }

    @Override
    public void processElement1(StreamRecord<NotableAlert> element) throws Exception {
        processElement(element);
    }

    @Override
    public void processElement2(StreamRecord<ControlUpdate> element) throws Exception {
        if (element.getValue().kind() != ControlKind.CHANGE) {
            control.accept(element.getValue(), timers.currentWatermark());
        }
    }

    @Override
    public void processWatermark(Watermark mark) throws Exception {
        crowds.closeUntil(mark.getTimestamp(), this::setCurrentKey, this::tell);
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
    public void prepareSnapshotPreBarrier(long checkpointId) throws Exception {
        super.prepareSnapshotPreBarrier(checkpointId);
        crowds.store(this::setCurrentKey, this::due);
        last.store();
    }

    @Override
    public void onEventTime(InternalTimer<Tuple2<String, String>, VoidNamespace> timer)
            throws Exception {
        long now = timer.getTimestamp();
        Long seen = last.get().orElse(null);
        if (seen != null && seen + WELL_MILLIS <= now) {
            last.clear();
        } else if (seen != null) {
            due(seen + WELL_MILLIS);
        }
        crowds.closeStored(timer.getKey(), now).ifPresent(this::tell);
        crowds.forget(timer.getKey(), now).ifPresent(this::due);
    }

    @Override
    public void onProcessingTime(InternalTimer<Tuple2<String, String>, VoidNamespace> timer) {
        throw new IllegalStateException("Detection knows event time alone");
    }

    private void ill(Alert alert) throws Exception {
        Long seen = last.get().orElse(null);
        long time = alert.eventTimeMillis();
        if (seen == null || time - seen > WELL_MILLIS) {
            DetectionEvent onset = event(Kind.ONSET, alert, dependencies(alert));
            output.collect(ONSETS, new StreamRecord<>(onset, time));
        }
        if (seen == null) {
            due(time + WELL_MILLIS);
        }
        if (seen == null || time > seen) {
            last.put(time);
        }
    }

    private List<String> dependencies(Alert alert) {
        List<List<String>> rings =
                control.rules(alert.tenant(), alert.eventTimeMillis())
                        .topology()
                        .around(alert.service(), Topology.MAX_HOPS, TopologyDirection.CALLEES);
        List<String> all = new ArrayList<>();
        rings.stream().skip(1).forEach(all::addAll);
        return all;
    }

    private static DetectionEvent event(Kind kind, Alert alert, List<String> dependsOn) {
        return new DetectionEvent(
                kind,
                alert.id(),
                alert.tenant(),
                alert.service(),
                kind == Kind.ONSET ? alert.name() : PatternRules.identity(alert),
                alert.eventTimeMillis(),
                alert.value().orElse(Double.NaN),
                dependsOn);
    }

    private void due(long millis) {
        timers.registerEventTimeTimer(VoidNamespace.INSTANCE, millis);
    }

    private void tell(DetectionEvent crowd) {
        output.collect(CROWDS, new StreamRecord<>(crowd, crowd.eventTimeMillis()));
    }

    private final class Service implements RememberedValue.CurrentKey<Tuple2<String, String>> {
        @Override
        @SuppressWarnings("unchecked")
        public Tuple2<String, String> get() {
            return (Tuple2<String, String>) getCurrentKey();
        }

        @Override
        public void set(Tuple2<String, String> service) {
            setCurrentKey(service);
        }
    }

    private void emit(DetectionEvent event) {
        output.collect(new StreamRecord<>(event, event.eventTimeMillis()));
    }
}
