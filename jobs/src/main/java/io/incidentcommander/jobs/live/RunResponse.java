// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.jobs.live;

import io.incidentcommander.connectors.audit.DynamoDbClientProvider;
import io.incidentcommander.connectors.delivery.KafkaResults;
import io.incidentcommander.connectors.kafka.KafkaCluster;
import io.incidentcommander.connectors.resolution.ActionTable;
import io.incidentcommander.connectors.resolution.AwsPlace;
import io.incidentcommander.connectors.resolution.SsmAutomations;
import io.incidentcommander.jobs.configuration.ConsensusOptions;
import io.incidentcommander.jobs.consensus.Runbooks;
import io.incidentcommander.jobs.local.CallbackSink;
import io.incidentcommander.jobs.resolution.LiveEffects;
import io.incidentcommander.jobs.resolution.TableLedger;
import io.incidentcommander.jobs.topology.CommandStreams;
import io.incidentcommander.jobs.topology.ControlInputs;
import io.incidentcommander.jobs.topology.KafkaLifecycleStreams;
import io.incidentcommander.jobs.topology.LifecycleStage;
import io.incidentcommander.jobs.topology.LifecycleStreams;
import io.incidentcommander.jobs.topology.LifecycleTopics;
import io.incidentcommander.jobs.topology.ResolutionStage;
import io.incidentcommander.jobs.topology.ResponseSettings;
import io.incidentcommander.model.consensus.Question;
import io.incidentcommander.model.lifecycle.LifecycleFact;
import io.incidentcommander.model.resolution.ActionOrder;
import io.incidentcommander.operators.resolution.ActionRules;
import io.incidentcommander.operators.resolution.ChangeFreezes;
import io.incidentcommander.udfs.correlation.yaml.Problems;
import io.incidentcommander.udfs.resolution.AllowList;
import java.util.Optional;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/** The lives of incidents in a run, and who acts: live, on a stub of what is acted with. */
final class RunResponse {
    private static final String ROLE = "arn:aws:iam::111111111111:role/incident-commander-acts";
    private static final String SANDBOX =
            "arn:aws:iam::222222222222:role/incident-commander-rehearses";

    /** Document of the sessions that are open while changes are made. */
    private static final String RECORDING = "RecordedSession";

    private final RunPlan plan;
    private final KafkaLifecycleStreams streams;
    private final KafkaCluster kafka;
    private final String dynamoDb;
    private final String ssm;

    RunResponse(RunPlan plan, ServiceAddresses addresses) {
        this.plan = plan;
        this.kafka = KafkaCluster.at(addresses.kafka());
        this.dynamoDb = addresses.dynamoDb();
        this.ssm = addresses.ssm();
        this.streams =
                new KafkaLifecycleStreams(
                        new LifecycleTopics(
                                kafka,
                                RunNames.ORDERS_TOPIC,
                                RunNames.REPORTS_TOPIC,
                                RunNames.QUESTIONS_TOPIC,
                                "incident-commander-lifecycle"));
    }

    LifecycleStage lifecycle() {
        return new LifecycleStage(
                ResponseSettings.policy(plan.options()),
                ControlInputs.cost(plan.options()),
                plan.control(),
                Runbooks.of(plan.options().get(ConsensusOptions.CONSENSUS_RUNBOOKS)),
                new Approved(streams));
    }

    /** Every service of the company may be acted on, one instance of four at a time. */
    void actIn(StreamExecutionEnvironment env) {
        ActionRules rules =
                ResponseSettings.limited(
                        new ActionRules(
                                Runbooks.playbooks(
                                        plan.options().get(ConsensusOptions.CONSENSUS_RUNBOOKS)),
                                AllowList.read(plan.allowedServices(), new Problems("the run")),
                                new ChangeFreezes(ControlInputs.settings(plan.options()))),
                        plan.options());
        String table = dynamoDb;
        String services = ssm;
        new ResolutionStage(
                        rules,
                        () ->
                                new TableLedger(
                                        new ActionTable(
                                                DynamoDbClientProvider.at(table),
                                                RunNames.ACTION_TABLE)),
                        () ->
                                new LiveEffects(
                                        new SsmAutomations(AwsPlace.at(services)),
                                        ROLE,
                                        SANDBOX,
                                        Optional.of(RECORDING)),
                        streams,
                        Optional.of(
                                new CommandStreams(
                                        kafka,
                                        RunNames.CONTROL_TOPIC,
                                        "incident-commander-actions",
                                        Optional.of(new KafkaResults(kafka, Optional.empty())),
                                        RunNames.CONTROL_REPORTS_TOPIC,
                                        () ->
                                                new TableLedger(
                                                        new ActionTable(
                                                                DynamoDbClientProvider.at(table),
                                                                RunNames.ACTION_TABLE)))))
                .addTo(env);
    }

    /** Orders are approved of as they leave. */
    private static final class Approved implements LifecycleStreams {
        private final LifecycleStreams streams;

        Approved(LifecycleStreams streams) {
            this.streams = streams;
        }

        @Override
        public void order(DataStream<ActionOrder> orders) {
            streams.order(orders);
            orders.sinkTo(new CallbackSink<>(RunApprover::post))
                    .name("stand-in for a human")
                    .uid("run-approver-sink");
        }

        @Override
        public DataStream<LifecycleFact> reports(StreamExecutionEnvironment env) {
            return streams.reports(env);
        }

        @Override
        public void tell(DataStream<LifecycleFact> facts) {
            streams.tell(facts);
        }

        @Override
        public void ask(DataStream<Question> questions) {
            streams.ask(questions);
        }

        @Override
        public DataStream<Question> questions(StreamExecutionEnvironment env) {
            return streams.questions(env);
        }
    }
}
