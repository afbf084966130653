// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.connectors.ingest;

import io.incidentcommander.model.codec.CodecTypeInfo;
import io.incidentcommander.model.ingest.RawRecord;
import io.incidentcommander.model.ingest.RawRecord.RawRecordCodec;
import java.util.HashMap;
import java.util.Map;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.connector.kafka.source.reader.deserializer.KafkaRecordDeserializationSchema;
import org.apache.flink.util.Collector;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * The value of a Kafka record, as it is: partition {@code topic-N}, Kafka's offset, Kafka's
 * timestamp as the arrival. A record without a value is one of no bytes.
 */
final class KafkaRecords implements KafkaRecordDeserializationSchema<RawRecord> {
    private static final long serialVersionUID = 1L;
    private static final byte[] NOTHING = new byte[0];

    private final String source;
    private final HashMap<String, HashMap<Integer, String>> names = new HashMap<>();

    KafkaRecords(String source) {
        this.source = source;
    }

    @Override
    public void deserialize(ConsumerRecord<byte[], byte[]> record, Collector<RawRecord> out) {
        byte[] value = record.value() == null ? NOTHING : record.value();
        long arrival =
                record.timestamp() == ConsumerRecord.NO_TIMESTAMP
                        ? RawRecord.NO_ARRIVAL
                        : record.timestamp();
        out.collect(LargeRecords.cut(source, name(record), record.offset(), arrival, value));
    }

    @Override
    public TypeInformation<RawRecord> getProducedType() {
        return CodecTypeInfo.of(new RawRecordCodec());
    }

    /** One string for each partition, not one for each record. */
    private String name(ConsumerRecord<byte[], byte[]> record) {
        Map<Integer, String> ofTopic = names.computeIfAbsent(record.topic(), t -> new HashMap<>());
        return ofTopic.computeIfAbsent(record.partition(), p -> record.topic() + "-" + p);
    }
}
