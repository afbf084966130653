// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.jobs.load;

import io.incidentcommander.datagen.ingest.GeneratorSource;
import io.incidentcommander.jobs.configuration.JobOptions;
import io.incidentcommander.jobs.local.CallbackSink;
import io.incidentcommander.jobs.local.LocalMetrics;
import io.incidentcommander.jobs.topology.AlertPathSettings;
import io.incidentcommander.jobs.topology.ControlInputs;
import io.incidentcommander.jobs.topology.DiagnosisInputs;
import io.incidentcommander.jobs.topology.DiagnosisStage;
import io.incidentcommander.jobs.topology.FlinkSettings;
import io.incidentcommander.jobs.topology.IncidentCommanderTopology;
import io.incidentcommander.jobs.topology.TopologySinks;
import io.incidentcommander.model.audit.IncidentEvent;
import io.incidentcommander.model.audit.Ledger;
import io.incidentcommander.model.audit.SourceCounts;
import io.incidentcommander.model.diagnosis.Diagnosis;
import io.incidentcommander.model.ingest.RawRecord;
import io.incidentcommander.model.sampling.NotableAlert;
import io.incidentcommander.operators.OperatorUids;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.ToLongFunction;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.MemorySize;
import org.apache.flink.configuration.TaskManagerOptions;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.core.execution.SavepointFormatType;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.LocalStreamEnvironment;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.sink.v2.DiscardingSink;

/**
 * Puts a storm through the whole topology on a local cluster, and, in the same process right
 * before, the same bytes through a job that only reads and parses them: the limit.
 */
public final class LoadRun {
    private static final String SOURCE = "generator";

    /** What is sent later than this was held back. */
    private static final long PACE_MILLIS = 250;

    private static final long NO_PROGRESS_NANOS = 60_000_000_000L;
    private static final AtomicReference<Ledger> LEDGER = new AtomicReference<>(Ledger.empty());

    private final LoadPlan plan;
    private final Path directory;
    private final Consumer<String> progress;

    /**
     * @param directory for checkpoints
     * @param progress told of what is going on, a line now and then
     */
    public LoadRun(LoadPlan plan, Path directory, Consumer<String> progress) {
        this.plan = plan;
        this.directory = directory;
        this.progress = progress;
    }

    /** Runs both jobs; takes the durations of the plan and some seconds. */
    public LoadResult run() throws Exception {
        Optional<RateMeter> parseOnly =
                plan.parseOnly().isZero() ? Optional.empty() : Optional.of(runParseOnly());
        return plan.transport() == LoadTransport.GENERATOR
                ? runFull(parseOnly)
                : runThroughBroker(parseOnly);
    }

    private RateMeter runParseOnly() throws Exception {
        StreamExecutionEnvironment env = environment();
        env.getCheckpointConfig().disableCheckpointing();
        source(env, 0).flatMap(new ParseOnlyFunction()).sinkTo(new DiscardingSink<>());
        JobClient job = env.executeAsync("parse only");
        RateMeter rate = new RateMeter("parse only", SOURCE, WarmUp.of(plan.warmUp()), progress);
        rate.watch(job, plan.parseOnly(), () -> {});
        job.cancel().get();
        rate.awaitEnd(job);
        return rate;
    }

    private LoadResult runFull(Optional<RateMeter> parseOnly) throws Exception {
        LEDGER.set(Ledger.empty());
        StreamExecutionEnvironment env = environment();
        build(source(env, plan.rate()));
        LatencyMeter.reset();
        JobClient job = env.executeAsync("load");
        WarmUp warmUp =
                plan.rate() == 0
                        ? WarmUp.of(plan.warmUp())
                        : WarmUp.until(LoadRun::keepsPace, plan.warmUp());
        RateMeter rate = new RateMeter("full topology", SOURCE, warmUp, progress);
        rate.watch(job, plan.duration(), LatencyMeter::start);
        stop(job);
        rate.awaitEnd(job);
        return new LoadResult(plan, rate, parseOnly, LEDGER.get(), LatencyMeter.snapshot());
    }

    /** Whether the source sends when it is meant to. */
    private static boolean keepsPace() {
        long lag = LocalMetrics.maxOfGauges("currentEmitEventTimeLag", -1);
        return lag >= 0 && lag < PACE_MILLIS;
    }

    private void stop(JobClient job) throws Exception {
        job.stopWithSavepoint(
                        true,
                        directory.resolve("savepoint").toUri().toString(),
                        SavepointFormatType.NATIVE)
                .get();
    }

    private void build(DataStream<RawRecord> records) {
        IncidentMeter.clear();
        DiagnosisMeter.clear();
        if (plan.stages() == LoadStages.SAMPLING) {
            IncidentCommanderTopology.buildUpToSampling(
                    records, AlertPathSettings.live(plan.options(), Map.of()), new MeteringSinks());
            return;
        }
        Optional<DiagnosisStage> diagnosis =
                plan.diagnosis() == LoadDiagnosis.OFF
                        ? Optional.empty()
                        : Optional.of(
                                DiagnosisInputs.of(
                                        plan.options(), ControlInputs.settings(plan.options())));
        IncidentCommanderTopology.build(
                records,
                Optional.empty(),
                Optional.empty(),
                diagnosis,
                AlertPathSettings.live(plan.options(), Map.of()),
                new MeteringSinks());
    }

    /** The publisher is a job of its own, so that it keeps its pace however this one fares. */
    private LoadResult runThroughBroker(Optional<RateMeter> parseOnly) throws Exception {
        Path services = directory.resolve("services");
        try (LoadBroker broker =
                LoadBroker.start(plan.transport(), plan.rate(), services, progress)) {
            LEDGER.set(Ledger.empty());
            StreamExecutionEnvironment env = environment();
            build(broker.read(env));
            JobClient job = env.executeAsync("load");
            LatencyMeter.reset();
            JobClient publisher = publish(broker);
            RateMeter rate =
                    new RateMeter(
                            "full topology",
                            broker.source(),
                            broker.counter(),
                            WarmUp.of(plan.warmUp()),
                            progress);
            rate.watch(job, plan.duration(), LatencyMeter::start);
            publisher.getJobExecutionResult().get();
            awaitAllRead(job);
            stop(job);
            rate.awaitEnd(job);
            return new LoadResult(plan, rate, parseOnly, LEDGER.get(), LatencyMeter.snapshot());
        }
    }

    private JobClient publish(LoadBroker broker) throws Exception {
        Configuration flink = new Configuration();
        flink.set(TaskManagerOptions.MANAGED_MEMORY_SIZE, MemorySize.ofMebiBytes(16));
        StreamExecutionEnvironment env = StreamExecutionEnvironment.createLocalEnvironment(flink);
        env.setParallelism(1);
        env.getConfig().enableObjectReuse();
        env.fromSource(
                        GeneratorSource.builder(plan.storm())
                                .sourceId("publisher")
                                .schedule(plan.publication())
                                .records(plan.records())
                                .build(),
                        WatermarkStrategy.noWatermarks(),
                        "publisher")
                .filter(record -> record.kind() == RawRecord.Kind.DATA)
                .sinkTo(broker.sink());
        return env.executeAsync("publisher");
    }

    /** By the ledger, which a job publishes at its checkpoints. */
    private void awaitAllRead(JobClient job) throws Exception {
        long read = -1;
        long since = System.nanoTime();
        long published = plan.records();
        while (read < published) {
            long now = LEDGER.get().recordsRead();
            if (now > read) {
                read = now;
                since = System.nanoTime();
            }
            if (System.nanoTime() - since > NO_PROGRESS_NANOS || RateMeter.pause(job)) {
                progress.accept(
                        String.format(
                                "%,d records were published, %,d read; no more came",
                                published, read));
                return;
            }
        }
    }

    private DataStream<RawRecord> source(StreamExecutionEnvironment env, long rate) {
        GeneratorSource.Builder generator =
                GeneratorSource.builder(plan.storm()).sourceId(SOURCE).rate(rate);
        if (rate > 0) { // it is stopped before: the bound is for when nobody does
            generator.lasting(plan.longest());
        }
        return env.fromSource(generator.build(), WatermarkStrategy.noWatermarks(), SOURCE)
                .uid(OperatorUids.SOURCE_PREFIX + SOURCE);
    }

    private StreamExecutionEnvironment environment() {
        LocalMetrics.clear();
        Configuration flink = FlinkSettings.of(plan.options());
        flink.set(
                CheckpointingOptions.CHECKPOINTS_DIRECTORY,
                directory.resolve("checkpoints").toUri().toString());
        flink.set(TaskManagerOptions.MANAGED_MEMORY_SIZE, MemorySize.ofMebiBytes(512));
        flink.set(TaskManagerOptions.NUM_TASK_SLOTS, plan.options().get(JobOptions.PARALLELISM));
        flink.setString("metrics.reporter.local.factory.class", LocalMetrics.FACTORY);
        LocalStreamEnvironment env = StreamExecutionEnvironment.createLocalEnvironment(flink);
        FlinkSettings.apply(plan.options(), env);
        return env;
    }

    private static final class MeteringSinks implements TopologySinks {
        @Override
        public void notable(DataStream<NotableAlert> alerts) {
            alerts.sinkTo(
                            new CallbackSink<>(
                                    a ->
                                            LatencyMeter.record(
                                                    a.alert().eventTimeMillis(),
                                                    System.currentTimeMillis())))
                    .name("latency")
                    .uid(OperatorUids.NOTABLE_SINK);
        }

        @Override
        public void incidentEvents(DataStream<IncidentEvent> events) {
            events.sinkTo(new CallbackSink<>(IncidentMeter::count))
                    .name("incidents")
                    .uid(OperatorUids.EVENT_TOPIC_SINK);
        }

        @Override
        public void diagnoses(DataStream<Diagnosis> diagnoses) {
            diagnoses
                    .sinkTo(new CallbackSink<>(DiagnosisMeter::count))
                    .name("diagnoses")
                    .uid(OperatorUids.DIAGNOSIS_SINK);
        }

        @Override
        public void ledger(DataStream<Ledger> ledgers) {
            ledgers.sinkTo(new CallbackSink<>(ledger -> LEDGER.set(ledger)))
                    .name("ledger")
                    .uid(OperatorUids.LEDGER_SINK)
                    .setParallelism(1);
        }
    }

    static long sum(Ledger ledger, ToLongFunction<SourceCounts> part) {
        return ledger.counts().values().stream().mapToLong(part).sum();
    }
}
