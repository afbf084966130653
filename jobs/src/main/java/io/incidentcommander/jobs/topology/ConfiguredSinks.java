// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.jobs.topology;

import io.incidentcommander.connectors.audit.DynamoDbClientProvider;
import io.incidentcommander.connectors.audit.DynamoDbEventSink;
import io.incidentcommander.connectors.audit.EventSinkOptions;
import io.incidentcommander.connectors.audit.KafkaEventSink;
import io.incidentcommander.connectors.audit.KinesisResults;
import io.incidentcommander.connectors.audit.OpenSearchIncidentSink;
import io.incidentcommander.connectors.audit.OpenSearchTransportProvider;
import io.incidentcommander.connectors.audit.RejectedEvents;
import io.incidentcommander.connectors.communication.KafkaOutbox;
import io.incidentcommander.connectors.delivery.DeliverySink;
import io.incidentcommander.connectors.delivery.KafkaResults;
import io.incidentcommander.connectors.delivery.KafkaResults.Bytes;
import io.incidentcommander.connectors.delivery.Parcel;
import io.incidentcommander.connectors.delivery.Refusals;
import io.incidentcommander.jobs.configuration.CommanderConfiguration;
import io.incidentcommander.jobs.configuration.CommanderOption;
import io.incidentcommander.jobs.configuration.CommunicationOptions;
import io.incidentcommander.jobs.configuration.SinkOptions;
import io.incidentcommander.jobs.diagnosis.DiagnosisJson;
import io.incidentcommander.model.audit.AlertFate;
import io.incidentcommander.model.audit.AuditJson;
import io.incidentcommander.model.audit.IncidentEvent;
import io.incidentcommander.model.audit.Ledger;
import io.incidentcommander.model.communication.OutboundMessage;
import io.incidentcommander.model.consensus.CertificateJson;
import io.incidentcommander.model.consensus.Decision;
import io.incidentcommander.model.consensus.Finding;
import io.incidentcommander.model.consensus.RoundRequest;
import io.incidentcommander.model.correlation.ControlReport;
import io.incidentcommander.model.diagnosis.Diagnosis;
import io.incidentcommander.model.ingest.DeadLetter;
import io.incidentcommander.model.lifecycle.Incident;
import io.incidentcommander.operators.OperatorUids;
import io.incidentcommander.operators.audit.CommittedEventsOperator;
import java.util.Optional;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.streaming.api.datastream.DataStream;

/** The sinks named by {@code sink.*}: each is there if its address is. */
public final class ConfiguredSinks implements TopologySinks {
    private final CommanderConfiguration options;

    public ConfiguredSinks(CommanderConfiguration options) {
        this.options = options;
    }

    @Override
    public void incidentEvents(DataStream<IncidentEvent> events) {
        boolean stores = has(SinkOptions.SINK_DYNAMODB_TABLE);
        boolean replicates = has(SinkOptions.SINK_DYNAMODB_REPLICA_TABLE);
        if (stores || replicates) {
            store(committed(events), stores, replicates);
        }
        if (has(SinkOptions.SINK_OPENSEARCH_ENDPOINT)) {
            index(events);
        }
        if (hasKafka()) {
            events.sinkTo(
                            KafkaEventSink.in(
                                    kafka(),
                                    OperatorUids.EVENT_TOPIC_SINK,
                                    options.get(SinkOptions.SINK_KAFKA_INCIDENTS_TOPIC)))
                    .name("event topic")
                    .uid(OperatorUids.EVENT_TOPIC_SINK);
        }
        if (has(SinkOptions.SINK_KINESIS_INCIDENTS_STREAM)) {
            String stream = options.get(SinkOptions.SINK_KINESIS_INCIDENTS_STREAM);
            events.sinkTo(
                            spilling(
                                    kinesis(options)
                                            .<IncidentEvent>into(
                                                    OperatorUids.EVENT_STREAM_SINK,
                                                    stream,
                                                    event ->
                                                            Parcel.of(stream, AuditJson.of(event))
                                                                    .keyed(event.incidentId())
                                                                    .mattering(
                                                                            event.incident()
                                                                                    .severity())),
                                    options))
                    .name("event stream")
                    .uid(OperatorUids.EVENT_STREAM_SINK);
        }
    }

    /** The store never overwrites: it is told what the job will not forget any more. */
    private static DataStream<IncidentEvent> committed(DataStream<IncidentEvent> events) {
        return events.transform(
                        "committed events",
                        TypeInformation.of(IncidentEvent.class),
                        new CommittedEventsOperator())
                .uid(OperatorUids.COMMITTED_EVENTS);
    }

    private void store(DataStream<IncidentEvent> events, boolean stores, boolean replicates) {
        if (stores) {
            events.sinkTo(
                            store(
                                    options.get(SinkOptions.SINK_DYNAMODB_TABLE),
                                    EventTables.clients(options),
                                    EventSinkOptions.defaults()))
                    .name("event store")
                    .uid(OperatorUids.EVENT_STORE_SINK);
        }
        if (replicates) {
            events.sinkTo(
                            store(
                                    options.get(SinkOptions.SINK_DYNAMODB_REPLICA_TABLE),
                                    EventTables.replicaClients(options),
                                    EventSinkOptions.defaults().asSpare()))
                    .name("event store replica")
                    .uid(OperatorUids.EVENT_REPLICA_SINK);
        }
    }

    private void index(DataStream<IncidentEvent> events) {
        events.map(IncidentEvent::incident)
                .returns(Incident.class)
                .name("incident of event")
                .uid(OperatorUids.INCIDENT_OF_EVENT)
                .sinkTo(
                        spilling(
                                OpenSearchIncidentSink.in(
                                        OperatorUids.INCIDENT_INDEX_SINK,
                                        options.get(SinkOptions.SINK_OPENSEARCH_INDEX),
                                        OpenSearchTransportProvider.at(
                                                options.get(SinkOptions.SINK_OPENSEARCH_ENDPOINT)),
                                        Refusals.logged()),
                                options))
                .name("incident index")
                .uid(OperatorUids.INCIDENT_INDEX_SINK);
    }

    @Override
    public Optional<PatrolStage> patrol() {
        return PatrolStage.of(options);
    }

    @Override
    public void deadLetters(DataStream<DeadLetter> letters) {
        if (hasKafka()) {
            letters.sinkTo(
                            kafka(
                                    OperatorUids.DEAD_LETTER_SINK,
                                    SinkOptions.SINK_KAFKA_DEAD_LETTERS_TOPIC,
                                    DeadLetterSinks::bytes))
                    .name("dead letter topic")
                    .uid(OperatorUids.DEAD_LETTER_SINK);
        }
        new DeadLetterSinks(options).add(letters);
    }

    @Override
    public void ledger(DataStream<Ledger> ledgers) {
        if (hasKafka()) {
            ledgers.sinkTo(
                            kafka(
                                    OperatorUids.LEDGER_SINK,
                                    SinkOptions.SINK_KAFKA_LEDGER_TOPIC,
                                    AuditJson::of))
                    .name("ledger topic")
                    .uid(OperatorUids.LEDGER_SINK)
                    .setParallelism(1);
        }
    }

    @Override
    public void fates(DataStream<AlertFate> fates) {
        if (hasKafka() && has(SinkOptions.SINK_KAFKA_FATES_TOPIC)) {
            fates.sinkTo(
                            kafka(
                                    OperatorUids.FATE_SINK,
                                    SinkOptions.SINK_KAFKA_FATES_TOPIC,
                                    AuditJson::of))
                    .name("fate topic")
                    .uid(OperatorUids.FATE_SINK);
        }
    }

    @Override
    public void controlReports(DataStream<ControlReport> reports) {
        if (hasKafka()) {
            reports.sinkTo(
                            kafka(
                                    OperatorUids.CONTROL_REPORT_SINK,
                                    SinkOptions.SINK_KAFKA_CONTROL_REPORTS_TOPIC,
                                    AuditJson::of))
                    .name("control report topic")
                    .uid(OperatorUids.CONTROL_REPORT_SINK);
        }
    }

    @Override
    public void decisions(
            DataStream<Decision> decisions,
            DataStream<RoundRequest> requests,
            DataStream<Finding> findings) {
        if (hasKafka()) {
            decisions
                    .sinkTo(
                            kafka(
                                    OperatorUids.DECISION_SINK,
                                    SinkOptions.SINK_KAFKA_DECISIONS_TOPIC,
                                    decision -> CertificateJson.write(decision.certificate())))
                    .name("decision topic")
                    .uid(OperatorUids.DECISION_SINK);
        }
    }

    @Override
    public void diagnoses(DataStream<Diagnosis> diagnoses) {
        if (hasKafka()) {
            diagnoses
                    .sinkTo(
                            kafka(
                                    OperatorUids.DIAGNOSIS_SINK,
                                    SinkOptions.SINK_KAFKA_DIAGNOSES_TOPIC,
                                    DiagnosisJson::of))
                    .name("diagnosis topic")
                    .uid(OperatorUids.DIAGNOSIS_SINK);
        }
    }

    @Override
    public void messages(DataStream<OutboundMessage> messages) {
        if (has(CommunicationOptions.COMMUNICATION_OUTBOX_BOOTSTRAP_SERVERS)) {
            messages.sinkTo(
                            outbox().<OutboundMessage>of(
                                            OperatorUids.OUTBOX_SINK,
                                            KafkaOutbox.parcels(outboxPrefix())))
                    .name("outbox")
                    .uid(OperatorUids.OUTBOX_SINK);
        }
    }

    @Override
    public void unplanned(DataStream<OutboundMessage> messages) {
        if (has(CommunicationOptions.COMMUNICATION_OUTBOX_BOOTSTRAP_SERVERS)) {
            messages.sinkTo(
                            outbox().<OutboundMessage>of(
                                            OperatorUids.UNPLANNED_SINK,
                                            KafkaOutbox.undelivered(
                                                    outboxPrefix(),
                                                    "too much waits on this channel already")))
                    .name("undelivered topic")
                    .uid(OperatorUids.UNPLANNED_SINK);
        }
    }

    private DynamoDbEventSink store(
            String table, DynamoDbClientProvider clients, EventSinkOptions how) {
        DynamoDbEventSink sink =
                new DynamoDbEventSink(table, clients, how, RejectedEvents.logged())
                        .withAnchorsIn(EventTables.anchorTable(options, table));
        return SpillPlaces.of(options).map(sink::withSpill).orElse(sink);
    }

    static <I, T> DeliverySink<I, T> spilling(
            DeliverySink<I, T> sink, CommanderConfiguration options) {
        return SpillPlaces.of(options).map(sink::withSpill).orElse(sink);
    }

    static KinesisResults kinesis(CommanderConfiguration options) {
        return new KinesisResults(
                options.get(SinkOptions.SINK_KINESIS_REGION),
                options.get(SinkOptions.SINK_KINESIS_ENDPOINT));
    }

    private <T> DeliverySink<T, Parcel> kafka(
            String name, CommanderOption<String> topic, Bytes<T> bytes) {
        return kafka().into(name, options.get(topic), bytes);
    }

    private KafkaResults kafka() {
        return SpillPlaces.kafka(SinkOptions.SINK_KAFKA_BOOTSTRAP_SERVERS, options);
    }

    private KafkaResults outbox() {
        return SpillPlaces.kafka(
                CommunicationOptions.COMMUNICATION_OUTBOX_BOOTSTRAP_SERVERS, options);
    }

    private String outboxPrefix() {
        return options.get(CommunicationOptions.COMMUNICATION_OUTBOX_TOPIC_PREFIX);
    }

    private boolean hasKafka() {
        return has(SinkOptions.SINK_KAFKA_BOOTSTRAP_SERVERS);
    }

    private boolean has(CommanderOption<String> option) {
        return !options.get(option).isEmpty();
    }
}
