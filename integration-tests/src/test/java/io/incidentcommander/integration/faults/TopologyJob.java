// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.integration.faults;

import io.incidentcommander.jobs.configuration.CommanderConfiguration;
import io.incidentcommander.jobs.configuration.ConfigurationLoader;
import io.incidentcommander.jobs.topology.AlertPathSettings;
import io.incidentcommander.jobs.topology.CommunicationStage;
import io.incidentcommander.jobs.topology.ConsensusStage;
import io.incidentcommander.jobs.topology.DiagnosisStage;
import io.incidentcommander.jobs.topology.FlinkSettings;
import io.incidentcommander.jobs.topology.IncidentCommanderTopology;
import io.incidentcommander.jobs.topology.LifecycleStage;
import io.incidentcommander.jobs.topology.TopologySinks;
import io.incidentcommander.model.ingest.RawRecord;
import io.incidentcommander.operators.OperatorUids;
import io.incidentcommander.operators.ingest.DecodingProvider;
import io.incidentcommander.udfs.correlation.control.ControlFile;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.connector.source.Source;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.runtime.jobgraph.JobGraph;
import org.apache.flink.runtime.jobgraph.SavepointRestoreSettings;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.graph.StreamGraph;

/** The whole topology, as the product builds it, between sources and sinks of a test. */
public final class TopologyJob {
    /** As the product has them, but for checkpoints that are as frequent as tests need them. */
    private static final Map<String, String> OPTIONS =
            Map.of("checkpoint.interval", "20 ms", "state.backend", "hashmap");

    private final Map<String, Source<RawRecord, ?, ?>> sources = new TreeMap<>();
    private final Map<String, String> options = new TreeMap<>(OPTIONS);
    private boolean live;
    private boolean faulty = true;
    private int restarts;
    private Optional<Path> savepoint = Optional.empty();
    private Function<Observation, TopologySinks> sinks = ObservedSinks::new;
    private Optional<Stages> stages = Optional.empty();

    private TopologyJob() {}

    /** Recorded time, parallelism 2, hashmap, no restarts; a failure ends it. */
    public static TopologyJob recorded() {
        return new TopologyJob();
    }

    /** As {@link #recorded}, but arrivals count. */
    public static TopologyJob live() {
        TopologyJob job = new TopologyJob();
        job.live = true;
        return job;
    }

    /** What stands around the alert path. */
    public interface Stages {
        /** What is known and silenced from the start. */
        ControlFile control();

        /** Updates while it runs. */
        DataStream<RawRecord> updates(StreamExecutionEnvironment env);

        ConsensusStage consensus(CommanderConfiguration configuration);

        DiagnosisStage diagnosis(CommanderConfiguration configuration);

        LifecycleStage lifecycle(CommanderConfiguration configuration);

        CommunicationStage communication(CommanderConfiguration configuration);
    }

    boolean isLive() {
        return live;
    }

    public TopologyJob source(String id, Source<RawRecord, ?, ?> source) {
        sources.put(id, source);
        return this;
    }

    /** Whether it reads from a source of this id. */
    public boolean has(String id) {
        return sources.containsKey(id);
    }

    public TopologyJob option(String key, String value) {
        options.put(key, value);
        return this;
    }

    public TopologyJob parallelism(int subtasks) {
        return option("parallelism", Integer.toString(subtasks));
    }

    public TopologyJob backend(String name) {
        return option("state.backend", name);
    }

    public TopologyJob restarts(int atMost) {
        restarts = atMost;
        return this;
    }

    /** Without the operator that lets faults strike: nothing but what the product has. */
    public TopologyJob withoutFaults() {
        faulty = false;
        return this;
    }

    public TopologyJob from(Path restored) {
        savepoint = Optional.of(restored);
        return this;
    }

    /** With all the other stages as well; live only. */
    public TopologyJob stages(Stages around) {
        stages = Optional.of(around);
        return this;
    }

    public TopologyJob sinks(Function<Observation, TopologySinks> other) {
        sinks = other;
        return this;
    }

    /** The graph that Flink would run. */
    public JobGraph jobGraph(Observation observation) {
        JobGraph graph = streamGraph(observation).getJobGraph();
        savepoint.ifPresent(
                path ->
                        graph.setSavepointRestoreSettings(
                                SavepointRestoreSettings.forPath(path.toUri().toString())));
        return graph;
    }

    public StreamGraph streamGraph(Observation observation) {
        CommanderConfiguration configuration =
                new ConfigurationLoader().layer("the test", options).load();
        Configuration flink = FlinkSettings.of(configuration);
        flink.set(RestartStrategyOptions.RESTART_STRATEGY, restarts == 0 ? "none" : "fixed-delay");
        flink.set(RestartStrategyOptions.RESTART_STRATEGY_FIXED_DELAY_ATTEMPTS, restarts);
        flink.set(RestartStrategyOptions.RESTART_STRATEGY_FIXED_DELAY_DELAY, Duration.ofMillis(10));
        StreamExecutionEnvironment env = new StreamExecutionEnvironment(flink);
        FlinkSettings.apply(configuration, env);
        IncidentCommanderTopology.build(
                records(env, observation),
                stages.map(around -> around.updates(env)),
                stages.map(around -> around.consensus(configuration)),
                stages.map(around -> around.diagnosis(configuration)),
                stages.map(around -> around.lifecycle(configuration)),
                stages.map(around -> around.communication(configuration)),
                settings(configuration),
                sinks.apply(observation));
        return env.getStreamGraph();
    }

    private AlertPathSettings settings(CommanderConfiguration configuration) {
        return live
                ? AlertPathSettings.live(
                        configuration,
                        Map.of(),
                        stages.map(around -> List.of(around.control())).orElse(List.of()))
                : AlertPathSettings.finite(
                        configuration, Map.of(), DecodingProvider.ofAllFormats());
    }

    private DataStream<RawRecord> records(StreamExecutionEnvironment env, Observation observation) {
        List<DataStream<RawRecord>> streams = new ArrayList<>();
        for (Map.Entry<String, Source<RawRecord, ?, ?>> source : sources.entrySet()) {
            DataStream<RawRecord> records = records(env, source.getKey(), source.getValue());
            streams.add(faulty ? withFaults(records, source.getKey(), observation) : records);
        }
        return streams.stream().reduce((a, b) -> a.union(b)).orElseThrow();
    }

    private static DataStream<RawRecord> records(
            StreamExecutionEnvironment env, String id, Source<RawRecord, ?, ?> source) {
        return env.fromSource(source, WatermarkStrategy.noWatermarks(), id)
                .uid(OperatorUids.SOURCE_PREFIX + id);
    }

    private static DataStream<RawRecord> withFaults(
            DataStream<RawRecord> records, String id, Observation observation) {
        return records.transform(
                        "faults",
                        TypeInformation.of(RawRecord.class),
                        new FaultInjector(observation.id()))
                .uid("test-faults-" + id);
    }
}
