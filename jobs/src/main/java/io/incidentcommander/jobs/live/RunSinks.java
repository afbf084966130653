// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.jobs.live;

import io.incidentcommander.connectors.audit.DynamoDbClientProvider;
import io.incidentcommander.connectors.audit.DynamoDbEventSink;
import io.incidentcommander.connectors.audit.EventSinkOptions;
import io.incidentcommander.connectors.audit.KafkaEventSink;
import io.incidentcommander.connectors.audit.OpenSearchIncidentSink;
import io.incidentcommander.connectors.audit.OpenSearchTransportProvider;
import io.incidentcommander.connectors.audit.RejectedEvents;
import io.incidentcommander.connectors.audit.RejectedIncidents;
import io.incidentcommander.jobs.local.CallbackSink;
import io.incidentcommander.jobs.topology.TopologySinks;
import io.incidentcommander.model.audit.AlertFate;
import io.incidentcommander.model.audit.AuditJson;
import io.incidentcommander.model.audit.IncidentEvent;
import io.incidentcommander.model.audit.Ledger;
import io.incidentcommander.model.ingest.DeadLetter;
import io.incidentcommander.model.lifecycle.Incident;
import io.incidentcommander.operators.OperatorUids;
import io.incidentcommander.udfs.ingest.CanonicalJson;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Properties;
import org.apache.flink.connector.base.DeliveryGuarantee;
import org.apache.flink.connector.file.sink.FileSink;
import org.apache.flink.connector.kafka.sink.KafkaRecordSerializationSchema;
import org.apache.flink.connector.kafka.sink.KafkaSink;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.functions.sink.filesystem.bucketassigners.BasePathBucketAssigner;
import org.apache.flink.streaming.api.functions.sink.filesystem.rollingpolicies.DefaultRollingPolicy;

/**
 * Results of a run: events into the store, the index and a topic; dead letters into a topic; fates
 * into files; and what the view shows onto {@link RunBoard}.
 */
final class RunSinks implements TopologySinks {
    private final ServiceAddresses addresses;
    private final Path fates;

    RunSinks(ServiceAddresses addresses, Path fates) {
        this.addresses = addresses;
        this.fates = fates;
    }

    @Override
    public void incidentEvents(DataStream<IncidentEvent> events) {
        events.sinkTo(
                        new DynamoDbEventSink(
                                RunNames.EVENT_TABLE,
                                DynamoDbClientProvider.at(addresses.dynamoDb()),
                                EventSinkOptions.defaults(),
                                RejectedEvents.logged()))
                .name("event store")
                .uid(OperatorUids.EVENT_STORE_SINK);
        events.map(IncidentEvent::incident)
                .returns(Incident.class)
                .name("incident of event")
                .sinkTo(
                        new OpenSearchIncidentSink(
                                RunNames.INCIDENT_INDEX,
                                OpenSearchTransportProvider.at(addresses.openSearch()),
                                RejectedIncidents.logged()))
                .name("incident index")
                .uid(OperatorUids.INCIDENT_INDEX_SINK);
        events.sinkTo(KafkaEventSink.to(addresses.kafka(), RunNames.EVENTS_TOPIC, new Properties()))
                .name("event topic")
                .uid(OperatorUids.EVENT_TOPIC_SINK);
        events.sinkTo(new CallbackSink<>(RunBoard::post)).name("board").uid("run-board-sink");
    }

    @Override
    public void deadLetters(DataStream<DeadLetter> letters) {
        letters.sinkTo(
                        KafkaSink.<DeadLetter>builder()
                                .setBootstrapServers(addresses.kafka())
                                .setDeliveryGuarantee(DeliveryGuarantee.AT_LEAST_ONCE)
                                .setRecordSerializer(
                                        KafkaRecordSerializationSchema.<DeadLetter>builder()
                                                .setTopic(RunNames.DEAD_LETTERS_TOPIC)
                                                .setValueSerializationSchema(RunSinks::json)
                                                .build())
                                .build())
                .name("dead letter topic")
                .uid(OperatorUids.DEAD_LETTER_SINK);
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

    private static byte[] json(DeadLetter letter) {
        return CanonicalJson.write(letter).getBytes(StandardCharsets.UTF_8);
    }
}
