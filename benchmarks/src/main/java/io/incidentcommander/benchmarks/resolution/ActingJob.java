// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.benchmarks.resolution;

import io.incidentcommander.connectors.audit.DynamoDbClientProvider;
import io.incidentcommander.connectors.kafka.KafkaCluster;
import io.incidentcommander.connectors.resolution.ActionTable;
import io.incidentcommander.connectors.resolution.AwsPlace;
import io.incidentcommander.connectors.resolution.SsmAutomations;
import io.incidentcommander.embedded.EmbeddedProcess;
import io.incidentcommander.embedded.ServiceName;
import io.incidentcommander.embedded.SsmStub;
import io.incidentcommander.jobs.resolution.LiveEffects;
import io.incidentcommander.jobs.resolution.TableLedger;
import io.incidentcommander.jobs.topology.CommandStreams;
import io.incidentcommander.jobs.topology.KafkaLifecycleStreams;
import io.incidentcommander.jobs.topology.LifecycleTopics;
import io.incidentcommander.jobs.topology.ResolutionStage;
import io.incidentcommander.model.consensus.Action;
import io.incidentcommander.model.resolution.ActionOrder;
import io.incidentcommander.operators.resolution.ActionRules;
import io.incidentcommander.udfs.correlation.yaml.Problems;
import io.incidentcommander.udfs.resolution.AllowList;
import io.incidentcommander.udfs.resolution.PlaybookReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import software.amazon.awssdk.services.dynamodb.DynamoDbAsyncClient;

/**
 * Those who act, as they run: orders and commands by an embedded broker, Amazon's own DynamoDB
 * engine as ledger, effects at a stub of SSM.
 */
final class ActingJob implements AutoCloseable {
    private static final String TABLE = "actions";
    private static final String ORDERS = "orders";
    private static final String REPORTS = "reports";
    private static final String CONTROL = "control";
    private static final Duration CALL = Duration.ofSeconds(10);
    private static final long ORDER_HOLDS_MILLIS = Duration.ofMinutes(10).toMillis();

    private static final Action ACTION = new Action("tidy", "1", "disk", Map.of());

    /** Four effects. */
    private static final String PLAYBOOK =
            "tidy:\n  version: '1'\n  risk: low\n  acts:\n"
                    + "    target: {tag: service, kind: volume}\n"
                    + "    permissions: ['ec2:CreateSnapshot']\n"
                    + "    resources: ['arn:aws:ec2:*:*:volume/*']\n"
                    + "    sandbox: [{name: rehearse, document: Rehearse}]\n"
                    + "    change:\n"
                    + "      - {name: save, document: Save, undo: DropSave}\n"
                    + "      - {name: remove, document: Remove, undo: Restore}\n"
                    + "    validate: [{name: look, document: Look}]\n";

    private final EmbeddedProcess services;
    private final SsmStub ssm;
    private final KafkaProducer<byte[], byte[]> producer;
    private final JobClient job;
    private int orders;

    private ActingJob(
            EmbeddedProcess services,
            SsmStub ssm,
            KafkaProducer<byte[], byte[]> producer,
            JobClient job) {
        this.services = services;
        this.ssm = ssm;
        this.producer = producer;
        this.job = job;
    }

    static ActingJob start() throws Exception {
        EmbeddedProcess services =
                EmbeddedProcess.start(
                        Files.createTempDirectory("acting-job"),
                        Set.of(ServiceName.KAFKA, ServiceName.DYNAMODB));
        SsmStub ssm = SsmStub.start(0);
        createTopics(broker(services));
        try (DynamoDbAsyncClient client =
                DynamoDbClientProvider.at(dynamoDb(services), CALL).create()) {
            ActionTable.createIfAbsent(client, TABLE);
        }
        KafkaProducer<byte[], byte[]> producer =
                new KafkaProducer<>(
                        Map.of("bootstrap.servers", broker(services), "acks", "all"),
                        new ByteArraySerializer(),
                        new ByteArraySerializer());
        return new ActingJob(services, ssm, producer, execute(services, ssm));
    }

    private static void createTopics(String broker) throws Exception {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", broker))) {
            admin.createTopics(
                            Stream.of(ORDERS, REPORTS, CONTROL)
                                    .map(name -> new NewTopic(name, 1, (short) 1))
                                    .collect(Collectors.toList()))
                    .all()
                    .get();
        }
    }

    private static JobClient execute(EmbeddedProcess services, SsmStub ssm) throws Exception {
        StreamExecutionEnvironment env = StreamExecutionEnvironment.createLocalEnvironment(1);
        env.enableCheckpointing(1_000);
        KafkaCluster cluster = KafkaCluster.at(broker(services));
        String dynamoDb = dynamoDb(services);
        String aws = ssm.endpoint().toString();
        new ResolutionStage(
                        new ActionRules(
                                PlaybookReader.read(PLAYBOOK, new Problems("playbook")),
                                AllowList.read(
                                        "disk: {risk: low, changes: 1, of: 4}",
                                        new Problems("allow list"))),
                        () -> ledger(dynamoDb),
                        () ->
                                new LiveEffects(
                                        new SsmAutomations(AwsPlace.at(aws).withCallTimeout(CALL)),
                                        "arn:aws:iam::111111111111:role/acts",
                                        "arn:aws:iam::222222222222:role/rehearses"),
                        new KafkaLifecycleStreams(
                                new LifecycleTopics(
                                        cluster, ORDERS, REPORTS, "no-questions", "acting")),
                        Optional.of(
                                new CommandStreams(
                                        cluster,
                                        CONTROL,
                                        "commanding",
                                        Optional.empty(),
                                        "",
                                        () -> ledger(dynamoDb))))
                .addTo(env);
        return env.executeAsync("acts");
    }

    private static TableLedger ledger(String dynamoDb) {
        return new TableLedger(new ActionTable(DynamoDbClientProvider.at(dynamoDb, CALL), TABLE));
    }

    private static String broker(EmbeddedProcess services) {
        return services.endpoints().kafkaBootstrap();
    }

    private static String dynamoDb(EmbeddedProcess services) {
        return services.endpoints().dynamoDb().toString();
    }

    /** One of one's own, which the caller closes. */
    TableLedger ledger() {
        return ledger(dynamoDb(services));
    }

    /** How many effects have begun. */
    int effects() {
        return ssm.executions().size();
    }

    /** Orders another action, of another tenant: nobody is asked whether it helps again. */
    void order() throws IOException {
        orders++;
        long now = System.currentTimeMillis();
        DataOutputSerializer out = new DataOutputSerializer(256);
        new ActionOrder.ActionOrderCodec()
                .write(
                        new ActionOrder(
                                ActionOrder.Kind.ACT,
                                "tenant-" + orders,
                                "incident-" + orders,
                                1,
                                "decision-" + orders,
                                ACTION,
                                false,
                                Set.of(),
                                now,
                                now + ORDER_HOLDS_MILLIS),
                        out);
        send(ORDERS, out.getCopyOfBuffer());
    }

    /** Says something over the control stream, of all tenants. */
    void say(String id, int sequence, String command) {
        send(
                CONTROL,
                String.format(
                                "{\"kind\":\"command\",\"tenant\":\"*\",\"id\":\"%s\","
                                        + "\"sequence\":%d,\"effective_at\":\"%s\","
                                        + "\"author\":\"on-call\",\"body\":{\"command\":\"%s\"}}",
                                id, sequence, Instant.now(), command)
                        .getBytes(StandardCharsets.UTF_8));
    }

    private void send(String topic, byte[] value) {
        producer.send(new ProducerRecord<>(topic, value));
        producer.flush();
    }

    /**
     * Lets a moment pass.
     *
     * @throws IOException if the job ends
     */
    void pause(long millis) throws Exception {
        try {
            job.getJobExecutionResult().get(millis, TimeUnit.MILLISECONDS);
            throw new IOException("The job ended");
        } catch (TimeoutException running) {
            // As it should.
        }
    }

    @Override
    public void close() throws Exception {
        job.cancel().get();
        producer.close();
        ssm.close();
        services.close();
    }
}
