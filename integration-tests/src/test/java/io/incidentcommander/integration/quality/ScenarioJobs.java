// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.integration.quality;

import io.incidentcommander.datagen.detection.OutcomeTracker;
import io.incidentcommander.datagen.ingest.GeneratorSource;
import io.incidentcommander.datagen.storm.ServiceGraph;
import io.incidentcommander.datagen.storm.StormScript;
import io.incidentcommander.integration.faults.Cluster;
import io.incidentcommander.jobs.configuration.CommanderConfiguration;
import io.incidentcommander.jobs.configuration.ConfigurationLoader;
import io.incidentcommander.jobs.local.CallbackSink;
import io.incidentcommander.jobs.topology.AlertPathSettings;
import io.incidentcommander.jobs.topology.FlinkSettings;
import io.incidentcommander.jobs.topology.IncidentCommanderTopology;
import io.incidentcommander.jobs.topology.TopologySinks;
import io.incidentcommander.model.audit.IncidentEvent;
import io.incidentcommander.model.ingest.RawRecord;
import io.incidentcommander.operators.OperatorUids;
import io.incidentcommander.udfs.correlation.control.ControlFile;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/**
 * Storms through the topology that the product runs, in virtual time, one job after the other on
 * one cluster. A job has the options and the control files of {@code run}; nothing decides or acts.
 */
final class ScenarioJobs implements AutoCloseable {
    private static final String SOURCE = "storm";
    private static final Map<Integer, Queue<IncidentEvent>> EVENTS = new ConcurrentHashMap<>();
    private static final AtomicInteger RUNS = new AtomicInteger();

    private final Cluster cluster;
    private final Map<String, String> options = new TreeMap<>();

    private ScenarioJobs(Cluster cluster) {
        this.cluster = cluster;
        options.put("state.backend", "hashmap");
        options.put("checkpoint.interval", "1 h");
    }

    static ScenarioJobs start(int parallelism) throws Exception {
        ScenarioJobs jobs = new ScenarioJobs(Cluster.start(1, parallelism));
        return jobs.option("parallelism", Integer.toString(parallelism));
    }

    ScenarioJobs option(String key, String value) {
        options.put(key, value);
        return this;
    }

    /**
     * Runs a storm to its end.
     *
     * @param startMillis when it begins, epoch ms
     */
    OutcomeTracker run(StormScript script, long startMillis) throws Exception {
        int run = RUNS.incrementAndGet();
        EVENTS.put(run, new ConcurrentLinkedQueue<>());
        CommanderConfiguration configuration =
                new ConfigurationLoader().layer("the storm", options).load();
        StreamExecutionEnvironment env =
                new StreamExecutionEnvironment(FlinkSettings.of(configuration));
        FlinkSettings.apply(configuration, env);
        IncidentCommanderTopology.build(
                records(script, startMillis, env),
                AlertPathSettings.live(
                        configuration, Map.of(), List.of(topology(script.landscape().graph()))),
                new Collecting(run));
        cluster.run(env.getStreamGraph().getJobGraph());
        OutcomeTracker tracker =
                new OutcomeTracker(
                        script.truths(startMillis), incident -> incident.grounds().origins());
        EVENTS.remove(run).forEach(e -> tracker.see(e.incident(), e.eventTimeMillis()));
        return tracker;
    }

    @Override
    public void close() throws Exception {
        cluster.close();
    }

    private static DataStream<RawRecord> records(
            StormScript script, long startMillis, StreamExecutionEnvironment env) {
        return env.fromSource(
                        GeneratorSource.builder(script)
                                .sourceId(SOURCE)
                                .inVirtualTime(startMillis)
                                .build(),
                        WatermarkStrategy.noWatermarks(),
                        SOURCE)
                .uid(OperatorUids.SOURCE_PREFIX + SOURCE);
    }

    private static ControlFile topology(ServiceGraph graph) {
        StringBuilder text = new StringBuilder("topology:\n");
        for (int i = 0; i < graph.size(); i++) {
            text.append("  ").append(graph.name(i)).append(": [");
            text.append(String.join(", ", graph.dependencyNames(i))).append("]\n");
        }
        return new ControlFile("the topology of the storm", text.toString());
    }

    /** Keeps the events of incidents. */
    private static final class Collecting implements TopologySinks {
        private final int run;

        Collecting(int run) {
            this.run = run;
        }

        @Override
        public void incidentEvents(DataStream<IncidentEvent> events) {
            int to = run;
            events.sinkTo(new CallbackSink<>(event -> EVENTS.get(to).add(event)))
                    .uid("events-of-incidents");
        }
    }
}
