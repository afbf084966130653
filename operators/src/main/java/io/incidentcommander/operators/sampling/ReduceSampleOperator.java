// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.operators.sampling;

import io.incidentcommander.model.audit.AlertFate;
import io.incidentcommander.model.audit.Disposition;
import io.incidentcommander.model.ingest.Alert;
import io.incidentcommander.model.ingest.Severity;
import io.incidentcommander.model.sampling.NotableAlert;
import io.incidentcommander.model.sampling.ServiceSecond;
import io.incidentcommander.operators.audit.FateDetail;
import io.incidentcommander.operators.audit.LedgeredOperator;
import io.incidentcommander.udfs.sampling.PrioritySample;
import io.incidentcommander.udfs.sampling.Slices;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;

/**
 * Reduces, on each subtask and before the shuffle by service, the alerts of a service and second to
 * those that can be in its sample: a service in a storm is no hot key. Emits before each watermark
 * and each checkpoint barrier, so it has no state. What it holds is bounded by the budget for each
 * service and second in sight.
 */
public final class ReduceSampleOperator extends LedgeredOperator<ServiceSecond>
        implements OneInputStreamOperator<NotableAlert, ServiceSecond> {
    private static final long serialVersionUID = 1L;
    private static final Slices SECONDS = new Slices(1000);

    private final int perSecond;

    private transient PrioritySample sample;
    private transient Map<Place, ServiceSecond> parts;
    private transient Map<Place, List<NotableAlert>> fresh;

    public ReduceSampleOperator(int perSecond, FateDetail detail) {
        super("sampling", detail);
        this.perSecond = perSecond;
    }

    @Override
    public void open() throws Exception {
        super.open();
        sample = new PrioritySample(perSecond);
        parts = new HashMap<>();
        fresh = new HashMap<>();
    }

    @Override
    public void processElement(StreamRecord<NotableAlert> element) {
        NotableAlert notable = element.getValue();
        Place place = new Place(notable.alert());
        List<NotableAlert> waiting = fresh.computeIfAbsent(place, p -> new ArrayList<>());
        waiting.add(notable);
        if (waiting.size() >= 2 * perSecond) {
            fold(place, waiting);
        }
    }

    @Override
    public void processWatermark(Watermark mark) throws Exception {
        flush();
        super.processWatermark(mark);
    }

    @Override
    public void prepareSnapshotPreBarrier(long checkpointId) throws Exception {
        flush();
        super.prepareSnapshotPreBarrier(checkpointId);
    }

    @Override
    public void finish() throws Exception {
        flush();
        super.finish();
    }

    private void fold(Place place, List<NotableAlert> waiting) {
        ServiceSecond part =
                new ServiceSecond(
                        place.tenant,
                        place.service,
                        place.secondMillis,
                        waiting,
                        new long[Severity.values().length]);
        waiting.clear();
        ServiceSecond before = parts.get(place);
        parts.put(place, sample.reduce(before == null ? part : before.plus(part), this::leftOut));
    }

    private void flush() {
        fresh.forEach(
                (place, waiting) -> {
                    if (!waiting.isEmpty()) {
                        fold(place, waiting);
                    }
                });
        fresh.clear();
        parts.values().forEach(p -> output.collect(new StreamRecord<>(p, p.secondMillis())));
        parts.clear();
    }

    private void leftOut(NotableAlert notable) {
        counters().add(notable.alert().id().source(), Disposition.SAMPLED_OUT, 1);
        emitFate(overBudget(notable, perSecond));
    }

    static AlertFate overBudget(NotableAlert notable, int perSecond) {
        return AlertFate.of(
                notable.alert(),
                Disposition.SAMPLED_OUT,
                "sampling",
                "over the budget of "
                        + perSecond
                        + " alerts/s of its service, by severity and fingerprint");
    }

    /** A service in a second. */
    private static final class Place {
        private final String tenant;
        private final String service;
        private final long secondMillis;

        Place(Alert alert) {
            tenant = alert.tenant();
            service = alert.service();
            secondMillis = SECONDS.startOf(alert.eventTimeMillis());
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Place
                    && ((Place) other).secondMillis == secondMillis
                    && ((Place) other).service.equals(service)
                    && ((Place) other).tenant.equals(tenant);
        }

        @Override
        public int hashCode() {
            return Objects.hash(tenant, service, secondMillis);
        }
    }
}
