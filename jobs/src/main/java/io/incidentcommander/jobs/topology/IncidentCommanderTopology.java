// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.jobs.topology;

import io.incidentcommander.model.audit.AlertFate;
import io.incidentcommander.model.audit.IncidentEvent;
import io.incidentcommander.model.audit.Ledger;
import io.incidentcommander.model.audit.LedgerDelta;
import io.incidentcommander.model.consensus.Decision;
import io.incidentcommander.model.consensus.VerifiedOutcome;
import io.incidentcommander.model.correlation.ControlReport;
import io.incidentcommander.model.correlation.ControlUpdate;
import io.incidentcommander.model.detection.PatternMatch;
import io.incidentcommander.model.diagnosis.Diagnosis;
import io.incidentcommander.model.diagnosis.logs.ServiceLogs;
import io.incidentcommander.model.ingest.RawRecord;
import io.incidentcommander.model.sampling.AlertRun;
import io.incidentcommander.model.sampling.NotableAlert;
import io.incidentcommander.model.sampling.ServiceSecond;
import io.incidentcommander.operators.OperatorUids;
import io.incidentcommander.operators.audit.LedgerOperator;
import io.incidentcommander.operators.audit.LedgeredOperator;
import io.incidentcommander.operators.correlation.control.NoTime;
import io.incidentcommander.operators.correlation.control.ReadControlFunction;
import io.incidentcommander.operators.correlation.suppression.SuppressOperator;
import io.incidentcommander.operators.correlation.suppression.SuppressUnderControlOperator;
import io.incidentcommander.operators.detection.DetectionStage;
import io.incidentcommander.operators.detection.anomaly.AnomalyStage;
import io.incidentcommander.operators.diagnosis.logs.LogStage;
import io.incidentcommander.operators.ingest.DecodeAndBundleOperator;
import io.incidentcommander.operators.lifecycle.LifecycleFunction;
import io.incidentcommander.operators.sampling.AlertKey;
import io.incidentcommander.operators.sampling.DeduplicateOperator;
import io.incidentcommander.operators.sampling.PrioritySampleOperator;
import io.incidentcommander.operators.sampling.ReduceSampleOperator;
import io.incidentcommander.operators.sampling.flapping.FlapOperator;
import io.incidentcommander.udfs.diagnosis.logs.LogPolicy;
import io.incidentcommander.udfs.diagnosis.redaction.Redaction.Addresses;
import java.util.Optional;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.DataStreamUtils;
import org.apache.flink.streaming.api.datastream.KeyedStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;

/**
 * The job on one screen: raw bytes in, incident events, explanations and the ledger out. A method
 * for each stage, each ending in uid and name. Sources and sinks are injected.
 */
public final class IncidentCommanderTopology {
    private final AlertPathSettings settings;
    private final TopologySinks sinks;
    private final Optional<DataStream<RawRecord>> control;
    private final Optional<ConsensusStage> consensus;
    private final Optional<DiagnosisStage> diagnosis;
    private final Optional<LifecycleStage> lifecycle;
    private final Optional<CommunicationStage> communication;

    // Once the control stream is read.
    private Optional<DataStream<ControlUpdate>> updates = Optional.empty();
    private Optional<DataStream<ControlReport>> reports = Optional.empty();
    private Optional<DataStream<ControlUpdate>> commands = Optional.empty();
    private Optional<DataStream<ControlUpdate>> resets = Optional.empty();

    private IncidentCommanderTopology(
            AlertPathSettings settings,
            TopologySinks sinks,
            Optional<DataStream<RawRecord>> control,
            Optional<ConsensusStage> consensus,
            Optional<DiagnosisStage> diagnosis,
            Optional<LifecycleStage> lifecycle,
            Optional<CommunicationStage> communication) {
        this.settings = settings;
        this.sinks = sinks;
        this.control = control;
        this.consensus = consensus;
        this.diagnosis = diagnosis;
        this.lifecycle = lifecycle;
        this.communication = communication;
    }

    /**
     * @param records of all sources, each with a uid of its own below {@link
     *     OperatorUids#SOURCE_PREFIX}
     */
    public static void build(
            DataStream<RawRecord> records, AlertPathSettings settings, TopologySinks sinks) {
        build(records, Optional.empty(), settings, sinks);
    }

    /**
     * As {@link #build(DataStream, AlertPathSettings, TopologySinks)}, with updates while it runs.
     *
     * @param control messages as {@link ReadControlFunction} reads them
     */
    public static void build(
            DataStream<RawRecord> records,
            Optional<DataStream<RawRecord>> control,
            AlertPathSettings settings,
            TopologySinks sinks) {
        build(records, control, Optional.empty(), settings, sinks);
    }

    /**
     * As the other, with decisions.
     *
     * @param consensus empty: nobody votes
     */
    public static void build(
            DataStream<RawRecord> records,
            Optional<DataStream<RawRecord>> control,
            Optional<ConsensusStage> consensus,
            AlertPathSettings settings,
            TopologySinks sinks) {
        build(records, control, consensus, Optional.empty(), settings, sinks);
    }

    /**
     * As the other, with diagnoses.
     *
     * @param diagnosis empty: nobody looks for causes
     */
    public static void build(
            DataStream<RawRecord> records,
            Optional<DataStream<RawRecord>> control,
            Optional<ConsensusStage> consensus,
            Optional<DiagnosisStage> diagnosis,
            AlertPathSettings settings,
            TopologySinks sinks) {
        build(records, control, consensus, diagnosis, Optional.empty(), settings, sinks);
    }

    /**
     * As the other, with a life for each incident.
     *
     * @param lifecycle empty, or nobody decides: what correlation sees is all that is told
     */
    public static void build(
            DataStream<RawRecord> records,
            Optional<DataStream<RawRecord>> control,
            Optional<ConsensusStage> consensus,
            Optional<DiagnosisStage> diagnosis,
            Optional<LifecycleStage> lifecycle,
            AlertPathSettings settings,
            TopologySinks sinks) {
        build(records, control, consensus, diagnosis, lifecycle, Optional.empty(), settings, sinks);
    }

    /**
     * As the other, with messages.
     *
     * @param communication empty: nobody is told
     */
    public static void build(
            DataStream<RawRecord> records,
            Optional<DataStream<RawRecord>> control,
            Optional<ConsensusStage> consensus,
            Optional<DiagnosisStage> diagnosis,
            Optional<LifecycleStage> lifecycle,
            Optional<CommunicationStage> communication,
            AlertPathSettings settings,
            TopologySinks sinks) {
        new IncidentCommanderTopology(
                        settings, sinks, control, consensus, diagnosis, lifecycle, communication)
                .assemble(records);
    }

    /**
     * The part by fingerprint and service alone: decoding, deduplication, flapping and sampling.
     * Nobody takes the sample, so its alerts stay pending in the ledger. It is there to be measured
     * against.
     *
     * @param records as of the other
     */
    public static void buildUpToSampling(
            DataStream<RawRecord> records, AlertPathSettings settings, TopologySinks sinks) {
        new IncidentCommanderTopology(
                        settings,
                        sinks,
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty())
                .assembleUpToSampling(records);
    }

    private void assembleUpToSampling(DataStream<RawRecord> records) {
        SingleOutputStreamOperator<AlertRun> runs = decodeAndBundle(records);
        Optional<SingleOutputStreamOperator<AlertRun>> anomalies = watchMetrics(runs);
        SingleOutputStreamOperator<NotableAlert> notable =
                deduplicate(anomalies.<DataStream<AlertRun>>map(runs::union).orElse(runs));
        SingleOutputStreamOperator<NotableAlert> steady = calm(notable);
        SingleOutputStreamOperator<ServiceSecond> seconds = reduceSample(steady);
        SingleOutputStreamOperator<NotableAlert> sampled = sample(seconds);
        sinks.notable(notable);
        sinks.ledger(ledger(anomalies, runs, notable, steady, seconds, sampled));
    }

    private void assemble(DataStream<RawRecord> records) {
        control.ifPresent(this::readControl);
        SingleOutputStreamOperator<AlertRun> runs = decodeAndBundle(records);
        Optional<SingleOutputStreamOperator<AlertRun>> anomalies = watchMetrics(runs);
        SingleOutputStreamOperator<NotableAlert> notable =
                deduplicate(anomalies.<DataStream<AlertRun>>map(runs::union).orElse(runs));
        SingleOutputStreamOperator<NotableAlert> steady = calm(notable);
        SingleOutputStreamOperator<ServiceSecond> seconds = reduceSample(steady);
        SingleOutputStreamOperator<NotableAlert> sampled = sample(seconds);
        SingleOutputStreamOperator<NotableAlert> heard = suppress(sampled);
        DetectionStage.Found found = detect(runs, heard);
        SingleOutputStreamOperator<IncidentEvent> events =
                correlate(heard, notable, found.matches(), runs);

        DataStream<PatternMatch> matches = recur(found, events);
        DataStream<ServiceLogs> logs = watchLogs(runs);
        Optional<DiagnosisStage.Made> diagnosed =
                diagnosis.map(
                        stage ->
                                stage.build(
                                        heard,
                                        events,
                                        matches,
                                        logs,
                                        updates,
                                        resets,
                                        runs.getSideOutput(DecodeAndBundleOperator.METRICS)));
        Optional<DataStream<Diagnosis>> diagnoses = diagnosed.map(DiagnosisStage.Made::diagnoses);
        diagnoses.ifPresent(sinks::diagnoses);
        Optional<DataStream<Decision>> decisions =
                consensus.map(
                        stage ->
                                stage.build(
                                        events,
                                        matches,
                                        diagnosed,
                                        lifecycle.map(
                                                life ->
                                                        life.questions(
                                                                events.getExecutionEnvironment())),
                                        updates,
                                        sinks));

        DataStream<IncidentEvent> lives =
                guard(live(events, diagnosed, decisions), decisions.isPresent());
        communication.ifPresent(
                stage -> stage.build(lives, diagnoses, decisions, commands, updates, sinks));

        reports.ifPresent(sinks::controlReports);
        sinks.deadLetters(runs.getSideOutput(DecodeAndBundleOperator.DEAD_LETTERS));
        sinks.metrics(runs.getSideOutput(DecodeAndBundleOperator.METRICS));
        sinks.logs(runs.getSideOutput(DecodeAndBundleOperator.LOGS));
        sinks.serviceLogs(logs);
        sinks.notable(notable);
        sinks.incidentEvents(lives);
        sinks.fates(fates(runs, notable, steady, seconds, sampled, heard, events));
        sinks.ledger(ledger(anomalies, runs, notable, steady, seconds, sampled, heard, events));
    }

    private SingleOutputStreamOperator<AlertRun> decodeAndBundle(DataStream<RawRecord> records) {
        return records.transform(
                        "decode and bundle",
                        TypeInformation.of(AlertRun.class),
                        new DecodeAndBundleOperator(settings.ingest(), settings.decodings()))
                .uid(OperatorUids.DECODE_AND_BUNDLE);
    }

    /** What is unusual for a metric becomes an alert like any other. */
    private Optional<SingleOutputStreamOperator<AlertRun>> watchMetrics(
            SingleOutputStreamOperator<AlertRun> runs) {
        return settings.anomalies()
                .map(
                        policy ->
                                AnomalyStage.of(
                                        runs.getSideOutput(DecodeAndBundleOperator.METRICS),
                                        policy,
                                        settings.dedup().slices(),
                                        settings.fateDetail()));
    }

    private SingleOutputStreamOperator<NotableAlert> deduplicate(DataStream<AlertRun> runs) {
        return runs.keyBy(AlertKey.OF_RUN, AlertKey.FINGERPRINT_TYPE)
                .transform(
                        "deduplicate",
                        TypeInformation.of(NotableAlert.class),
                        new DeduplicateOperator(settings.dedup(), settings.fateDetail()))
                .uid(OperatorUids.DEDUPLICATE);
    }

    /** By the key of deduplication, so nothing is sent anywhere. */
    private SingleOutputStreamOperator<NotableAlert> calm(DataStream<NotableAlert> notable) {
        return DataStreamUtils.reinterpretAsKeyedStream(
                        notable, AlertKey.FINGERPRINT_OF_NOTABLE, AlertKey.FINGERPRINT_TYPE)
                .transform(
                        "calm what flaps",
                        TypeInformation.of(NotableAlert.class),
                        new FlapOperator(settings.flapping(), settings.fateDetail()))
                .uid(OperatorUids.FLAPPING);
    }

    private SingleOutputStreamOperator<ServiceSecond> reduceSample(
            DataStream<NotableAlert> notable) {
        return notable.transform(
                        "reduce sample",
                        TypeInformation.of(ServiceSecond.class),
                        new ReduceSampleOperator(settings.samplePerSecond(), settings.fateDetail()))
                .uid(OperatorUids.REDUCE_SAMPLE);
    }

    private SingleOutputStreamOperator<NotableAlert> sample(DataStream<ServiceSecond> seconds) {
        return seconds.keyBy(AlertKey.OF_SECOND, AlertKey.SERVICE_TYPE)
                .transform(
                        "sample by priority",
                        TypeInformation.of(NotableAlert.class),
                        new PrioritySampleOperator(
                                settings.samplePerSecond(),
                                settings.lateMemoryMillis(),
                                settings.fateDetail()))
                .uid(OperatorUids.SAMPLE);
    }

    /** What alerts, metrics and silence show, before anybody knows of an incident. */
    private DetectionStage.Found detect(
            SingleOutputStreamOperator<AlertRun> runs, DataStream<NotableAlert> heard) {
        DetectionStage stage = detection();
        return stage.ofAlerts(heard)
                .and(stage.ofMetrics(runs.getSideOutput(DecodeAndBundleOperator.METRICS)))
                .and(stage.ofSilence(runs));
    }

    /** With what incidents show themselves. */
    private DataStream<PatternMatch> recur(
            DetectionStage.Found found, DataStream<IncidentEvent> events) {
        DetectionStage.Found all = found.and(detection().ofIncidents(events));
        sinks.patternMatches(all.matches(), all.late());
        return all.matches();
    }

    private DetectionStage detection() {
        return new DetectionStage(settings.control(), updates.map(DataStream::broadcast));
    }

    private static DataStream<ServiceLogs> watchLogs(SingleOutputStreamOperator<AlertRun> runs) {
        return LogStage.of(
                runs.getSideOutput(DecodeAndBundleOperator.LOGS),
                LogPolicy.defaults(),
                Addresses.TAKEN_OUT);
    }

    private SingleOutputStreamOperator<NotableAlert> suppress(DataStream<NotableAlert> sampled) {
        KeyedStream<NotableAlert, String> byTenant =
                sampled.keyBy(AlertKey.TENANT_OF_NOTABLE, Types.STRING);
        return updates.isPresent()
                ? suppressUnderControl(byTenant, updates.get())
                : byTenant.transform(
                                "suppress",
                                TypeInformation.of(NotableAlert.class),
                                new SuppressOperator(
                                        settings.suppression(),
                                        settings.control(),
                                        settings.fateDetail()))
                        .uid(OperatorUids.SUPPRESS);
    }

    /** The updates go to every subtask. */
    private SingleOutputStreamOperator<NotableAlert> suppressUnderControl(
            KeyedStream<NotableAlert, String> byTenant, DataStream<ControlUpdate> timeless) {
        SingleOutputStreamOperator<NotableAlert> heard =
                byTenant.connect(timeless.broadcast())
                        .transform(
                                "suppress",
                                TypeInformation.of(NotableAlert.class),
                                new SuppressUnderControlOperator(
                                        settings.suppression(),
                                        settings.control(),
                                        settings.fateDetail()))
                        .uid(OperatorUids.SUPPRESS);
        answer(heard.getSideOutput(ReadControlFunction.REPORTS));
        return heard;
    }

    /** The updates carry their own time, and hold back nobody else's. */
    private void readControl(DataStream<RawRecord> messages) {
        SingleOutputStreamOperator<ControlUpdate> read =
                messages.process(new ReadControlFunction())
                        .returns(ControlUpdate.class)
                        .name("read control")
                        .uid(OperatorUids.READ_CONTROL)
                        .setParallelism(1);
        reports = Optional.of(read.getSideOutput(ReadControlFunction.REPORTS));
        commands = Optional.of(read.getSideOutput(ReadControlFunction.COMMANDS));
        resets = Optional.of(read.getSideOutput(ReadControlFunction.RESETS));
        updates =
                Optional.of(
                        read.assignTimestampsAndWatermarks(NoTime.strategy())
                                .name("control time")
                                .uid(OperatorUids.CONTROL_TIME)
                                .setParallelism(1));
    }

    private SingleOutputStreamOperator<IncidentEvent> correlate(
            DataStream<NotableAlert> heard,
            SingleOutputStreamOperator<NotableAlert> notable,
            DataStream<PatternMatch> matches,
            SingleOutputStreamOperator<AlertRun> runs) {
        return new CorrelationStage(settings, updates)
                .of(
                        heard,
                        notable.getSideOutput(DeduplicateOperator.SEEN),
                        matches,
                        runs.getSideOutput(DecodeAndBundleOperator.SOURCES));
    }

    /** Every incident lives one life, if anybody decides what is done about it. */
    private DataStream<IncidentEvent> live(
            DataStream<IncidentEvent> seen,
            Optional<DiagnosisStage.Made> diagnosed,
            Optional<DataStream<Decision>> decisions) {
        Optional<DataStream<Diagnosis>> diagnoses = diagnosed.map(DiagnosisStage.Made::diagnoses);
        Optional<SingleOutputStreamOperator<IncidentEvent>> lives =
                lifecycle.flatMap(
                        stage ->
                                decisions.map(
                                        made ->
                                                stage.build(
                                                        seen, diagnoses, made, commands, updates)));
        lives.ifPresent(told -> learn(told, diagnosed));
        lives.ifPresent(told -> report(told.getSideOutput(LifecycleFunction.VERDICTS)));
        lives.ifPresent(told -> answer(told.getSideOutput(LifecycleFunction.ANSWERS)));
        return lives.<DataStream<IncidentEvent>>map(told -> told).orElse(seen);
    }

    /** What is stored is looked at, and an incident opened about what is broken. */
    private DataStream<IncidentEvent> guard(
            DataStream<IncidentEvent> lives, boolean somebodyDecides) {
        Optional<DataStream<IncidentEvent>> alarms =
                sinks.patrol().map(patrol -> patrol.build(lives));
        if (alarms.isEmpty()) {
            return lives;
        }
        if (lifecycle.isPresent() && somebodyDecides) {
            lifecycle.get().raise(alarms.get());
            return lives;
        }
        return lives.union(alarms.get());
    }

    /** What became of what was said over the control stream, if there is one. */
    private void answer(DataStream<ControlReport> more) {
        reports = reports.map(known -> known.union(more));
    }

    /** How decisions turned out moves reputations, once it comes back over the feedback stream. */
    private void report(DataStream<VerifiedOutcome> verdicts) {
        consensus.orElseThrow().report(verdicts);
        sinks.outcomes(verdicts);
    }

    /** How actions turned out is remembered, if anything is. */
    private void learn(
            SingleOutputStreamOperator<IncidentEvent> lives,
            Optional<DiagnosisStage.Made> diagnosed) {
        diagnosed
                .flatMap(
                        made ->
                                diagnosis
                                        .orElseThrow()
                                        .learn(
                                                made,
                                                lives.getSideOutput(LifecycleFunction.OUTCOMES)))
                .ifPresent(sinks::patterns);
    }

    private static DataStream<AlertFate> fates(
            SingleOutputStreamOperator<?> first, SingleOutputStreamOperator<?>... others) {
        DataStream<AlertFate> all = first.getSideOutput(LedgeredOperator.FATES);
        for (SingleOutputStreamOperator<?> other : others) {
            all = all.union(other.getSideOutput(LedgeredOperator.FATES));
        }
        return all;
    }

    private static DataStream<Ledger> ledger(
            Optional<SingleOutputStreamOperator<AlertRun>> anomalies,
            SingleOutputStreamOperator<?> first,
            SingleOutputStreamOperator<?>... others) {
        DataStream<LedgerDelta> all = first.getSideOutput(LedgeredOperator.LEDGER);
        if (anomalies.isPresent()) {
            all = all.union(anomalies.get().getSideOutput(LedgeredOperator.LEDGER));
        }
        for (SingleOutputStreamOperator<?> other : others) {
            all = all.union(other.getSideOutput(LedgeredOperator.LEDGER));
        }
        return all.transform("ledger", TypeInformation.of(Ledger.class), new LedgerOperator())
                .uid(OperatorUids.LEDGER)
                .setParallelism(1)
                .setMaxParallelism(1)
                // A sink chained to it would take over its key groups, but only at parallelism 1,
                // and a savepoint of such a job could not be restored at another.
                .disableChaining();
    }
}
