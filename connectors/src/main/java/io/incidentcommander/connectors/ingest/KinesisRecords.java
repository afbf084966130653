// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.connectors.ingest;

import io.incidentcommander.model.codec.CodecTypeInfo;
import io.incidentcommander.model.ingest.RawRecord;
import io.incidentcommander.model.ingest.RawRecord.RawRecordCodec;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.streaming.connectors.kinesis.serialization.KinesisDeserializationSchema;

/**
 * The data of a Kinesis record, as it is: partition the shard id, arrival Kinesis' approximate
 * arrival.
 *
 * <p>The offset must be a long that is the same at each reading and differs from record to record.
 * A sequence number is a decimal of up to 128 digits whose build is not documented, and the records
 * of one KPL aggregate share theirs; so the offset is the first 63 bits of SHA-256 over sequence
 * number, partition key and data. It names a record and does not order; order is that of arrival.
 * Two of ten million records of a shard share one with a chance of about 1 in 200,000; the records
 * of an aggregate that have the same key and the same bytes share one.
 */
final class KinesisRecords implements KinesisDeserializationSchema<RawRecord> {
    private static final long serialVersionUID = 1L;

    private final String source;

    KinesisRecords(String source) {
        this.source = source;
    }

    @Override
    public RawRecord deserialize(
            byte[] data,
            String partitionKey,
            String sequenceNumber,
            long arrivalMillis,
            String stream,
            String shardId) {
        long offset = offset(sequenceNumber, partitionKey, data);
        return LargeRecords.cut(source, shardId, offset, arrivalMillis, data);
    }

    @Override
    public TypeInformation<RawRecord> getProducedType() {
        return CodecTypeInfo.of(new RawRecordCodec());
    }

    static long offset(String sequenceNumber, String partitionKey, byte[] data) {
        MessageDigest digest = sha256();
        digest.update(sequenceNumber.getBytes(StandardCharsets.UTF_8));
        digest.update((byte) 0);
        digest.update(partitionKey.getBytes(StandardCharsets.UTF_8));
        digest.update((byte) 0);
        digest.update(data);
        return ByteBuffer.wrap(digest.digest()).getLong() & Long.MAX_VALUE;
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
