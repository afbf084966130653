// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.connectors.ingest;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.incidentcommander.model.ingest.DeadLetter;
import io.incidentcommander.model.ingest.RawRecord;
import java.math.BigInteger;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class KinesisRecordsTest {
    private static final BigInteger SEQUENCE =
            new BigInteger("49590338271490256608559692538361571095921575989136588898");

    private final KinesisRecords records = new KinesisRecords("kinesis");

    @Test
    void aRecordHasItsShardAsPartitionAndItsArrival() {
        RawRecord record = read(SEQUENCE, "key", "{}");

        assertThat(record.source()).isEqualTo("kinesis");
        assertThat(record.partition()).isEqualTo("shardId-000000000003");
        assertThat(record.arrivalMillis()).isEqualTo(1234);
        assertThat(new String(record.bytes(), UTF_8)).isEqualTo("{}");
    }

    @Test
    void offsetIsTheSameAtEachReadingAndForEver() {
        assertThat(read(SEQUENCE, "key", "{}").offset())
                .isEqualTo(read(SEQUENCE, "key", "{}").offset())
                .isEqualTo(KinesisRecords.offset(SEQUENCE.toString(), "key", "{}".getBytes(UTF_8)))
                .isEqualTo(EXPECTED);
    }

    private static final long EXPECTED = 2076124625900545397L;

    @Test
    void offsetsOfNeighboursAndWithinAnAggregateDiffer() {
        Set<Long> offsets = new HashSet<>();
        for (int i = 0; i < 50_000; i++) {
            offsets.add(read(SEQUENCE.add(BigInteger.valueOf(i)), "key", "{}").offset());
            offsets.add(read(SEQUENCE, "key", "{" + i + "}").offset());
        }
        offsets.add(read(SEQUENCE, "other", "{}").offset());
        offsets.add(read(SEQUENCE, "ke", "y{}").offset());

        assertThat(offsets).hasSize(100_002).allMatch(offset -> offset >= 0);
    }

    @Test
    void aRecordAboveTheLargestSizeIsTruncated() {
        RawRecord record = read(SEQUENCE, "key", "x".repeat(300 * 1024));

        assertThat(record.size()).isEqualTo(300 * 1024);
        assertThat(record.bytes()).hasSize(DeadLetter.HEAD_BYTES);
    }

    private RawRecord read(BigInteger sequence, String key, String data) {
        return records.deserialize(
                data.getBytes(UTF_8),
                key,
                sequence.toString(),
                1234,
                "alerts",
                "shardId-000000000003");
    }
}
