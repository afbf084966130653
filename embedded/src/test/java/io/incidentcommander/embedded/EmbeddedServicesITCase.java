// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.mail.Folder;
import jakarta.mail.Message;
import jakarta.mail.Session;
import jakarta.mail.Store;
import jakarta.mail.Transport;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.retries.api.BackoffStrategy;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.Put;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import software.amazon.awssdk.services.dynamodb.model.TransactionCanceledException;
import software.amazon.awssdk.services.kinesis.KinesisClient;
import software.amazon.awssdk.services.kinesis.model.Record;
import software.amazon.awssdk.services.kinesis.model.ShardIteratorType;
import software.amazon.awssdk.services.s3.S3Client;

/** All services together in one child, each asked to do what the product needs of it. */
class EmbeddedServicesITCase {

    private static final AwsCredentialsProvider CREDENTIALS =
            StaticCredentialsProvider.create(AwsBasicCredentials.create("local", "local"));
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir static Path dataDir;
    private static final List<String> progress = new CopyOnWriteArrayList<>();
    private static EmbeddedProcess services;

    @BeforeAll
    static void startAll() throws IOException {
        services = EmbeddedProcess.start(dataDir, EnumSet.allOf(ServiceName.class), progress::add);
    }

    @AfterAll
    static void stopAll() throws IOException {
        services.close();
    }

    @Test
    void progressNamesEachServiceOnceAndSaysWhetherItIsRealOrAStub() {
        assertThat(progress)
                .hasSize(ServiceName.values().length)
                .allMatch(line -> line.matches("[a-z0-9_]+ +(real|stub) .* [0-9.]+ s"));
        assertThat(progress).anyMatch(line -> line.matches("kafka +real 127\\.0\\.0\\.1:.*"));
        assertThat(progress).anyMatch(line -> line.matches("s3 +stub http://127\\.0\\.0\\.1:.*"));
    }

    @Test
    void everythingListensOnTheLoopbackInterfaceOnly() throws IOException {
        List<ListeningSockets.Socket> sockets = ListeningSockets.of(services.pid());

        assertThat(sockets).hasSizeGreaterThanOrEqualTo(8);
        assertThat(sockets).allMatch(ListeningSockets.Socket::isLoopback);
    }

    @Test
    void kafkaReturnsWhatWasProducedToATopicMadeForIt() throws Exception {
        String bootstrap = services.endpoints().kafkaBootstrap();
        KafkaClients.createTopic(bootstrap, "alerts");

        KafkaClients.produce(bootstrap, "alerts", List.of("a", "b", "c"));

        assertThat(KafkaClients.consume(bootstrap, "alerts", 3)).containsExactly("a", "b", "c");
    }

    @Test
    void dynamoDbRefusesASecondConditionalPutAndRollsBackATransaction() {
        try (DynamoDbClient client =
                DynamoDbClient.builder()
                        .endpointOverride(services.endpoints().dynamoDb())
                        .region(Region.US_EAST_1)
                        .credentialsProvider(CREDENTIALS)
                        .httpClient(UrlConnectionHttpClient.create())
                        .build()) {
            createTable(client, "events");
            put(client, "events", "1");

            assertThatThrownBy(() -> put(client, "events", "1"))
                    .isInstanceOf(ConditionalCheckFailedException.class);
            assertThatThrownBy(() -> putBoth(client, "events", "2", "1"))
                    .isInstanceOf(TransactionCanceledException.class);
            assertThat(count(client, "events")).isEqualTo(1);
            putBoth(client, "events", "2", "3");
            assertThat(count(client, "events")).isEqualTo(3);
        }
    }

    @Test
    void openSearchFindsByWordAndByNearestVector() throws Exception {
        URI base = services.endpoints().openSearch();
        send(
                "PUT",
                base.resolve("/patterns"),
                """
                {"settings": {"index.knn": true, "number_of_shards": 1, "number_of_replicas": 0},
                 "mappings": {"properties": {
                   "text": {"type": "text", "analyzer": "english"},
                   "vector": {"type": "knn_vector", "dimension": 3,
                              "method": {"name": "hnsw", "engine": "lucene",
                                         "space_type": "cosinesimil"}}}}}\
                """);
        index(base, "disk", "disks filling up", "[1, 0, 0]");
        index(base, "leak", "memory leaking", "[0, 1, 0]");
        index(base, "flap", "network flapping", "[0, 0, 1]");
        send("POST", base.resolve("/patterns/_refresh"), "");

        JsonNode byWord =
                send(
                        "POST",
                        base.resolve("/patterns/_search"),
                        "{\"query\": {\"match\": {\"text\": \"disk\"}}}");
        JsonNode byVector =
                send(
                        "POST",
                        base.resolve("/patterns/_search"),
                        """
                        {"size": 2, "query": {"knn": {"vector":
                          {"vector": [0.1, 0.9, 0.2], "k": 2}}}}\
                        """);

        assertThat(ids(byWord)).containsExactly("disk");
        assertThat(ids(byVector)).containsExactly("leak", "flap");
    }

    @Test
    void s3ReturnsTheBytesThatWerePut() {
        try (S3Client client =
                S3Client.builder()
                        .endpointOverride(services.endpoints().s3())
                        .region(Region.US_EAST_1)
                        .credentialsProvider(CREDENTIALS)
                        .forcePathStyle(true)
                        .httpClient(UrlConnectionHttpClient.create())
                        .build()) {
            client.createBucket(bucket -> bucket.bucket("savepoints"));

            client.putObject(
                    object -> object.bucket("savepoints").key("a/b"),
                    RequestBody.fromString("state"));

            assertThat(
                            client.getObjectAsBytes(
                                            object -> object.bucket("savepoints").key("a/b"))
                                    .asUtf8String())
                    .isEqualTo("state");
        }
    }

    @Test
    void mailThatIsSentCanBeRead() throws Exception {
        Endpoint.Mail mail = services.endpoints().mail();
        Properties properties = new Properties();
        properties.setProperty("mail.smtp.host", mail.host());
        properties.setProperty("mail.smtp.port", Integer.toString(mail.port()));
        Session session = Session.getInstance(properties);
        MimeMessage message = new MimeMessage(session);
        message.setFrom(new InternetAddress("commander@example.com"));
        message.setRecipient(Message.RecipientType.TO, new InternetAddress("oncall@example.com"));
        message.setSubject("SEV1 checkout");
        message.setText("It burns.");

        Transport.send(message);

        try (Store store = session.getStore("imap")) {
            store.connect(mail.host(), mail.imapPort(), "oncall@example.com", "oncall@example.com");
            try (Folder inbox = store.getFolder("INBOX")) {
                inbox.open(Folder.READ_ONLY);
                assertThat(inbox.getMessages())
                        .singleElement()
                        .satisfies(
                                received ->
                                        assertThat(received.getSubject())
                                                .isEqualTo("SEV1 checkout"));
            }
        }
    }

    @Test
    void kinesisReturnsWhatWasPut() {
        services.endpoints()
                .skipped(ServiceName.KINESIS)
                .ifPresent(reason -> assumeTrue(false, "Kinesis was skipped: " + reason));
        try (KinesisClient client =
                KinesisClient.builder()
                        .endpointOverride(services.endpoints().kinesis())
                        .region(Region.US_EAST_1)
                        .credentialsProvider(CREDENTIALS)
                        .httpClient(UrlConnectionHttpClient.create())
                        .build()) {
            client.createStream(stream -> stream.streamName("alerts").shardCount(1));
            client.waiter()
                    .waitUntilStreamExists(
                            stream -> stream.streamName("alerts"),
                            wait ->
                                    wait.maxAttempts(1_000)
                                            .backoffStrategyV2(
                                                    BackoffStrategy.fixedDelay(
                                                            Duration.ofMillis(100))));

            String shard =
                    client.putRecord(
                                    put ->
                                            put.streamName("alerts")
                                                    .partitionKey("k")
                                                    .data(SdkBytes.fromUtf8String("alert")))
                            .shardId();

            String iterator =
                    client.getShardIterator(
                                    from ->
                                            from.streamName("alerts")
                                                    .shardId(shard)
                                                    .shardIteratorType(
                                                            ShardIteratorType.TRIM_HORIZON))
                            .shardIterator();
            List<Record> records = client.getRecords(get -> get.shardIterator(iterator)).records();
            assertThat(records)
                    .singleElement()
                    .satisfies(
                            record -> assertThat(record.data().asUtf8String()).isEqualTo("alert"));
        }
    }

    private static void createTable(DynamoDbClient client, String table) {
        client.createTable(
                create ->
                        create.tableName(table)
                                .billingMode(BillingMode.PAY_PER_REQUEST)
                                .keySchema(key -> key.attributeName("id").keyType(KeyType.HASH))
                                .attributeDefinitions(
                                        id ->
                                                id.attributeName("id")
                                                        .attributeType(ScalarAttributeType.S)));
    }

    private static void put(DynamoDbClient client, String table, String id) {
        client.putItem(
                put ->
                        put.tableName(table)
                                .item(item(id))
                                .conditionExpression("attribute_not_exists(id)"));
    }

    private static void putBoth(DynamoDbClient client, String table, String first, String second) {
        List<TransactWriteItem> writes = new ArrayList<>();
        for (String id : List.of(first, second)) {
            Put put =
                    Put.builder()
                            .tableName(table)
                            .item(item(id))
                            .conditionExpression("attribute_not_exists(id)")
                            .build();
            writes.add(TransactWriteItem.builder().put(put).build());
        }
        client.transactWriteItems(transaction -> transaction.transactItems(writes));
    }

    private static int count(DynamoDbClient client, String table) {
        return client.scan(scan -> scan.tableName(table).consistentRead(true)).count();
    }

    private static Map<String, AttributeValue> item(String id) {
        return Map.of("id", AttributeValue.fromS(id));
    }

    private static void index(URI base, String id, String text, String vector) throws Exception {
        send(
                "PUT",
                base.resolve("/patterns/_doc/" + id),
                "{\"text\": \"" + text + "\", \"vector\": " + vector + "}");
    }

    private static List<String> ids(JsonNode response) {
        return response.at("/hits/hits").findValuesAsText("_id");
    }

    private static JsonNode send(String method, URI uri, String body) throws Exception {
        HttpResponse<String> response =
                HttpClient.newHttpClient()
                        .send(
                                HttpRequest.newBuilder(uri)
                                        .header("Content-Type", "application/json")
                                        .method(method, HttpRequest.BodyPublishers.ofString(body))
                                        .build(),
                                HttpResponse.BodyHandlers.ofString());
        assertThat(response.statusCode()).as(response.body()).isLessThan(300);
        return JSON.readTree(response.body());
    }
}
