// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.integration.ingest;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.incidentcommander.embedded.EmbeddedProcess;
import io.incidentcommander.embedded.KafkaLogin;
import io.incidentcommander.embedded.ServiceName;
import io.incidentcommander.jobs.IncidentCommanderJob;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.provider.FileConfigProvider;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.retries.api.BackoffStrategy;
import software.amazon.awssdk.services.kinesis.KinesisClient;

/**
 * The job's main class in a JVM of its own, with the YAML that the README shows, and a Kafka that
 * asks who is there.
 */
class JobMainITCase {
    private static final Duration SOON = Duration.ofSeconds(180);
    private static final Duration MOMENT = Duration.ofMillis(500);
    private static final int ALERTS = 20;
    private static final KafkaLogin LOGIN = new KafkaLogin("commander", "not-a-secret");
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir Path directory;

    @Test
    void readsKafkaAndKinesisAndCsvFilesByOneConfiguration() throws Exception {
        try (EmbeddedProcess services =
                EmbeddedProcess.start(
                        directory, Set.of(ServiceName.KAFKA, ServiceName.KINESIS), LOGIN)) {
            services.endpoints()
                    .skipped(ServiceName.KINESIS)
                    .ifPresent(reason -> assumeTrue(false, "Kinesis was skipped: " + reason));
            String broker = services.endpoints().kafkaBootstrap();
            createTopics(broker);
            try (KinesisClient kinesis = kinesis(services)) {
                createStream(kinesis);
                sendAlerts(broker);
                Path log = directory.resolve("job.log");
                Process job = start(configuration(services, broker), log);
                try {
                    JsonNode ledger = awaitLedger(broker, kinesis, job, log);
                    assertThat(ledger.path("prod").path("in").asInt()).isEqualTo(ALERTS);
                    assertThat(ledger.path("history").path("alert_bearing").asInt()).isEqualTo(2);
                    assertThat(ledger.path("history").path("dead_letter").asInt()).isEqualTo(1);
                    assertThat(ledger.path("cloud").path("telemetry").asInt()).isZero();
                } finally {
                    job.destroy();
                    job.waitFor();
                }
            }
        }
    }

    private Path configuration(EmbeddedProcess services, String broker) throws Exception {
        Path csv =
                Files.writeString(
                        directory.resolve("alerts.csv"),
                        "t,what,box\n1700000000,Down,web\n1700000001,Down,db\nsoon,Down,db\n");
        Properties login = new Properties();
        login.setProperty("jaas", LOGIN.clientProperties().get("sasl.jaas.config"));
        Path secrets = directory.resolve("kafka.properties");
        try (Writer to = Files.newBufferedWriter(secrets)) {
            login.store(to, null);
        }
        Path mapping =
                Files.writeString(
                        directory.resolve("mapping.yaml"),
                        "time: {column: t, unit: s}\nname: what\nservice: box\n");
        return Files.writeString(
                directory.resolve("commander.yaml"),
                """
                kafka:
                  client:
                    security.protocol: SASL_PLAINTEXT
                    sasl.mechanism: PLAIN
                    config.providers: file
                    config.providers.file.class: PROVIDER
                    sasl.jaas.config: ${file:SECRETS:jaas}
                source:
                  prod:
                    transport: kafka
                    bootstrap-servers: BROKER
                    topic: alerts
                  cloud:
                    transport: kinesis
                    region: us-east-1
                    endpoint: KINESIS
                    stream: alarms
                    format: cloudwatch-eventbridge
                  history:
                    transport: file
                    paths: CSV
                    mapping: MAPPING
                checkpoint:
                  interval: 1 s
                sink:
                  kafka:
                    bootstrap-servers: BROKER
                """
                        .replace("BROKER", broker)
                        .replace("PROVIDER", FileConfigProvider.class.getName())
                        .replace("SECRETS", secrets.toString())
                        .replace("KINESIS", services.endpoints().kinesis().toString())
                        .replace("CSV", csv.toString())
                        .replace("MAPPING", mapping.toString()));
    }

    private static Process start(Path configuration, Path log) throws Exception {
        ProcessBuilder job =
                new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "-Xmx768m",
                                "--add-opens=java.base/java.util=ALL-UNNAMED",
                                "--add-opens=java.base/java.lang=ALL-UNNAMED",
                                "-cp",
                                System.getProperty("java.class.path"),
                                IncidentCommanderJob.class.getName(),
                                "--config",
                                configuration.toString())
                        .redirectErrorStream(true)
                        .redirectOutput(log.toFile());
        job.environment().put("AWS_ACCESS_KEY_ID", "key");
        job.environment().put("AWS_SECRET_ACCESS_KEY", "secret");
        return job.start();
    }

    /** A Kinesis source begins at the newest record, so alarms are put until some were read. */
    private static JsonNode awaitLedger(String broker, KinesisClient kinesis, Process job, Path log)
            throws Exception {
        TopicPartition topic = new TopicPartition("ledger", 0);
        try (KafkaConsumer<byte[], byte[]> consumer =
                new KafkaConsumer<>(
                        client(broker), new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            consumer.assign(List.of(topic));
            consumer.seekToBeginning(List.of(topic));
            long end = System.nanoTime() + SOON.toNanos();
            JsonNode ledger = JSON.createObjectNode();
            while (ledger.path("prod").path("in").asInt() < ALERTS
                    || ledger.path("cloud").path("alert_bearing").asInt() == 0
                    || ledger.path("history").path("in").asInt() < 3) {
                assertThat(job.isAlive()).as(() -> "the job's end: " + read(log)).isTrue();
                assertThat(System.nanoTime())
                        .as(ledger + " of a job that says " + read(log))
                        .isLessThan(end);
                putAlarm(kinesis);
                for (ConsumerRecord<byte[], byte[]> record : consumer.poll(MOMENT)) {
                    ledger = JSON.readTree(record.value());
                }
            }
            return ledger;
        }
    }

    private static String read(Path log) {
        try {
            return Files.readString(log);
        } catch (IOException e) {
            return e.toString();
        }
    }

    private static Map<String, Object> client(String broker) {
        Map<String, Object> properties = new HashMap<>(LOGIN.clientProperties());
        properties.put("bootstrap.servers", broker);
        return properties;
    }

    private static void createTopics(String broker) throws Exception {
        try (Admin admin = Admin.create(client(broker))) {
            admin.createTopics(
                            List.of("alerts", "incidents", "dead-letters", "ledger").stream()
                                    .map(topic -> new NewTopic(topic, 1, (short) 1))
                                    .toList())
                    .all()
                    .get();
        }
    }

    private static void sendAlerts(String broker) {
        try (KafkaProducer<byte[], byte[]> producer =
                new KafkaProducer<>(
                        client(broker), new ByteArraySerializer(), new ByteArraySerializer())) {
            for (int i = 0; i < ALERTS; i++) {
                String alert =
                        "{\"name\":\"Down\",\"service\":\"s" + i + "\",\"severity\":\"high\"}";
                producer.send(new ProducerRecord<>("alerts", alert.getBytes(UTF_8)));
            }
        }
    }

    private static void createStream(KinesisClient kinesis) {
        kinesis.createStream(request -> request.streamName("alarms").shardCount(1));
        kinesis.waiter()
                .waitUntilStreamExists(
                        request -> request.streamName("alarms"),
                        wait ->
                                wait.maxAttempts(1_000)
                                        .backoffStrategyV2(
                                                BackoffStrategy.fixedDelay(
                                                        Duration.ofMillis(100))));
    }

    private static void putAlarm(KinesisClient kinesis) {
        String alarm =
                "{\"detail-type\":\"CloudWatch Alarm State Change\",\"source\":\"aws.cloudwatch\","
                        + "\"resources\":[\"arn:aws:cloudwatch:us-east-1:1:alarm:a\"],"
                        + "\"detail\":{\"alarmName\":\"a\",\"state\":{\"value\":\"ALARM\"}}}";
        kinesis.putRecord(
                request ->
                        request.streamName("alarms")
                                .partitionKey("a")
                                .data(SdkBytes.fromUtf8String(alarm)));
    }

    private static KinesisClient kinesis(EmbeddedProcess services) {
        return KinesisClient.builder()
                .endpointOverride(services.endpoints().kinesis())
                .region(Region.US_EAST_1)
                .httpClient(UrlConnectionHttpClient.create())
                .credentialsProvider(
                        StaticCredentialsProvider.create(
                                AwsBasicCredentials.create("key", "secret")))
                .build();
    }
}
