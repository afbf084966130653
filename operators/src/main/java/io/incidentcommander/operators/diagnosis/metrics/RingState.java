// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.operators.diagnosis.metrics;

import io.incidentcommander.model.diagnosis.DiagnosisRequest;
import io.incidentcommander.model.diagnosis.metrics.MetricRing;
import io.incidentcommander.model.diagnosis.metrics.ServiceReadings;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.flink.api.common.functions.RuntimeContext;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;

/**
 * The newest metrics of a tenant's services, and the requests that wait for the time they were made
 * at. Bounds: so many services a tenant, each with a {@link MetricRing} of at most 24 KB, which is
 * forgotten once nothing came for as long as it reaches back; a service that comes when there is no
 * room is not kept. A request leaves when the watermark reaches its time. No TTL.
 */
final class RingState {
    private static final MapStateDescriptor<String, MetricRing> RINGS =
            new MapStateDescriptor<>(
                    "metric-rings", Types.STRING, TypeInformation.of(MetricRing.class));
    private static final ValueStateDescriptor<Integer> COUNT =
            new ValueStateDescriptor<>("metric-ring-count", Types.INT);
    private static final MapStateDescriptor<String, DiagnosisRequest> WAITING =
            new MapStateDescriptor<>(
                    "requests-to-rank", Types.STRING, TypeInformation.of(DiagnosisRequest.class));

    private final int mostServices;
    private final MapState<String, MetricRing> rings;
    private final ValueState<Integer> count;
    private final MapState<String, DiagnosisRequest> waiting;

    RingState(RuntimeContext context, int mostServices) {
        this.mostServices = mostServices;
        rings = context.getMapState(RINGS);
        count = context.getState(COUNT);
        waiting = context.getMapState(WAITING);
    }

    /** Whether there was room. */
    boolean add(ServiceReadings readings) throws Exception {
        MetricRing known = rings.get(readings.service());
        if (known == null) {
            int kept = count.value() == null ? 0 : count.value();
            if (kept >= mostServices) {
                return false;
            }
            count.update(kept + 1);
            known = MetricRing.empty();
        }
        rings.put(readings.service(), known.plus(readings));
        return true;
    }

    SortedMap<String, MetricRing> rings(Collection<String> services) throws Exception {
        SortedMap<String, MetricRing> found = new TreeMap<>();
        for (String service : services) {
            MetricRing ring = rings.get(service);
            if (ring != null) {
                found.put(service, ring);
            }
        }
        return found;
    }

    void await(DiagnosisRequest request) throws Exception {
        waiting.put(request.id(), request);
    }

    /** Those whose time has come, by id; they no longer wait. */
    List<DiagnosisRequest> due(long time) throws Exception {
        List<DiagnosisRequest> due = new ArrayList<>();
        Iterator<DiagnosisRequest> all = waiting.values().iterator();
        while (all.hasNext()) {
            DiagnosisRequest one = all.next();
            if (one.requestedAtMillis() <= time) {
                due.add(one);
                all.remove();
            }
        }
        if (waiting.isEmpty()) {
            waiting.clear();
        }
        due.sort(Comparator.comparing(DiagnosisRequest::id));
        return due;
    }

    /** Drops services of which nothing came for long; whether any is left. */
    boolean forget(long time) throws Exception {
        long oldest = ServiceReadings.periodOf(time) - MetricRing.MOST_PERIODS;
        int left = 0;
        Iterator<MetricRing> all = rings.values().iterator();
        while (all.hasNext()) {
            if (all.next().newest() <= oldest) {
                all.remove();
            } else {
                left++;
            }
        }
        if (left == 0) {
            rings.clear();
            count.clear();
        } else {
            count.update(left);
        }
        return left > 0;
    }
}
