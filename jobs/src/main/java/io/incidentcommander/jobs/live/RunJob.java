// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.jobs.live;

import io.incidentcommander.connectors.diagnosis.BedrockClients;
import io.incidentcommander.connectors.ingest.KafkaAlertSource;
import io.incidentcommander.connectors.kafka.KafkaCluster;
import io.incidentcommander.jobs.configuration.ConsensusOptions;
import io.incidentcommander.jobs.configuration.IngestOptions;
import io.incidentcommander.jobs.configuration.JobOptions;
import io.incidentcommander.jobs.consensus.AgentKeyFile;
import io.incidentcommander.jobs.consensus.Runbooks;
import io.incidentcommander.jobs.diagnosis.DiagnosisAgent;
import io.incidentcommander.jobs.diagnosis.Memories;
import io.incidentcommander.jobs.local.LocalMetrics;
import io.incidentcommander.jobs.topology.AlertPathSettings;
import io.incidentcommander.jobs.topology.CommunicationInputs;
import io.incidentcommander.jobs.topology.CommunicationStage;
import io.incidentcommander.jobs.topology.ConsensusStage;
import io.incidentcommander.jobs.topology.ConsensusTopics;
import io.incidentcommander.jobs.topology.ControlInputs;
import io.incidentcommander.jobs.topology.DiagnosisInputs;
import io.incidentcommander.jobs.topology.DiagnosisStage;
import io.incidentcommander.jobs.topology.FlinkSettings;
import io.incidentcommander.jobs.topology.IncidentCommanderTopology;
import io.incidentcommander.jobs.topology.KafkaConsensusStreams;
import io.incidentcommander.model.ingest.RawRecord;
import io.incidentcommander.operators.OperatorUids;
import io.incidentcommander.operators.consensus.AgentSecrets;
import io.incidentcommander.udfs.consensus.agents.BuiltInAgent;
import io.incidentcommander.udfs.consensus.agents.ModelSeat;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.flink.api.common.JobExecutionResult;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.CoreOptions;
import org.apache.flink.configuration.JobManagerOptions;
import org.apache.flink.configuration.MemorySize;
import org.apache.flink.configuration.RestOptions;
import org.apache.flink.configuration.TaskManagerOptions;
import org.apache.flink.configuration.WebOptions;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.core.execution.SavepointFormatType;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.LocalStreamEnvironment;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/** The topology on a cluster in this process, from Kafka to all sinks, with Flink's web UI. */
final class RunJob {
    private static final String LOOPBACK = "127.0.0.1";
    private static final long CANCEL_SECONDS = 10;

    /** For each slot: all stages, at whatever parallelism. */
    private static final long NETWORK_MEBIBYTES = 48;

    private final RunCluster cluster;
    private final JobClient client;
    private final CompletableFuture<JobExecutionResult> end;
    private final Path directory;

    private RunJob(RunCluster cluster, Path directory) {
        this.cluster = cluster;
        this.client = cluster.client();
        this.end = client.getJobExecutionResult();
        this.directory = directory;
    }

    /**
     * @param port of the web UI, free
     */
    static RunJob start(
            RunPlan plan,
            ServiceAddresses addresses,
            RunDirectory directory,
            int port,
            ConsensusStage consensus)
            throws Exception {
        Configuration flink = FlinkSettings.of(plan.options());
        keepIn(directory.flink(), flink);
        listenOnLoopback(port, flink);
        // All classes are of this process: threads of clients outlive a task that is restarted.
        flink.set(CoreOptions.CHECK_LEAKED_CLASSLOADER, false);
        flink.set(TaskManagerOptions.MANAGED_MEMORY_SIZE, MemorySize.ofMebiBytes(256));
        int parallelism = plan.options().get(JobOptions.PARALLELISM);
        flink.set(TaskManagerOptions.NUM_TASK_SLOTS, parallelism);
        MemorySize network = MemorySize.ofMebiBytes(NETWORK_MEBIBYTES * parallelism);
        flink.set(TaskManagerOptions.NETWORK_MEMORY_MIN, network);
        flink.set(TaskManagerOptions.NETWORK_MEMORY_MAX, network);
        flink.setString("metrics.reporter.local.factory.class", LocalMetrics.FACTORY);
        LocalStreamEnvironment env = StreamExecutionEnvironment.createLocalEnvironment(flink);
        FlinkSettings.apply(plan.options(), env);
        RunResponse response = new RunResponse(plan, addresses);
        IncidentCommanderTopology.build(
                source(plan, addresses, env),
                Optional.of(
                        ControlInputs.updates(
                                env,
                                KafkaCluster.at(addresses.kafka()),
                                RunNames.CONTROL_TOPIC,
                                "incident-commander-control")),
                Optional.of(consensus),
                Optional.of(diagnosis(plan, addresses, directory)),
                Optional.of(response.lifecycle()),
                communication(plan, addresses),
                AlertPathSettings.live(plan.options(), Map.of(), List.of(plan.topology())),
                new RunSinks(addresses, directory.fates()));
        response.actIn(env);
        return new RunJob(RunCluster.start(env, flink, "Incident Commander"), directory.flink());
    }

    /** Asks the stub, unless real models are to be asked; answers are kept beside the logs. */
    private static DiagnosisStage diagnosis(
            RunPlan plan, ServiceAddresses addresses, RunDirectory directory) {
        return DiagnosisInputs.asking(
                plan.models() == ModelServer.BEDROCK
                        ? DiagnosisInputs.clients(plan.options())
                        : BedrockClients.at(addresses.bedrock()),
                directory.answers(),
                Memories.local(addresses.openSearch(), RunNames.PATTERN_ALIAS),
                plan.options(),
                ControlInputs.settings(plan.options()).withFiles(List.of(plan.topology())));
    }

    /** As the routing file says; if none is named, as the company of the run would have it. */
    private static Optional<CommunicationStage> communication(
            RunPlan plan, ServiceAddresses addresses) {
        return addresses.channels().areThere()
                ? Optional.of(
                        CommunicationInputs.orElse(plan.options(), plan.routing(), plan.control()))
                : Optional.empty();
    }

    /** The agents with keys made for this run alone. */
    static ConsensusStage consensus(
            RunPlan plan, ServiceAddresses addresses, RunDirectory directory) throws IOException {
        List<ModelSeat> models = DiagnosisAgent.seats(plan.options());
        AgentKeyFile keys =
                AgentKeyFile.generate(
                        directory.flink().resolve("agent-keys.txt"),
                        models.size() > 1 ? models : List.of());
        return new ConsensusStage(
                Runbooks.of(plan.options().get(ConsensusOptions.CONSENSUS_RUNBOOKS)),
                keys,
                without(plan.killed().map(BuiltInAgent::agent), keys),
                ControlInputs.settings(plan.options()),
                new KafkaConsensusStreams(
                        new ConsensusTopics(
                                KafkaCluster.at(addresses.kafka()),
                                RunNames.REQUESTS_TOPIC,
                                RunNames.RECOMMENDATIONS_TOPIC,
                                RunNames.AGENTS_TOPIC,
                                RunNames.OUTCOMES_TOPIC,
                                "incident-commander-agents")),
                plan.compromised());
    }

    /** The keys but those of whoever is dead. */
    private static AgentSecrets without(Optional<String> dead, AgentSecrets keys) {
        if (dead.isEmpty()) {
            return keys;
        }
        String agent = dead.get();
        return () -> {
            Map<String, byte[]> left = new HashMap<>(keys.read());
            left.remove(agent);
            return left;
        };
    }

    /** Records read from Kafka so far; what was read before a restart is known to the ledger. */
    static long consumed() {
        return Math.max(
                LocalMetrics.sumOfCounters("Source: " + RunNames.SOURCE, "numRecordsIn"),
                RunBoard.recordsIn());
    }

    /** How often the job went back to its last checkpoint. */
    static long restarts() {
        return LocalMetrics.maxOfGauges("numRestarts", 0);
    }

    /** Ends the process that runs the operators, as far as Flink can tell, and starts another. */
    void loseTaskManager() throws Exception {
        cluster.replaceTaskManager();
    }

    /** As it is known to Flink. */
    String id() {
        return client.getJobID().toHexString();
    }

    /** Whether it came to an end, and if so why. */
    Optional<String> ended() {
        if (!end.isDone()) {
            return Optional.empty();
        }
        try {
            end.getNow(null);
            return Optional.of("the job has ended");
        } catch (RuntimeException e) {
            return Optional.of("the job failed: " + rootCause(e));
        }
    }

    /** Lets everything under way come to its end, and then ends. */
    void drain() throws Exception {
        client.stopWithSavepoint(
                        true,
                        directory.resolve("savepoint").toUri().toString(),
                        SavepointFormatType.NATIVE)
                .get();
        end.get();
    }

    /** Ends at once, as it is. */
    void cancel() throws InterruptedException {
        if (end.isDone()) {
            return;
        }
        try {
            client.cancel().get(CANCEL_SECONDS, TimeUnit.SECONDS);
            end.get(CANCEL_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException cancelled) {
            // It is cancelled, or the process ends with it all the same.
        }
    }

    private static DataStream<RawRecord> source(
            RunPlan plan, ServiceAddresses addresses, StreamExecutionEnvironment env) {
        return env.fromSource(
                        KafkaAlertSource.builder(
                                        RunNames.SOURCE, KafkaCluster.at(addresses.kafka()))
                                .topics(List.of(RunNames.ALERTS_TOPIC))
                                .groupId("incident-commander")
                                .discoveryInterval(Duration.ZERO)
                                .heartbeatInterval(
                                        plan.options().get(IngestOptions.INGEST_HEARTBEAT_INTERVAL))
                                .build(),
                        WatermarkStrategy.noWatermarks(),
                        RunNames.SOURCE)
                .uid(OperatorUids.SOURCE_PREFIX + RunNames.SOURCE);
    }

    private static void keepIn(Path directory, Configuration flink) {
        flink.set(CoreOptions.TMP_DIRS, directory.resolve("tmp").toString());
        flink.set(WebOptions.TMP_DIR, directory.resolve("web").toString());
        flink.set(
                CheckpointingOptions.CHECKPOINTS_DIRECTORY,
                directory.resolve("checkpoints").toUri().toString());
    }

    private static void listenOnLoopback(int port, Configuration flink) {
        flink.set(RestOptions.ADDRESS, LOOPBACK);
        flink.set(RestOptions.BIND_ADDRESS, LOOPBACK);
        flink.set(RestOptions.PORT, port);
        flink.set(RestOptions.BIND_PORT, Integer.toString(port));
        flink.set(JobManagerOptions.BIND_HOST, LOOPBACK);
        flink.set(TaskManagerOptions.BIND_HOST, LOOPBACK);
        flink.set(WebOptions.SUBMIT_ENABLE, false);
    }

    private static String rootCause(Throwable error) {
        Throwable cause = error;
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        return cause.toString();
    }
}
