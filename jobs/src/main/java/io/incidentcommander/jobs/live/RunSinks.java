// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.jobs.live;

import io.incidentcommander.jobs.configuration.CommunicationOptions;
import io.incidentcommander.jobs.configuration.ConfigurationLoader;
import io.incidentcommander.jobs.configuration.SinkOptions;
import io.incidentcommander.jobs.local.CallbackSink;
import io.incidentcommander.jobs.topology.ConfiguredSinks;
import io.incidentcommander.jobs.topology.PatrolStage;
import io.incidentcommander.jobs.topology.TopologySinks;
import io.incidentcommander.model.audit.AlertFate;
import io.incidentcommander.model.audit.AuditJson;
import io.incidentcommander.model.audit.IncidentEvent;
import io.incidentcommander.model.audit.Ledger;
import io.incidentcommander.model.communication.OutboundMessage;
import io.incidentcommander.model.consensus.Decision;
import io.incidentcommander.model.consensus.Finding;
import io.incidentcommander.model.consensus.RoundRequest;
import io.incidentcommander.model.consensus.VerifiedOutcome;
import io.incidentcommander.model.diagnosis.Diagnosis;
import io.incidentcommander.model.diagnosis.memory.IncidentPattern;
import io.incidentcommander.model.ingest.DeadLetter;
import io.incidentcommander.operators.OperatorUids;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.apache.flink.connector.file.sink.FileSink;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.functions.sink.filesystem.bucketassigners.BasePathBucketAssigner;
import org.apache.flink.streaming.api.functions.sink.filesystem.rollingpolicies.DefaultRollingPolicy;

/**
 * Results of a run: events into the store, the index and a topic; dead letters into a topic; fates
 * into files; and what the view shows onto {@link RunBoard}.
 */
final class RunSinks implements TopologySinks {
    /** A run is short. */
    private static final String VERIFY_AFTER = "15 s";

    private final ConfiguredSinks services;
    private final Path fates;

    RunSinks(ServiceAddresses addresses, Path fates) {
        this.services =
                new ConfiguredSinks(
                        new ConfigurationLoader().layer("the run", options(addresses)).load());
        this.fates = fates;
    }

    @Override
    public void incidentEvents(DataStream<IncidentEvent> events) {
        services.incidentEvents(events);
        events.sinkTo(new CallbackSink<>(RunBoard::post)).name("board").uid("run-board-sink");
    }

    @Override
    public Optional<PatrolStage> patrol() {
        return services.patrol();
    }

    @Override
    public void decisions(
            DataStream<Decision> decisions,
            DataStream<RoundRequest> requests,
            DataStream<Finding> findings) {
        decisions
                .sinkTo(new CallbackSink<>(DecisionBoard::post))
                .name("decisions")
                .uid(OperatorUids.DECISION_SINK);
        requests.sinkTo(new CallbackSink<>(DecisionBoard::post))
                .name("requests seen")
                .uid("run-request-sink");
        findings.sinkTo(new CallbackSink<>(DecisionBoard::post))
                .name("findings")
                .uid(OperatorUids.FINDING_SINK);
    }

    @Override
    public void outcomes(DataStream<VerifiedOutcome> outcomes) {
        outcomes.sinkTo(new CallbackSink<>(DecisionBoard::post))
                .name("outcomes seen")
                .uid("run-outcome-sink");
    }

    @Override
    public void messages(DataStream<OutboundMessage> messages) {
        services.messages(messages);
    }

    @Override
    public void unplanned(DataStream<OutboundMessage> messages) {
        services.unplanned(messages);
    }

    @Override
    public void diagnoses(DataStream<Diagnosis> diagnoses) {
        diagnoses
                .sinkTo(new CallbackSink<>(DiagnosisBoard::post))
                .name("diagnoses")
                .uid(OperatorUids.DIAGNOSIS_SINK);
    }

    @Override
    public void patterns(DataStream<IncidentPattern> patterns) {
        patterns.sinkTo(new CallbackSink<>(DiagnosisBoard::post))
                .name("patterns")
                .uid(OperatorUids.PATTERN_SINK);
    }

    @Override
    public void deadLetters(DataStream<DeadLetter> letters) {
        services.deadLetters(letters);
    }

    @Override
    public void fates(DataStream<AlertFate> all) {
        all.sinkTo(
                        FileSink.<AlertFate>forRowFormat(
                                        new org.apache.flink.core.fs.Path(fates.toUri()),
                                        (fate, out) -> {
                                            out.write(AuditJson.of(fate));
                                            out.write('\n');
                                        })
                                .withBucketAssigner(new BasePathBucketAssigner<>())
                                .withRollingPolicy(DefaultRollingPolicy.builder().build())
                                .build())
                .name("fates")
                .uid(OperatorUids.FATE_SINK);
    }

    @Override
    public void ledger(DataStream<Ledger> ledgers) {
        ledgers.sinkTo(new CallbackSink<>(RunBoard::post))
                .name("ledger")
                .uid(OperatorUids.LEDGER_SINK)
                .setParallelism(1);
    }

    private static Map<String, String> options(ServiceAddresses at) {
        return Map.ofEntries(
                Map.entry(
                        CommunicationOptions.COMMUNICATION_OUTBOX_BOOTSTRAP_SERVERS.key(),
                        at.kafka()),
                Map.entry(SinkOptions.SINK_DYNAMODB_TABLE.key(), RunNames.EVENT_TABLE),
                Map.entry(SinkOptions.SINK_DYNAMODB_ENDPOINT.key(), at.dynamoDb()),
                Map.entry(SinkOptions.SINK_DYNAMODB_ANCHOR_TABLE.key(), RunNames.ANCHOR_TABLE),
                Map.entry(
                        SinkOptions.SINK_DYNAMODB_REPLICA_TABLE.key(),
                        RunNames.EVENT_REPLICA_TABLE),
                Map.entry(SinkOptions.SINK_DYNAMODB_REPLICA_ENDPOINT.key(), at.dynamoDbReplica()),
                Map.entry(SinkOptions.AUDIT_VERIFY_AFTER.key(), VERIFY_AFTER),
                Map.entry(SinkOptions.SINK_OPENSEARCH_ENDPOINT.key(), at.openSearch()),
                Map.entry(SinkOptions.SINK_OPENSEARCH_INDEX.key(), RunNames.INCIDENT_INDEX),
                Map.entry(SinkOptions.SINK_KAFKA_BOOTSTRAP_SERVERS.key(), at.kafka()),
                Map.entry(SinkOptions.SINK_KAFKA_INCIDENTS_TOPIC.key(), RunNames.EVENTS_TOPIC),
                Map.entry(
                        SinkOptions.SINK_KAFKA_DEAD_LETTERS_TOPIC.key(),
                        RunNames.DEAD_LETTERS_TOPIC));
    }
}
