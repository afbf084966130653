// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.operators.detection;

import io.incidentcommander.model.correlation.ControlKind;
import io.incidentcommander.model.correlation.ControlUpdate;
import io.incidentcommander.model.detection.DetectionEvent;
import io.incidentcommander.model.detection.DetectionEvent.Kind;
import io.incidentcommander.model.ingest.Alert;
import io.incidentcommander.model.sampling.AlertRun;
import io.incidentcommander.operators.correlation.control.ControlSettings;
import io.incidentcommander.operators.correlation.control.ControlState;
import io.incidentcommander.udfs.correlation.catalogue.CatalogueEntry;
import io.incidentcommander.udfs.correlation.catalogue.ServiceCatalogue;
import io.incidentcommander.udfs.detection.Expectations;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.runtime.state.StateInitializationContext;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.ChainingStrategy;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.api.operators.TwoInputStreamOperator;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;

/**
 * Picks the signs of life that the catalogue expects out of all alerts, repeats included, before
 * deduplication takes those away. Costs a look-up a run where a tenant expects nothing. One input:
 * runs of alerts; or two: these, and control updates.
 */
public final class HearSignalsOperator extends AbstractStreamOperator<DetectionEvent>
        implements OneInputStreamOperator<AlertRun, DetectionEvent>,
                TwoInputStreamOperator<AlertRun, ControlUpdate, DetectionEvent> {
    private static final long serialVersionUID = 1L;

    private final ControlSettings settings;

    private transient ControlState control;
    private transient Alert.AlertCodec alerts;

    /** By tenant: the catalogue as of the last look; as many as there are catalogues. */
    private transient Map<String, ServiceCatalogue> looked;

    private transient Set<String> expecting;

    public HearSignalsOperator(ControlSettings settings) {
        this.settings = settings;
        setChainingStrategy(ChainingStrategy.ALWAYS);
    }

    @Override
    public void initializeState(StateInitializationContext context) throws Exception {
        super.initializeState(context);
        control = ControlState.restore(context.getOperatorStateStore(), settings);
        alerts = new Alert.AlertCodec();
        looked = new HashMap<>();
        expecting = new HashSet<>();
    }

    @Override
    public void processElement(StreamRecord<AlertRun> element) throws Exception {
        AlertRun run = element.getValue();
        ServiceCatalogue catalogue = control.rules(run.tenant(), run.lastMillis()).catalogue();
        if (catalogue.entries().isEmpty() || !expectsAny(run.tenant(), catalogue)) {
            return;
        }
        Alert alert = alerts.read(new DataInputDeserializer(run.firstAlert()));
        List<String> met = Expectations.met(catalogue.get(alert.service()), alert);
        for (String signal : met) {
            DetectionEvent heard =
                    new DetectionEvent(
                            Kind.FIRING,
                            run.lastId(),
                            run.tenant(),
                            alert.service(),
                            signal,
                            run.lastMillis(),
                            Double.NaN,
                            List.of());
            output.collect(new StreamRecord<>(heard, run.lastMillis()));
        }
    }

    @Override
    public void processElement1(StreamRecord<AlertRun> element) throws Exception {
        processElement(element);
    }

    @Override
    public void processElement2(StreamRecord<ControlUpdate> element) throws Exception {
        if (element.getValue().kind() != ControlKind.CHANGE) {
            control.accept(element.getValue(), Long.MIN_VALUE);
        }
    }

    @Override
    public void processWatermark(Watermark mark) throws Exception {
        super.processWatermark(mark);
        control.advance(mark.getTimestamp());
    }

    @Override
    public void processWatermark1(Watermark mark) throws Exception {
        processWatermark(mark);
    }

    @Override
    public void processWatermark2(Watermark mark) {}

    /** By a look at the catalogue once, until it is another. */
    private boolean expectsAny(String tenant, ServiceCatalogue catalogue) {
        if (looked.get(tenant) != catalogue) {
            looked.put(tenant, catalogue);
            expecting.remove(tenant);
            if (expectsAny(catalogue)) {
                expecting.add(tenant);
            }
        }
        return expecting.contains(tenant);
    }

    private static boolean expectsAny(ServiceCatalogue catalogue) {
        for (CatalogueEntry entry : catalogue.entries().values()) {
            if (!entry.expected().isEmpty()) {
                return true;
            }
        }
        return false;
    }
}
