// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.operators.diagnosis.logs;

import io.incidentcommander.model.diagnosis.logs.LogSlice;
import io.incidentcommander.model.diagnosis.logs.LogWindow;
import java.util.Optional;
import org.apache.flink.api.common.functions.RuntimeContext;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;

/**
 * The keyed state of log analysis, by (tenant, service): slices that are open, the window of those
 * that are closed, and whether something was found last. Bound: the policy's groups a slice and
 * templates a service; a slice ends when the watermark closes it, the window when its last slice is
 * as old as the window is long, both by timers. No TTL.
 */
public final class LogWindowState {
    public static final MapStateDescriptor<Long, LogSlice> OPEN =
            new MapStateDescriptor<>(
                    "open-log-slices", Types.LONG, TypeInformation.of(LogSlice.class));
    public static final ValueStateDescriptor<LogWindow> WINDOW =
            new ValueStateDescriptor<>("log-window", TypeInformation.of(LogWindow.class));
    public static final ValueStateDescriptor<Boolean> FOUND =
            new ValueStateDescriptor<>("log-findings-told", Types.BOOLEAN);

    private final MapState<Long, LogSlice> open;
    private final ValueState<LogWindow> window;
    private final ValueState<Boolean> found;

    LogWindowState(RuntimeContext context) {
        open = context.getMapState(OPEN);
        window = context.getState(WINDOW);
        found = context.getState(FOUND);
    }

    Optional<LogSlice> open(long startMillis) throws Exception {
        return Optional.ofNullable(open.get(startMillis));
    }

    void open(LogSlice slice) throws Exception {
        open.put(slice.startMillis(), slice);
    }

    void close(long startMillis) throws Exception {
        open.remove(startMillis);
    }

    LogWindow window() throws Exception {
        LogWindow known = window.value();
        return known == null ? LogWindow.empty() : known;
    }

    void window(LogWindow value) throws Exception {
        if (value.equals(LogWindow.empty())) {
            window.clear();
        } else {
            window.update(value);
        }
    }

    /** Whether something was found when it was looked last. */
    boolean wasFound() throws Exception {
        return found.value() != null;
    }

    void found(boolean something) throws Exception {
        if (something) {
            found.update(true);
        } else {
            found.clear();
        }
    }
}
