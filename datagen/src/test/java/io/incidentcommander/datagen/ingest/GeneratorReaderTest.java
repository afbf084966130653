// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.datagen.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import io.incidentcommander.datagen.storm.DrivenClock;
import io.incidentcommander.datagen.storm.Schedule;
import io.incidentcommander.datagen.storm.StormSpec;
import io.incidentcommander.model.ingest.RawRecord;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.flink.api.common.eventtime.Watermark;
import org.apache.flink.api.connector.source.ReaderOutput;
import org.apache.flink.api.connector.source.SourceOutput;
import org.apache.flink.core.io.InputStatus;
import org.junit.jupiter.api.Test;

class GeneratorReaderTest {
    private final DrivenClock clock = new DrivenClock();
    private final Collected out = new Collected();

    @Test
    void recordsCarryTheirIntendedTimesThoughTheConsumerStalled() {
        GeneratorReader reader = reader(paced(10, 1_000), split(0));
        drain(reader);
        clock.advanceMillis(5_000);
        drain(reader);
        List<Long> times =
                out.data().stream().map(RawRecord::arrivalMillis).collect(Collectors.toList());
        assertThat(times).hasSize(51);
        for (int n = 0; n < times.size(); n++) {
            assertThat(times.get(n)).isEqualTo(DrivenClock.START + 100L * n);
        }
        assertThat(out.timestamps).isSorted();
    }

    @Test
    void nothingIsSentBeforeItsTime() {
        GeneratorReader reader = reader(paced(10, 1_000), split(0));
        drain(reader);
        clock.advanceMillis(99);
        drain(reader);
        assertThat(out.data()).hasSize(1);
        clock.advanceMillis(1);
        drain(reader);
        assertThat(out.data()).hasSize(2);
    }

    @Test
    void aheadOfScheduleItWaitsUntilTheNextRecordOrHeartbeat() {
        GeneratorReader reader = reader(paced(10, 1_000), split(0));
        drain(reader);
        assertThat(clock.lastWaitNanos()).isEqualTo(100_000_000L);
        assertThat(reader.isAvailable()).isNotDone();
        GeneratorReader slow = reader(paced(1, 1_000), split(0));
        drain(slow);
        assertThat(clock.lastWaitNanos()).isEqualTo(200_000_000L);
    }

    @Test
    void heartbeatsPromiseOnlyWhatWasEmittedAndComeAtMostEvery200Ms() {
        GeneratorReader reader = reader(paced(1, 1_000), split(0));
        for (int i = 0; i < 400; i++) {
            drain(reader);
            clock.advanceMillis(10);
        }
        long promised = Long.MIN_VALUE;
        long last = Long.MIN_VALUE;
        int heartbeats = 0;
        for (RawRecord record : out.records) {
            if (record.kind() == RawRecord.Kind.HEARTBEAT) {
                heartbeats++;
                if (last != Long.MIN_VALUE) {
                    assertThat(record.arrivalMillis() - last).isGreaterThanOrEqualTo(200);
                }
                last = record.arrivalMillis();
                promised = last;
            } else {
                assertThat(record.arrivalMillis()).isGreaterThan(promised);
            }
        }
        assertThat(heartbeats).isBetween(18, 20);
    }

    @Test
    void aRestoredReaderEmitsWhatTheFirstWouldHave() throws IOException {
        StormPlan plan = virtual(5_000);
        GeneratorReader whole = reader(plan, split(0), split(1));
        drain(whole);
        List<String> expected = out.texts();

        Collected first = new Collected();
        GeneratorReader before = reader(plan, split(0), split(1));
        for (int i = 0; i < 20; i++) {
            before.pollNext(first);
        }
        GeneratorSplitSerializer serializer = new GeneratorSplitSerializer();
        GeneratorReader after = new GeneratorReader(plan);
        for (GeneratorSplit split : before.snapshotState(1)) {
            after.addSplits(List.of(serializer.deserialize(1, serializer.serialize(split))));
        }
        after.notifyNoMoreSplits();
        while (after.pollNext(first) != InputStatus.END_OF_INPUT) {}
        assertThat(first.data()).hasSize(5_000);
        assertThat(first.texts()).isEqualTo(expected);
    }

    @Test
    void aBoundedStormEndsWithItsLastRecordWhateverThePartitions() {
        GeneratorReader reader = reader(virtual(1_001), split(0), split(1));
        drain(reader);
        assertThat(out.data()).hasSize(1_001);
        assertThat(reader.pollNext(out)).isEqualTo(InputStatus.END_OF_INPUT);
        assertThat(out.data().stream().filter(r -> r.partition().equals("generator-0")))
                .hasSize(501)
                .extracting(RawRecord::offset)
                .isSorted()
                .startsWith(0L)
                .endsWith(500L);
    }

    @Test
    void unpacedPartitionsKeepInStepAndCarryTheTimeOfSending() {
        StormPlan plan =
                new StormPlan(
                        "generator",
                        StormSpec.canonicalOnly(350),
                        Optional.empty(),
                        10_000,
                        Optional.empty(),
                        clock);
        GeneratorReader reader = reader(plan, split(0), split(1));
        clock.advanceMillis(1_234);
        reader.pollNext(out);
        assertThat(out.data()).hasSize(GeneratorReader.BATCH);
        assertThat(out.data())
                .allMatch(record -> record.arrivalMillis() == DrivenClock.START + 1_234);
        assertThat(out.data().stream().filter(r -> r.partition().equals("generator-0")))
                .hasSize(GeneratorReader.BATCH / 2);
    }

    @Test
    void aReaderWithoutSplitsWaitsForThemThenEnds() {
        GeneratorReader reader = new GeneratorReader(virtual(10));
        assertThat(reader.pollNext(out)).isEqualTo(InputStatus.NOTHING_AVAILABLE);
        assertThat(reader.isAvailable()).isNotDone();
        reader.notifyNoMoreSplits();
        assertThat(reader.isAvailable()).isDone();
        assertThat(reader.pollNext(out)).isEqualTo(InputStatus.END_OF_INPUT);
    }

    private StormPlan paced(long rate, long records) {
        return new StormPlan(
                "generator",
                StormSpec.canonicalOnly(350),
                Optional.of(Schedule.rate(rate)),
                records,
                Optional.empty(),
                clock);
    }

    private StormPlan virtual(long records) {
        return new StormPlan(
                "generator",
                StormSpec.canonicalOnly(350),
                Optional.of(Schedule.rate(1_000)),
                records,
                Optional.of(DrivenClock.START),
                clock);
    }

    private static GeneratorSplit split(int partition) {
        return new GeneratorSplit(partition, 2, DrivenClock.START, 0);
    }

    /** With one split given of two, the other half of the storm is someone else's. */
    private static GeneratorReader reader(StormPlan plan, GeneratorSplit... splits) {
        GeneratorReader reader = new GeneratorReader(plan);
        List<GeneratorSplit> own =
                splits.length == 1
                        ? List.of(new GeneratorSplit(0, 1, DrivenClock.START, 0))
                        : List.of(splits);
        reader.addSplits(own);
        reader.notifyNoMoreSplits();
        return reader;
    }

    private void drain(GeneratorReader reader) {
        while (reader.pollNext(out) == InputStatus.MORE_AVAILABLE) {}
    }

    /** What a reader emitted. */
    private static final class Collected implements ReaderOutput<RawRecord> {
        final List<RawRecord> records = new ArrayList<>();
        final List<Long> timestamps = new ArrayList<>();

        List<RawRecord> data() {
            return records.stream().filter(r -> r.kind() == RawRecord.Kind.DATA).toList();
        }

        List<String> texts() {
            return data().stream()
                    .map(r -> r + new String(r.bytes(), StandardCharsets.ISO_8859_1))
                    .toList();
        }

        @Override
        public void collect(RawRecord record) {
            throw new UnsupportedOperationException("Every record has a timestamp");
        }

        @Override
        public void collect(RawRecord record, long timestamp) {
            records.add(record);
            timestamps.add(timestamp);
        }

        @Override
        public void emitWatermark(Watermark watermark) {}

        @Override
        public void markIdle() {}

        @Override
        public void markActive() {}

        @Override
        public SourceOutput<RawRecord> createOutputForSplit(String splitId) {
            return this;
        }

        @Override
        public void releaseOutputForSplit(String splitId) {}
    }
}
