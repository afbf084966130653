// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.integration.state;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.incidentcommander.integration.faults.Observation;
import io.incidentcommander.integration.faults.PacedSource;
import io.incidentcommander.integration.faults.TopologyJob;
import io.incidentcommander.jobs.configuration.CommanderConfiguration;
import io.incidentcommander.jobs.configuration.ConfigurationLoader;
import io.incidentcommander.jobs.consensus.AgentKeyFile;
import io.incidentcommander.jobs.consensus.Runbooks;
import io.incidentcommander.jobs.local.CallbackSink;
import io.incidentcommander.jobs.topology.CommunicationStage;
import io.incidentcommander.jobs.topology.ConsensusStage;
import io.incidentcommander.jobs.topology.ConsensusStreams;
import io.incidentcommander.jobs.topology.ControlInputs;
import io.incidentcommander.jobs.topology.DiagnosisInputs;
import io.incidentcommander.jobs.topology.DiagnosisStage;
import io.incidentcommander.jobs.topology.LifecycleStage;
import io.incidentcommander.jobs.topology.LifecycleStreams;
import io.incidentcommander.model.consensus.AgentMessages;
import io.incidentcommander.model.consensus.Question;
import io.incidentcommander.model.consensus.RegisteredAgent;
import io.incidentcommander.model.consensus.RoundRequest;
import io.incidentcommander.model.consensus.TallyInput;
import io.incidentcommander.model.consensus.VerifiedOutcome;
import io.incidentcommander.model.ingest.RawRecord;
import io.incidentcommander.model.lifecycle.LifecycleFact;
import io.incidentcommander.model.resolution.ActionOrder;
import io.incidentcommander.operators.OperatorUids;
import io.incidentcommander.operators.correlation.control.ControlSettings;
import io.incidentcommander.operators.correlation.control.NoTime;
import io.incidentcommander.udfs.correlation.control.ControlFile;
import io.incidentcommander.udfs.lifecycle.LifecyclePolicy;
import java.io.IOException;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.functions.FlatMapFunction;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.sink.v2.DiscardingSink;
import org.apache.flink.streaming.api.graph.StreamNode;

/**
 * All stages in one job, with no server: the alert path with control updates, patterns, logs,
 * diagnoses, agents that vote, lives of incidents, and messages. Requests lead nowhere; what came
 * out of an earlier run of the same input comes in.
 */
final class WholeTopology implements TopologyJob.Stages {
    private static final String CONTROL =
            "topology: {web: [db], shop: [web], service-1: [service-2]}\n"
                    + "services:\n"
                    + "  heart: {owner: ann, tier: CRITICAL, expected: [{source: signals,"
                    + " matchers: [alertname=Beat], within: 5 min}]}\n"
                    + "routing: {receiver: ops}\n";

    private static final String ROUTING =
            "receivers: {ops: {contacts: [{slack: C1}, {pagerduty: ops}]}}\n";

    /** What agents were asked; the tasks run in this JVM. */
    private static final Queue<String> ASKED = new ConcurrentLinkedQueue<>();

    private final Path keys;
    private final List<String> requests;

    private WholeTopology(Path keys, List<String> requests) {
        this.keys = keys;
        this.requests = requests;
    }

    /**
     * @param keys a file that is written
     * @param requests of rounds, as an earlier run asked them
     */
    static WholeTopology of(Path keys, List<String> requests) throws IOException {
        Files.writeString(
                keys,
                String.join(
                        "\n",
                        "detection/rules " + "ab".repeat(32),
                        "diagnosis/patterns " + "cd".repeat(32),
                        "diagnosis/causal " + "12".repeat(32),
                        "diagnosis/model " + "34".repeat(32),
                        "resolution/runbook " + "ef".repeat(32)));
        ASKED.clear();
        return new WholeTopology(keys, requests);
    }

    /**
     * @param most records of each source; it is held there, without an end
     */
    TopologyJob job(String backend, long most) {
        return GoldenSavepoint.live(PacedSource.heldAfter(GoldenSavepoint.storm(), most), backend)
                .source(Signals.SOURCE, PacedSource.heldAfter(Signals.source(), most))
                // What baselines keep is not in the savepoint of the release.
                .option("detection.anomaly.max-series", "0")
                .stages(this);
    }

    /** Of every operator, those of sinks and sources too. */
    static List<String> uids(TopologyJob job) {
        try (Observation nobody = new Observation()) {
            return job.streamGraph(nobody).getStreamNodes().stream()
                    .map(StreamNode::getTransformationUID)
                    .sorted()
                    .toList();
        }
    }

    /** What agents have been asked since the newest of these was made. */
    static List<String> asked() {
        return List.copyOf(ASKED);
    }

    @Override
    public ControlFile control() {
        return new ControlFile("whole.yaml", CONTROL);
    }

    @Override
    public DataStream<RawRecord> updates(StreamExecutionEnvironment env) {
        return held(env, "control", Signals.controlUpdates(), OperatorUids.CONTROL_SOURCE);
    }

    @Override
    public ConsensusStage consensus(CommanderConfiguration configuration) {
        try {
            return new ConsensusStage(
                    Runbooks.of(""),
                    new AgentKeyFile(keys),
                    ControlInputs.settings(configuration),
                    new Streams(),
                    Optional.empty());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public DiagnosisStage diagnosis(CommanderConfiguration configuration) {
        return DiagnosisInputs.of(
                new ConfigurationLoader().load(), ControlInputs.settings(configuration));
    }

    @Override
    public LifecycleStage lifecycle(CommanderConfiguration configuration) {
        return new LifecycleStage(
                LifecyclePolicy.defaults(),
                ControlInputs.cost(configuration),
                ControlInputs.settings(configuration),
                Runbooks.of(""),
                new Nobody());
    }

    @Override
    public CommunicationStage communication(CommanderConfiguration configuration) {
        return new CommunicationStage(
                ROUTING,
                new ControlSettings(
                        List.of(control()), ControlInputs.settings(configuration).maxSilences()));
    }

    private static DataStream<RawRecord> held(
            StreamExecutionEnvironment env, String name, List<String> lines, String uid) {
        return env.fromSource(
                        PacedSource.heldAfter(Signals.lines(name, lines), Long.MAX_VALUE),
                        WatermarkStrategy.noWatermarks(),
                        name)
                .uid(uid)
                .setParallelism(1);
    }

    /** Nobody acts, and no human says anything. */
    private static final class Nobody implements LifecycleStreams {
        @Override
        public void order(DataStream<ActionOrder> orders) {
            orders.sinkTo(new DiscardingSink<>()).name("orders").uid(OperatorUids.ORDER_SINK);
        }

        @Override
        public DataStream<LifecycleFact> reports(StreamExecutionEnvironment env) {
            return timeless(
                    held(env, "reports", List.of(), OperatorUids.REPORT_SOURCE),
                    (record, out) -> {},
                    LifecycleFact.class,
                    OperatorUids.REPORT_TIME);
        }

        @Override
        public void tell(DataStream<LifecycleFact> facts) {
            facts.sinkTo(new DiscardingSink<>()).name("alarms").uid(OperatorUids.ALARM_SINK);
        }

        @Override
        public void ask(DataStream<Question> questions) {
            questions
                    .sinkTo(new DiscardingSink<>())
                    .name("questions")
                    .uid(OperatorUids.QUESTION_SINK);
        }

        @Override
        public DataStream<Question> questions(StreamExecutionEnvironment env) {
            return timeless(
                    held(env, "questions", List.of(), OperatorUids.QUESTION_SOURCE),
                    (record, out) -> {},
                    Question.class,
                    OperatorUids.QUESTION_TIME);
        }
    }

    /** Messages as Kafka would bring them. */
    private final class Streams implements ConsensusStreams {
        @Override
        public void ask(DataStream<RoundRequest> out) {
            out.sinkTo(
                            new CallbackSink<>(
                                    r -> ASKED.add(new String(AgentMessages.write(r), UTF_8))))
                    .name("round requests out")
                    .uid(OperatorUids.REQUEST_SINK);
        }

        @Override
        public void report(DataStream<VerifiedOutcome> outcomes) {
            outcomes.sinkTo(new DiscardingSink<>())
                    .name("outcomes out")
                    .uid(OperatorUids.OUTCOME_SINK);
        }

        @Override
        public DataStream<RoundRequest> requests(StreamExecutionEnvironment env) {
            return timeless(
                    held(env, "requests", requests, OperatorUids.REQUEST_SOURCE),
                    read(AgentMessages::readRequest),
                    RoundRequest.class,
                    OperatorUids.REQUEST_TIME);
        }

        @Override
        public DataStream<TallyInput> recommendations(StreamExecutionEnvironment env) {
            return timeless(
                    held(env, "recommendations", List.of(), OperatorUids.RECOMMENDATION_SOURCE),
                    read(AgentMessages::readFromAgent),
                    TallyInput.class,
                    OperatorUids.RECOMMENDATION_TIME);
        }

        @Override
        public DataStream<RegisteredAgent> agents(StreamExecutionEnvironment env) {
            return timeless(
                    held(env, "agents", List.of(Signals.agent()), OperatorUids.AGENT_SOURCE),
                    read(AgentMessages::readAgent),
                    RegisteredAgent.class,
                    OperatorUids.AGENT_TIME);
        }

        @Override
        public DataStream<VerifiedOutcome> outcomes(StreamExecutionEnvironment env) {
            return timeless(
                    held(env, "outcomes", Signals.outcomes(requests), OperatorUids.OUTCOME_SOURCE),
                    read(AgentMessages::readOutcome),
                    VerifiedOutcome.class,
                    OperatorUids.OUTCOME_TIME);
        }
    }

    private static <T> DataStream<T> timeless(
            DataStream<RawRecord> messages,
            FlatMapFunction<RawRecord, T> reading,
            Class<T> type,
            String uid) {
        return messages.flatMap(reading)
                .returns(type)
                .uid(uid + "-read")
                .setParallelism(1)
                .assignTimestampsAndWatermarks(NoTime.strategy())
                .uid(uid)
                .setParallelism(1);
    }

    private interface Reading<T> extends Serializable {
        T of(byte[] json) throws IOException;
    }

    private static <T> FlatMapFunction<RawRecord, T> read(Reading<T> reading) {
        return (record, out) -> {
            if (record.kind() == RawRecord.Kind.DATA) {
                out.collect(reading.of(record.bytes()));
            }
        };
    }
}
