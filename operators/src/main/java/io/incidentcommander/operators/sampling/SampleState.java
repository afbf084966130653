// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.operators.sampling;

import io.incidentcommander.model.sampling.SampleThreshold;
import io.incidentcommander.model.sampling.ServiceSecond;
import java.util.Optional;
import org.apache.flink.api.common.state.KeyedStateStore;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;

/**
 * The keyed state of sampling, by (tenant, service): open seconds, and the thresholds of closed
 * ones. Bound: a second ends when the watermark closes it, its threshold after the late memory,
 * both by timers. No TTL.
 */
public final class SampleState {
    public static final MapStateDescriptor<Long, ServiceSecond> OPEN =
            new MapStateDescriptor<>(
                    "open-seconds", Types.LONG, TypeInformation.of(ServiceSecond.class));
    public static final MapStateDescriptor<Long, SampleThreshold> CLOSED =
            new MapStateDescriptor<>(
                    "closed-seconds", Types.LONG, TypeInformation.of(SampleThreshold.class));

    private final MapState<Long, ServiceSecond> open;
    private final MapState<Long, SampleThreshold> closed;

    SampleState(KeyedStateStore store) {
        open = store.getMapState(OPEN);
        closed = store.getMapState(CLOSED);
    }

    Optional<ServiceSecond> open(long secondMillis) throws Exception {
        return Optional.ofNullable(open.get(secondMillis));
    }

    void open(ServiceSecond second) throws Exception {
        open.put(second.secondMillis(), second);
    }

    Optional<SampleThreshold> closed(long secondMillis) throws Exception {
        return Optional.ofNullable(closed.get(secondMillis));
    }

    void close(long secondMillis, SampleThreshold threshold) throws Exception {
        closed.put(secondMillis, threshold);
    }

    /** An open second that was stored is open no more. */
    void decided(long secondMillis) throws Exception {
        open.remove(secondMillis);
    }

    void forget(long secondMillis) throws Exception {
        closed.remove(secondMillis);
    }
}
