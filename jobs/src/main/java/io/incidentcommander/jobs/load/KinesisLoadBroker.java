// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.jobs.load;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.incidentcommander.connectors.ingest.KinesisAlertSource;
import io.incidentcommander.jobs.cli.CommandFailedException;
import io.incidentcommander.jobs.live.EmbeddedChild;
import io.incidentcommander.model.ingest.RawRecord;
import io.incidentcommander.operators.OperatorUids;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import org.apache.flink.api.common.serialization.SerializationSchema;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.connector.kinesis.sink.KinesisStreamsSink;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/** Through one Kinesis stream, with shards enough for the rate. */
final class KinesisLoadBroker extends LoadBroker {
    private static final String STREAM = "load";
    private static final String REGION = "us-east-1";

    /** A shard takes 1,000 records and 1 MiB a second; records measure up to 4 KB. */
    private static final int RECORDS_PER_SHARD = 250;

    private static final int MOST_SHARDS = 50;
    private static final long ACTIVE_WITHIN_NANOS = 60_000_000_000L;
    private static final ObjectMapper JSON = new ObjectMapper();

    private final String endpoint;

    private KinesisLoadBroker(EmbeddedChild child, String endpoint) {
        super(child);
        this.endpoint = endpoint;
    }

    static KinesisLoadBroker on(EmbeddedChild child, long rate) throws Exception {
        Optional<String> skipped = child.skipped("kinesis");
        if (skipped.isPresent()) {
            throw new CommandFailedException(
                    "load --source kinesis needs Node for the embedded Kinesis: "
                            + skipped.get()
                            + ". Put node and npm (18 or newer) on the PATH, or use --source"
                            + " kafka");
        }
        String endpoint = child.addresses().kinesis();
        long shards = Math.min(MOST_SHARDS, 1 + rate / RECORDS_PER_SHARD);
        call(endpoint, "CreateStream", "\"ShardCount\":" + shards);
        long until = System.nanoTime() + ACTIVE_WITHIN_NANOS;
        while (!isActive(endpoint)) {
            if (System.nanoTime() > until) {
                throw new CommandFailedException("the embedded Kinesis made no stream in 60 s");
            }
        }
        return new KinesisLoadBroker(child, endpoint);
    }

    @Override
    String source() {
        return "kinesis";
    }

    @Override
    String counter() {
        return KinesisAlertSource.RECORDS_READ;
    }

    @Override
    DataStream<RawRecord> read(StreamExecutionEnvironment env) {
        return KinesisAlertSource.of(source(), STREAM, REGION)
                .startAtTrimHorizon()
                .properties(access())
                .add(env)
                .uid(OperatorUids.SOURCE_PREFIX + source())
                .name(source())
                .rebalance();
    }

    @Override
    Sink<RawRecord> sink() {
        Properties properties = new Properties();
        properties.putAll(access());
        properties.setProperty("aws.region", REGION);
        properties.setProperty("aws.http.protocol.version", "HTTP1_1");
        return KinesisStreamsSink.<RawRecord>builder()
                .setStreamName(STREAM)
                .setKinesisClientProperties(properties)
                .setSerializationSchema(new Bytes())
                .setPartitionKeyGenerator(record -> Long.toString(record.offset()))
                .build();
    }

    private Map<String, String> access() {
        return Map.of(
                "aws.endpoint", endpoint,
                "aws.credentials.provider", "BASIC",
                "aws.credentials.provider.basic.accesskeyid", "local",
                "aws.credentials.provider.basic.secretkey", "local");
    }

    private static boolean isActive(String endpoint) throws IOException, InterruptedException {
        return call(endpoint, "DescribeStreamSummary", "\"Limit\":1")
                .path("StreamDescriptionSummary")
                .path("StreamStatus")
                .asText()
                .equals("ACTIVE");
    }

    /** Two calls are not worth a client of 10 MB; the local server takes any signature. */
    private static JsonNode call(String endpoint, String operation, String more)
            throws IOException, InterruptedException {
        String body = "{\"StreamName\":\"" + STREAM + "\"," + more + "}";
        HttpRequest request =
                HttpRequest.newBuilder(URI.create(endpoint))
                        .header("Content-Type", "application/x-amz-json-1.1")
                        .header("X-Amz-Target", "Kinesis_20131202." + operation)
                        .header("X-Amz-Date", "20260101T000000Z")
                        .header(
                                "Authorization",
                                "AWS4-HMAC-SHA256 Credential=local/20260101/"
                                        + REGION
                                        + "/kinesis/aws4_request, SignedHeaders=host,"
                                        + " Signature=0")
                        .POST(HttpRequest.BodyPublishers.ofString(body))
                        .build();
        HttpResponse<String> answer =
                HttpClient.newBuilder()
                        .version(HttpClient.Version.HTTP_1_1)
                        .build()
                        .send(request, HttpResponse.BodyHandlers.ofString());
        if (answer.statusCode() != 200) {
            throw new CommandFailedException(
                    "the embedded Kinesis answered " + operation + " with " + answer.body());
        }
        return JSON.readTree(answer.body().isEmpty() ? "{}" : answer.body());
    }

    private static final class Bytes implements SerializationSchema<RawRecord> {
        private static final long serialVersionUID = 1L;

        @Override
        public byte[] serialize(RawRecord record) {
            return record.bytes();
        }
    }
}
