// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.operators.detection.anomaly;

import io.incidentcommander.model.audit.RecordOutcome;
import io.incidentcommander.model.detection.anomaly.SeriesReading;
import io.incidentcommander.model.ingest.Alert;
import io.incidentcommander.model.ingest.AlertId;
import io.incidentcommander.model.ingest.MetricPoint;
import io.incidentcommander.model.sampling.AlertRun;
import io.incidentcommander.operators.audit.FateDetail;
import io.incidentcommander.operators.audit.LedgeredOperator;
import io.incidentcommander.udfs.detection.anomaly.AnomalyAlerts;
import io.incidentcommander.udfs.detection.anomaly.AnomalyPolicy;
import io.incidentcommander.udfs.detection.anomaly.SeriesWatch;
import io.incidentcommander.udfs.detection.anomaly.SeriesWatch.Change;
import io.incidentcommander.udfs.sampling.Slices;
import java.io.IOException;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.flink.api.common.accumulators.LongCounter;
import org.apache.flink.api.common.typeutils.base.LongSerializer;
import org.apache.flink.api.java.tuple.Tuple3;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.runtime.state.VoidNamespace;
import org.apache.flink.streaming.api.operators.InternalTimer;
import org.apache.flink.streaming.api.operators.InternalTimerService;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.api.operators.Triggerable;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;

/**
 * Keyed by (tenant, series): gathers the points of a minute until the watermark says that all are
 * there, lets {@link SeriesWatch} judge it, and raises an alert where an anomaly begins or ends.
 * These are records of a source of their own, {@link AlertId#RAISED}, of one alert each. Their
 * event time is that of the watermark that closed the minute: then they were known, and so they are
 * never late. A point of a closed minute is dropped and counted, and so is one further ahead of the
 * watermark than {@value #MOST_AHEAD_MILLIS} ms.
 *
 * <p>A series for which there is no room is not watched, which is counted and logged.
 */
final class ScoreSeriesOperator extends LedgeredOperator<AlertRun>
        implements OneInputStreamOperator<MetricPoint, AlertRun>,
                Triggerable<Tuple3<String, Long, Long>, Long> {
    private static final long serialVersionUID = 1L;

    static final long MOST_AHEAD_MILLIS = 600_000;

    private static final String STAGE = "detection";

    /** The namespace of the timer at which a series is forgotten; others are of their minute. */
    private static final long FORGET = Long.MAX_VALUE;

    private final AnomalyPolicy policy;
    private final Slices slices;

    private transient SeriesWatch watch;
    private transient SeriesState state;
    private transient SeriesRoom room;
    private transient InternalTimerService<Long> timers;
    private transient Alert.AlertCodec codec;
    private transient DataOutputSerializer encoding;
    private transient LongCounter raised;
    private transient Counter late;
    private transient Counter refused;

    ScoreSeriesOperator(AnomalyPolicy policy, Slices slices, FateDetail detail) {
        super(STAGE, detail);
        this.policy = policy;
        this.slices = slices;
    }

    @Override
    public void open() throws Exception {
        super.open();
        watch = new SeriesWatch(policy);
        state = new SeriesState(getKeyedStateStore());
        room =
                new SeriesRoom(
                        policy.mostSeries(),
                        getRuntimeContext().getTaskInfo().getMaxNumberOfParallelSubtasks());
        try (Stream<Tuple3<String, Long, Long>> series =
                this.<Tuple3<String, Long, Long>>getKeyedStateBackend()
                        .getKeys(SeriesState.LAST_SEEN, VoidNamespace.INSTANCE)) {
            series.forEach(room::take);
        }
        timers = getInternalTimerService("series", LongSerializer.INSTANCE, this);
        codec = new Alert.AlertCodec();
        encoding = new DataOutputSerializer(1024);
        raised = new LongCounter();
        getRuntimeContext().addAccumulator(AnomalyStage.RAISED, raised);
        MetricGroup metrics = getMetricGroup().addGroup("anomaly");
        late = metrics.counter("points_out_of_time");
        refused = metrics.counter("points_without_room");
        metrics.gauge("series", () -> room.all());
    }

    @Override
    public void processElement(StreamRecord<MetricPoint> element) throws Exception {
        MetricPoint point = element.getValue();
        long minute = AnomalyPolicy.MINUTES.startOf(point.timeMillis());
        long now = timers.currentWatermark();
        long closesAt = policy.closesAt(minute, key().f2);
        boolean ahead = now != Long.MIN_VALUE && minute > now + MOST_AHEAD_MILLIS;
        if (ahead || closesAt <= now) {
            late.inc();
            return;
        }
        Optional<Long> last = state.lastSeen();
        if (last.isEmpty() && !isLetIn(point)) {
            return;
        }
        if (last.isEmpty() || minute > last.get()) {
            state.seen(minute);
        }
        if (state.add(minute, SeriesReading.of(point))) {
            timers.registerEventTimeTimer(minute, closesAt);
        }
    }

    @Override
    public void onEventTime(InternalTimer<Tuple3<String, Long, Long>, Long> timer)
            throws Exception {
        if (timer.getNamespace() == FORGET) {
            forget(timer.getTimestamp());
            return;
        }
        SeriesReading reading = state.take(timer.getNamespace());
        SeriesWatch.Outcome outcome =
                watch.watch(state.watched(), timer.getNamespace(), reading.value());
        state.watched(outcome.series());
        if (outcome.change() == Change.LATE) {
            late.inc();
        } else if (outcome.change() != Change.NONE) {
            raise(
                    AnomalyAlerts.of(
                            state.name(),
                            reading,
                            outcome.reading(),
                            outcome.change(),
                            timer.getTimestamp()));
        }
    }

    @Override
    public void onProcessingTime(InternalTimer<Tuple3<String, Long, Long>, Long> timer) {
        throw new IllegalStateException("Baselines know event time alone");
    }

    private boolean isLetIn(MetricPoint first) throws IOException {
        if (room.isFullFor(key())) {
            if (refused.getCount() == 0) {
                LOG.warn(
                        "A series of tenant {} is not watched, there is no room for more than {} of"
                                + " a tenant: raise detection.anomaly.max-series, or send fewer"
                                + " dimensions. From here on this is only counted.",
                        first.tenant(),
                        policy.mostSeries());
            }
            refused.inc();
            return false;
        }
        room.take(key());
        state.begin(first);
        long minute = AnomalyPolicy.MINUTES.startOf(first.timeMillis());
        timers.registerEventTimeTimer(FORGET, policy.forgottenAt(minute));
        return true;
    }

    /** One timer for each series: it moves on until nothing came for long. */
    private void forget(long nowMillis) throws IOException {
        long end = policy.forgottenAt(state.lastSeen().orElseThrow());
        if (end > nowMillis) {
            timers.registerEventTimeTimer(FORGET, end);
        } else {
            state.forget();
            room.leave(key());
        }
    }

    private void raise(Alert alert) throws IOException {
        encoding.clear();
        codec.write(alert, encoding);
        long time = alert.eventTimeMillis();
        counters().add(AlertId.RAISED, RecordOutcome.ALERT_BEARING, 1);
        counters().addAlerts(AlertId.RAISED, 1);
        raised.add(1);
        output.collect(
                new StreamRecord<>(
                        new AlertRun(
                                alert.tenant(),
                                alert.fingerprint(),
                                alert.severity(),
                                alert.status(),
                                slices.startOf(time),
                                1,
                                time,
                                alert.id(),
                                time,
                                alert.id(),
                                encoding.getCopyOfBuffer()),
                        time));
    }

    long outOfTime() {
        return late.getCount();
    }

    long withoutRoom() {
        return refused.getCount();
    }

    @SuppressWarnings("unchecked")
    private Tuple3<String, Long, Long> key() {
        return (Tuple3<String, Long, Long>) getCurrentKey();
    }
}
