// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.integration.faults;

import io.incidentcommander.datagen.ingest.GeneratorCheckpoint;
import io.incidentcommander.datagen.ingest.GeneratorSource;
import io.incidentcommander.datagen.ingest.GeneratorSplit;
import io.incidentcommander.datagen.storm.FaultyStorm;
import io.incidentcommander.datagen.storm.FormatMix;
import io.incidentcommander.datagen.storm.RecordStream;
import io.incidentcommander.datagen.storm.StormContent;
import io.incidentcommander.datagen.storm.StormSpec;
import io.incidentcommander.model.ingest.RawRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.flink.api.connector.source.Source;

/** Storms of every format, some of it unreadable, with faults in between, in virtual time. */
public final class Storms {
    public static final String SOURCE = "storm";

    /** 2026-01-01T00:00:00Z. */
    public static final long EPOCH = 1_767_225_600_000L;

    private static final int PER_SECOND = 100;

    /** One record in ten is of a fault. */
    private static final int APART = 10;

    private Storms() {}

    /** So many records at 100/s of event time: several slices, seconds, gaps and incidents. */
    public static Source<RawRecord, GeneratorSplit, GeneratorCheckpoint> of(
            long seed, long records) {
        return GeneratorSource.builder(storm(seed))
                .sourceId(SOURCE)
                .rate(PER_SECOND)
                .records(records)
                .inVirtualTime(EPOCH)
                .build();
    }

    /**
     * The same storm as a list, dealt to so many partitions, in the order of its times; records
     * arrive when they happen.
     */
    static List<RawRecord> records(long seed, int records, int partitions) {
        List<RecordStream> streams =
                IntStream.range(0, partitions)
                        .<RecordStream>mapToObj(p -> storm(seed).open(p, partitions))
                        .toList();
        List<RawRecord> all = new ArrayList<>();
        for (int i = 0; i < records; i++) {
            int partition = i % partitions;
            long offset = i / partitions;
            long time = EPOCH + i * 1000L / PER_SECOND;
            byte[] bytes = streams.get(partition).render(offset, time);
            all.add(RawRecord.of(SOURCE, "p" + partition, offset, time, bytes));
        }
        return all;
    }

    private static StormContent storm(long seed) {
        return new FaultyStorm(
                StormSpec.builder()
                        .seed(seed)
                        .fingerprints(2_000)
                        .services(200)
                        .hosts(100)
                        .mix(FormatMix.realistic().withJunk(0.02))
                        .payloadBytes(350, 700)
                        .build(),
                APART);
    }
}
