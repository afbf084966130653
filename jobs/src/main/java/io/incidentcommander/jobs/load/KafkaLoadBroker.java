// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.jobs.load;

import io.incidentcommander.connectors.ingest.KafkaAlertSource;
import io.incidentcommander.connectors.kafka.KafkaCluster;
import io.incidentcommander.jobs.live.EmbeddedChild;
import io.incidentcommander.model.ingest.RawRecord;
import io.incidentcommander.operators.OperatorUids;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.connector.base.DeliveryGuarantee;
import org.apache.flink.connector.kafka.sink.KafkaRecordSerializationSchema;
import org.apache.flink.connector.kafka.sink.KafkaSink;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;

/** Through one Kafka topic. */
final class KafkaLoadBroker extends LoadBroker {
    private static final String TOPIC = "load";
    private static final int PARTITIONS = 4;

    private final String bootstrap;

    private KafkaLoadBroker(EmbeddedChild child, String bootstrap) {
        super(child);
        this.bootstrap = bootstrap;
    }

    static KafkaLoadBroker on(EmbeddedChild child) throws Exception {
        String bootstrap = child.addresses().kafka();
        try (Admin admin =
                Admin.create(Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrap))) {
            admin.createTopics(List.of(new NewTopic(TOPIC, PARTITIONS, (short) 1))).all().get();
        }
        return new KafkaLoadBroker(child, bootstrap);
    }

    @Override
    String source() {
        return "kafka";
    }

    @Override
    String counter() {
        return "numRecordsIn";
    }

    @Override
    DataStream<RawRecord> read(StreamExecutionEnvironment env) {
        return env.fromSource(
                        KafkaAlertSource.builder(source(), KafkaCluster.at(bootstrap))
                                .topics(List.of(TOPIC))
                                .groupId("load")
                                .discoveryInterval(Duration.ZERO)
                                .build(),
                        WatermarkStrategy.noWatermarks(),
                        source())
                .uid(OperatorUids.SOURCE_PREFIX + source());
    }

    @Override
    Sink<RawRecord> sink() {
        return KafkaSink.<RawRecord>builder()
                .setBootstrapServers(bootstrap)
                .setDeliveryGuarantee(DeliveryGuarantee.AT_LEAST_ONCE)
                .setProperty(ProducerConfig.ACKS_CONFIG, "all")
                .setProperty(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, "true")
                .setProperty(ProducerConfig.COMPRESSION_TYPE_CONFIG, "lz4")
                .setProperty(ProducerConfig.LINGER_MS_CONFIG, "20")
                .setProperty(ProducerConfig.BATCH_SIZE_CONFIG, Integer.toString(256 * 1024))
                .setRecordSerializer(new Records())
                .build();
    }

    /** The bytes, at the time they were meant to be sent. */
    private static final class Records implements KafkaRecordSerializationSchema<RawRecord> {
        private static final long serialVersionUID = 1L;

        @Override
        public ProducerRecord<byte[], byte[]> serialize(
                RawRecord record, KafkaSinkContext context, Long timestamp) {
            int partition = (int) (record.offset() % PARTITIONS);
            return new ProducerRecord<>(
                    TOPIC, partition, record.arrivalMillis(), null, record.bytes());
        }
    }
}
