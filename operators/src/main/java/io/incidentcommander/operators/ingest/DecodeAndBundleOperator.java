// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.operators.ingest;

import io.incidentcommander.model.audit.AlertFate;
import io.incidentcommander.model.audit.Disposition;
import io.incidentcommander.model.audit.RecordOutcome;
import io.incidentcommander.model.ingest.Alert;
import io.incidentcommander.model.ingest.DeadLetter;
import io.incidentcommander.model.ingest.LogRecord;
import io.incidentcommander.model.ingest.MetricPoint;
import io.incidentcommander.model.ingest.RawRecord;
import io.incidentcommander.model.ingest.SourceReport;
import io.incidentcommander.model.sampling.AlertRun;
import io.incidentcommander.operators.audit.FateDetail;
import io.incidentcommander.operators.audit.LedgeredOperator;
import io.incidentcommander.udfs.ingest.DecodeOutcome;
import io.incidentcommander.udfs.ingest.EventClock;
import io.incidentcommander.udfs.ingest.RecordDecoding;
import io.incidentcommander.udfs.ingest.SourceTally;
import io.incidentcommander.udfs.ingest.TimedDecoding;
import io.incidentcommander.udfs.ingest.repeat.RepeatRecogniser;
import io.incidentcommander.udfs.ingest.repeat.Verdict;
import io.incidentcommander.udfs.sampling.AlertBundle;
import io.incidentcommander.udfs.sampling.AlertBundle.Sameness;
import io.incidentcommander.udfs.sampling.RunAccumulator;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.OptionalLong;
import org.apache.flink.api.common.operators.ProcessingTimeService.ProcessingTimeCallback;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.runtime.io.network.api.writer.ResultPartitionWriter;
import org.apache.flink.runtime.state.StateInitializationContext;
import org.apache.flink.runtime.state.StateSnapshotContext;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.runtime.watermarkstatus.WatermarkStatus;
import org.apache.flink.util.OutputTag;

/**
 * Raw bytes in, runs of alerts out, one run for all repeats within a slice. Decoding and bundling
 * are one operator, because whoever knows a repeat need not decode it.
 *
 * <p>Flushes when the bundle is full or old, before each checkpoint barrier, before each watermark
 * and at the end of input; so nothing is in the bundle when state is taken, and no run comes after
 * the watermark that closes its slice because of bundling. Makes the watermarks itself, aligned to
 * slices, from alerts and heartbeats ({@link EventClock}); watermarks from upstream are ignored but
 * for the last. State: skew estimates, live only.
 */
public final class DecodeAndBundleOperator extends LedgeredOperator<AlertRun>
        implements OneInputStreamOperator<RawRecord, AlertRun>, ProcessingTimeCallback {
    private static final long serialVersionUID = 1L;

    /** Records that could not be decoded, or parts of one. */
    public static final OutputTag<DeadLetter> DEAD_LETTERS =
            new OutputTag<DeadLetter>("dead-letters") {
                private static final long serialVersionUID = 1L;
            };

    /** Telemetry, for baselines and forecasts. */
    public static final OutputTag<MetricPoint> METRICS =
            new OutputTag<MetricPoint>("metrics") {
                private static final long serialVersionUID = 1L;
            };

    /** Telemetry, for diagnosis. */
    public static final OutputTag<LogRecord> LOGS =
            new OutputTag<LogRecord>("logs") {
                private static final long serialVersionUID = 1L;
            };

    /** What sources brought, for how surely incidents are judged. */
    public static final OutputTag<SourceReport> SOURCES =
            new OutputTag<SourceReport>("sources") {
                private static final long serialVersionUID = 1L;
            };

    private static final String STAGE = "ingest";
    private static final long TICK_MILLIS = 50;
    private static final int TEMPLATES = 131_072;
    private static final int REMEMBERED_ACCUMULATORS = 131_072;

    private final IngestSettings settings;
    private final DecodingProvider decodings;

    private transient RecordDecoding decoding;
    private transient RepeatRecogniser<KnownRecord> recogniser;
    private transient AlertBundle bundle;
    private transient EventClock clock;
    private transient SourceTally tally;
    private transient ArrivalTime arrivalTime;
    private transient SkewState skewState;
    private transient DataOutputSerializer encoding;
    private transient Alert.AlertCodec alertCodec;
    private transient StreamRecord<AlertRun> run;
    private transient long watermark;
    private transient long bundleSince;
    private transient long recordsSinceTick;
    private transient long quietTicks;
    private transient boolean idle;

    public DecodeAndBundleOperator(IngestSettings settings, DecodingProvider decodings) {
        super(STAGE, settings.fateDetail());
        this.settings = settings;
        this.decodings = decodings;
    }

    @Override
    public void initializeState(StateInitializationContext context) throws Exception {
        super.initializeState(context);
        arrivalTime = new ArrivalTime(settings.pastMillis(), settings.futureMillis());
        if (settings.isLive()) {
            skewState =
                    new SkewState(
                            context.getOperatorStateStore(), getRuntimeContext().getTaskInfo());
            skewState.restoreTo(arrivalTime);
        }
    }

    @Override
    public void open() throws Exception {
        super.open();
        decoding = settings.isLive() ? decodings.create() : new TimedDecoding(decodings.create());
        recogniser =
                new RepeatRecogniser<>(
                        decodings.repeatable(),
                        this::decoded,
                        TEMPLATES,
                        templateBytes(Runtime.getRuntime().maxMemory()));
        bundle =
                new AlertBundle(
                        settings.slices(),
                        settings.bundleRuns(),
                        REMEMBERED_ACCUMULATORS,
                        settings.isLive() ? Sameness.FINGERPRINT : Sameness.CONTENT,
                        repeatListener());
        clock = new EventClock(settings.disorderMillis(), settings.idleMillis());
        tally = new SourceTally(id -> settings.profileOf(id).tenant(), this::watch);
        encoding = new DataOutputSerializer(1024);
        alertCodec = new Alert.AlertCodec();
        run = new StreamRecord<>(null);
        watermark = Long.MIN_VALUE;
        registerMetrics();
        if (settings.isLive()) {
            scheduleTick();
        }
    }

    /**
     * How many bytes of records a subtask may remember, by the heap there is: a sixteenth, within
     * limits. More spare decoding, and decide nothing.
     */
    static long templateBytes(long heapBytes) {
        return Math.max(96L << 20, Math.min(224L << 20, heapBytes / 16));
    }

    @Override
    public void processElement(StreamRecord<RawRecord> element) {
        RawRecord record = element.getValue();
        recordsSinceTick++;
        wake();
        if (isOfTimeAlone(record)) {
            return;
        }
        if (recogniser.recognise(record) == Verdict.REPEAT) {
            repeat(record, recogniser.value());
        } else {
            decode(record);
        }
        if (bundle.isFull()) {
            flush();
        }
    }

    private boolean isOfTimeAlone(RawRecord record) {
        switch (record.kind()) {
            case HEARTBEAT:
                if (settings.isLive()) {
                    drained(record);
                    advance();
                }
                return true;
            case ASSIGNED:
                clock.assigned(record.source(), record.partition());
                return true;
            default:
                return false;
        }
    }

    private void drained(RawRecord heartbeat) {
        if (heartbeat.partition().isEmpty()) {
            clock.drained(heartbeat.source(), heartbeat.arrivalMillis());
        } else {
            clock.drained(heartbeat.source(), heartbeat.partition(), heartbeat.arrivalMillis());
        }
    }

    private void repeat(RawRecord record, KnownRecord known) {
        RunAccumulator[] accumulators = known.accumulators;
        counters().add(record.source(), RecordOutcome.ALERT_BEARING, 1);
        counters().addAlerts(record.source(), accumulators.length);
        boolean ownTimes = recogniser.hasOwnTimes();
        long original = 0;
        long time = 0;
        for (int i = 0; i < accumulators.length; i++) {
            original = ownTimes ? recogniser.eventTimeMillis(i) : known.timesMillis[i];
            time = add(record, accumulators[i], original, known.indexes[i]);
        }
        heard(record, original, time);
    }

    private void decode(RawRecord record) {
        DecodeOutcome outcome = decoded(record);
        counters().add(record.source(), outcome.outcome(), 1);
        switch (outcome.outcome()) {
            case ALERT_BEARING:
                bear(record, outcome);
                break;
            case DEAD_LETTER:
                deadLetter(record, outcome.reason());
                tally.malformed(
                        record.source(),
                        record.hasArrival()
                                ? OptionalLong.of(record.arrivalMillis())
                                : OptionalLong.empty());
                break;
            case TELEMETRY:
                long at =
                        outcome.metrics().isEmpty()
                                ? outcome.logs().get(0).timeMillis()
                                : outcome.metrics().get(0).timeMillis();
                heard(record, at, at);
                outcome.metrics().forEach(m -> output.collect(METRICS, new StreamRecord<>(m)));
                outcome.logs().forEach(l -> output.collect(LOGS, new StreamRecord<>(l)));
                break;
            default:
                if (record.hasArrival()) {
                    heard(record, record.arrivalMillis(), record.arrivalMillis());
                }
        }
        outcome.rejectedParts().forEach(reason -> deadLetter(record, reason));
    }

    private DecodeOutcome decoded(RawRecord record) {
        return decoding.decode(record, settings.profileOf(record.source()));
    }

    private void bear(RawRecord record, DecodeOutcome outcome) {
        List<Alert> alerts = outcome.alerts();
        counters().addAlerts(record.source(), alerts.size());
        KnownRecord known = new KnownRecord(alerts.size());
        long time = 0;
        for (int i = 0; i < alerts.size(); i++) {
            Alert alert = alerts.get(i);
            known.accumulators[i] = bundle.accumulatorOf(alert, this::encode);
            known.timesMillis[i] = alert.eventTimeMillis();
            known.indexes[i] = alert.id().index();
            time = add(record, known.accumulators[i], alert.eventTimeMillis(), alert.id().index());
        }
        heard(record, alerts.get(alerts.size() - 1).eventTimeMillis(), time);
        recogniser.learn(record, outcome, known);
    }

    /** The event time of the alert. */
    private long add(RawRecord record, RunAccumulator accumulator, long original, int index) {
        long time = original;
        if (settings.isLive()) {
            time = arrivalTime.correct(original, record);
            long arrival = record.hasArrival() ? record.arrivalMillis() : time;
            clock.observe(record.source(), record.partition(), time, arrival);
        }
        accumulator.add(time, record.partition(), record.offset(), index);
        return time;
    }

    private void heard(RawRecord record, long original, long time) {
        long arrival = record.hasArrival() ? record.arrivalMillis() : time;
        tally.heard(record.source(), original, time, arrival);
    }

    private void deadLetter(RawRecord record, String reason) {
        output.collect(DEAD_LETTERS, new StreamRecord<>(DeadLetter.of(record, reason)));
    }

    private byte[] encode(Alert alert) {
        try {
            encoding.clear();
            alertCodec.write(alert, encoding);
            return encoding.getCopyOfBuffer();
        } catch (IOException e) {
            throw new UncheckedIOException("Writing to memory cannot fail", e);
        }
    }

    private void flush() {
        bundle.flush(r -> output.collect(run.replace(r, r.lastMillis())));
        tally.drain(r -> output.collect(SOURCES, new StreamRecord<>(r, r.atMillis())));
        bundleSince = getProcessingTimeService().getCurrentProcessingTime();
    }

    /** Forwards time as far as the clock has come, after what came before it. */
    private void advance() {
        long time = clock.time();
        if (time == EventClock.NOT_STARTED) {
            return;
        }
        long aligned = settings.slices().lastClosedBy(time);
        if (aligned > watermark) {
            emitWatermark(aligned);
        }
    }

    private void emitWatermark(long to) {
        flush();
        watermark = to;
        output.emitWatermark(new Watermark(to));
    }

    @Override
    public void processWatermark(Watermark mark) {
        if (mark.getTimestamp() == Long.MAX_VALUE) {
            wake();
            emitWatermark(Long.MAX_VALUE);
        }
    }

    /** Of no account: whether time stands still is decided here, as time itself is. */
    @Override
    public void processWatermarkStatus(WatermarkStatus status) {}

    /**
     * Live housekeeping. Between two ticks at least one record is processed if one is there and the
     * task may go on; so ticks without records, and without backpressure, mean that there were
     * none. Under backpressure ticks do come: a task that waits for buffers still runs its timers.
     */
    @Override
    public void onProcessingTime(long now) {
        quietTicks = recordsSinceTick == 0 && isFreeToEmit() ? quietTicks + 1 : 0;
        recordsSinceTick = 0;
        if (!idle && quietTicks * TICK_MILLIS >= settings.idleMillis()) {
            idle = true;
            output.emitWatermarkStatus(WatermarkStatus.IDLE);
        }
        if (!idle) {
            advance();
        }
        if (!bundle.isEmpty() && now - bundleSince >= settings.bundleAgeMillis()) {
            flush();
        }
        scheduleTick();
    }

    private boolean isFreeToEmit() {
        for (ResultPartitionWriter writer : getContainingTask().getEnvironment().getAllWriters()) {
            if (!writer.isAvailable()) {
                return false;
            }
        }
        return true;
    }

    /** Before anything is emitted: Flink drops the watermarks of an idle channel, even the last. */
    private void wake() {
        if (idle) {
            idle = false;
            output.emitWatermarkStatus(WatermarkStatus.ACTIVE);
        }
    }

    private void scheduleTick() {
        long now = getProcessingTimeService().getCurrentProcessingTime();
        getProcessingTimeService().registerTimer(now + TICK_MILLIS, this);
    }

    @Override
    public void prepareSnapshotPreBarrier(long checkpointId) throws Exception {
        flush();
        super.prepareSnapshotPreBarrier(checkpointId);
    }

    @Override
    public void snapshotState(StateSnapshotContext context) throws Exception {
        super.snapshotState(context);
        if (settings.isLive()) {
            skewState.store(arrivalTime);
        }
    }

    @Override
    public void finish() throws Exception {
        flush();
        super.finish();
    }

    private AlertBundle.RepeatListener repeatListener() {
        if (detail() != FateDetail.EVERY_ALERT) {
            return AlertBundle.RepeatListener.NONE;
        }
        return (repeat, representative) ->
                emitFate(
                        AlertFate.of(
                                        repeat,
                                        Disposition.DUPLICATE,
                                        "sampling",
                                        "repeat within seconds")
                                .representedBy(representative));
    }

    private void registerMetrics() {
        getMetricGroup().gauge("eventTime", () -> watermark);
        getMetricGroup().gauge("knownRecords", () -> recogniser.size());
        getMetricGroup().gauge("knownRecordBytes", () -> recogniser.bytes());
    }

    /** How a source does, by id; of what this subtask reads of it. */
    private void watch(SourceTally.Quality source) {
        MetricGroup group = getMetricGroup().addGroup("source", source.source());
        group.gauge("lagMillis", source::lagMillis);
        group.gauge("malformedShare", source::malformedShare);
        group.gauge("skewMillis", source::skewMillis);
        group.gauge(
                "silentMillis",
                () -> source.silentMillis(getProcessingTimeService().getCurrentProcessingTime()));
    }

    /** What a repeat of a record adds to. */
    private static final class KnownRecord {
        private final RunAccumulator[] accumulators;
        private final long[] timesMillis;
        private final int[] indexes;

        KnownRecord(int alerts) {
            accumulators = new RunAccumulator[alerts];
            timesMillis = new long[alerts];
            indexes = new int[alerts];
        }
    }
}
