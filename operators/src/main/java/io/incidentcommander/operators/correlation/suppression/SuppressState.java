// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.operators.correlation.suppression;

import io.incidentcommander.model.correlation.FiringAlert;
import io.incidentcommander.model.ingest.Fingerprint;
import io.incidentcommander.model.sampling.NotableAlert;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.common.state.KeyedStateStore;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.common.typeutils.base.LongSerializer;
import org.apache.flink.api.java.tuple.Tuple2;
import org.apache.flink.runtime.state.KeyedStateBackend;
import org.apache.flink.runtime.state.internal.InternalListState;

/**
 * The keyed state of suppression, by tenant: the alerts of open seconds, the alerts that fire, and
 * up to when was decided. Bound: a second ends when the watermark closes it; alerts that fire by
 * number and age, as {@link io.incidentcommander.udfs.correlation.suppression.SuppressionPolicy}
 * has it. No TTL.
 */
public final class SuppressState {
    /** By second, as namespace. */
    public static final ListStateDescriptor<NotableAlert> OPEN =
            new ListStateDescriptor<>("open-seconds", NotableAlert.class);

    /** By fingerprint. */
    public static final MapStateDescriptor<Tuple2<Long, Long>, FiringAlert> FIRING =
            new MapStateDescriptor<>(
                    "firing-alerts",
                    Types.TUPLE(Types.LONG, Types.LONG),
                    TypeInformation.of(FiringAlert.class));

    /** The last second that was decided, epoch milliseconds. */
    public static final ValueStateDescriptor<Long> DECIDED =
            new ValueStateDescriptor<>("decided-second", Types.LONG);

    private final InternalListState<String, Long, NotableAlert> open;
    private final MapState<Tuple2<Long, Long>, FiringAlert> firing;
    private final ValueState<Long> decided;

    @SuppressWarnings("unchecked")
    SuppressState(KeyedStateBackend<String> backend, KeyedStateStore store) throws Exception {
        open =
                (InternalListState<String, Long, NotableAlert>)
                        backend.getOrCreateKeyedState(
                                LongSerializer.INSTANCE,
                                new ListStateDescriptor<>(OPEN.getName(), NotableAlert.class));
        firing = store.getMapState(FIRING);
        decided = store.getState(DECIDED);
    }

    void add(long second, NotableAlert alert) throws Exception {
        open.setCurrentNamespace(second);
        open.add(alert);
    }

    /** In event-time order; the second is closed. */
    List<NotableAlert> take(long second) throws Exception {
        open.setCurrentNamespace(second);
        List<NotableAlert> alerts = new ArrayList<>();
        Iterable<NotableAlert> stored = open.get();
        if (stored != null) {
            stored.forEach(alerts::add);
            open.clear();
        }
        alerts.sort(NotableAlert.IN_TIME);
        return alerts;
    }

    Iterable<FiringAlert> firing() throws Exception {
        return firing.values();
    }

    void remember(FiringAlert alert) throws Exception {
        firing.put(keyOf(alert.notable().alert().fingerprint()), alert);
    }

    void forget(Fingerprint fingerprint) throws Exception {
        firing.remove(keyOf(fingerprint));
    }

    /** {@code Long.MIN_VALUE} before the first. */
    long decided() throws Exception {
        Long second = decided.value();
        return second == null ? Long.MIN_VALUE : second;
    }

    void decided(long second) throws Exception {
        decided.update(second);
    }

    void clearDecided() {
        decided.clear();
    }

    private static Tuple2<Long, Long> keyOf(Fingerprint fingerprint) {
        return Tuple2.of(fingerprint.high(), fingerprint.low());
    }
}
