// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.operators.correlation;

import io.incidentcommander.model.correlation.CorrelationSnapshot;
import io.incidentcommander.model.sampling.NotableAlert;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.flink.api.common.state.KeyedStateStore;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.Types;

/**
 * Of a tenant: what correlation knows, and the alerts, counts and other news of seconds that are
 * not closed. Bound: that of the knowledge, three days after the last alert; seconds end when the
 * watermark closes them. No TTL.
 */
public final class CorrelationState {
    public static final ValueStateDescriptor<CorrelationSnapshot> KNOWN =
            new ValueStateDescriptor<>("correlation", CorrelationSnapshot.class);
    public static final ListStateDescriptor<NotableAlert> WAITING =
            new ListStateDescriptor<>("correlation-waiting", NotableAlert.class);
    public static final MapStateDescriptor<Long, Long> SEEN =
            new MapStateDescriptor<>("correlation-seen", Types.LONG, Types.LONG);

    public static final ListStateDescriptor<TenantNews> NEWS =
            new ListStateDescriptor<>("correlation-waiting-news", TenantNews.class);

    private final ValueState<CorrelationSnapshot> known;
    private final ListState<NotableAlert> waiting;
    private final MapState<Long, Long> seen;
    private final ListState<TenantNews> news;

    CorrelationState(KeyedStateStore store) {
        known =
                store.getState(
                        new ValueStateDescriptor<>(KNOWN.getName(), CorrelationSnapshot.class));
        waiting =
                store.getListState(
                        new ListStateDescriptor<>(WAITING.getName(), NotableAlert.class));
        seen = store.getMapState(new MapStateDescriptor<>(SEEN.getName(), Types.LONG, Types.LONG));
        news = store.getListState(new ListStateDescriptor<>(NEWS.getName(), TenantNews.class));
    }

    Optional<CorrelationSnapshot> known() throws IOException {
        return Optional.ofNullable(known.value());
    }

    List<NotableAlert> waiting() throws Exception {
        List<NotableAlert> alerts = new ArrayList<>();
        Iterable<NotableAlert> stored = waiting.get();
        if (stored != null) {
            stored.forEach(alerts::add);
        }
        return alerts;
    }

    Map<Long, Long> seen() throws Exception {
        Map<Long, Long> counts = new TreeMap<>();
        for (Map.Entry<Long, Long> count : seen.entries()) {
            counts.put(count.getKey(), count.getValue());
        }
        return counts;
    }

    List<TenantNews> news() throws Exception {
        List<TenantNews> all = new ArrayList<>();
        Iterable<TenantNews> stored = news.get();
        if (stored != null) {
            stored.forEach(all::add);
        }
        return all;
    }

    void store(
            CorrelationSnapshot snapshot,
            List<NotableAlert> alerts,
            Map<Long, Long> counts,
            List<TenantNews> other)
            throws Exception {
        known.update(snapshot);
        waiting.update(alerts);
        seen.clear();
        seen.putAll(counts);
        news.update(other);
    }

    void clear() {
        known.clear();
        waiting.clear();
        seen.clear();
        news.clear();
    }
}
