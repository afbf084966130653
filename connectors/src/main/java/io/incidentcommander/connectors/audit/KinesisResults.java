// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.connectors.audit;

import java.io.Serializable;
import java.util.Properties;
import org.apache.flink.api.common.serialization.SerializationSchema;
import org.apache.flink.connector.kinesis.sink.KinesisStreamsSink;
import org.apache.flink.connector.kinesis.sink.PartitionKeyGenerator;

/**
 * Results as records of a Kinesis stream, at least once. What the stream has not taken is the
 * sink's state, up to 10,000 records; past that it blocks. Records of one key go to one shard, but
 * may overtake each other there when some of them have to be sent again: readers go by sequence.
 */
public final class KinesisResults implements Serializable {
    private static final long serialVersionUID = 1L;

    private final String region;
    private final String endpoint;

    /**
     * @param endpoint a server that speaks the protocol and takes any credentials; empty: the
     *     region's own, with the credentials of the environment
     */
    public KinesisResults(String region, String endpoint) {
        this.region = region;
        this.endpoint = endpoint;
    }

    public <T> KinesisStreamsSink<T> into(
            String stream, SerializationSchema<T> bytes, PartitionKeyGenerator<T> key) {
        return KinesisStreamsSink.<T>builder()
                .setStreamName(stream)
                .setKinesisClientProperties(client())
                .setSerializationSchema(bytes)
                .setPartitionKeyGenerator(key)
                .build();
    }

    private Properties client() {
        Properties client = new Properties();
        client.setProperty("aws.region", region);
        if (!endpoint.isEmpty()) {
            client.setProperty("aws.endpoint", endpoint);
            client.setProperty("aws.http.protocol.version", "HTTP1_1");
            client.setProperty("aws.credentials.provider", "BASIC");
            client.setProperty("aws.credentials.provider.basic.accesskeyid", "local");
            client.setProperty("aws.credentials.provider.basic.secretkey", "local");
        }
        return client;
    }
}
