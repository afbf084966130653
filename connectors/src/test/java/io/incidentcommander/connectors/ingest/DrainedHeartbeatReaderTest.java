// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.connectors.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import io.incidentcommander.model.ingest.RawRecord;
import io.incidentcommander.model.ingest.RawRecord.Kind;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.apache.flink.api.common.eventtime.Watermark;
import org.apache.flink.api.connector.source.ReaderOutput;
import org.apache.flink.api.connector.source.SourceEvent;
import org.apache.flink.api.connector.source.SourceOutput;
import org.apache.flink.api.connector.source.SourceReader;
import org.apache.flink.connector.kafka.source.split.KafkaPartitionSplit;
import org.apache.flink.core.io.InputStatus;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

class DrainedHeartbeatReaderTest {
    private static final KafkaPartitionSplit SPLIT =
            new KafkaPartitionSplit(new TopicPartition("alerts", 0), 0);

    private final ScriptedReader inner = new ScriptedReader();
    private final ScriptedProbe probe = new ScriptedProbe();
    private final Emitted emitted = new Emitted();
    private long now = 1000;
    private boolean timerClosed;
    private final DrainWatch<KafkaPartitionSplit> watch = new DrainWatch<>(() -> now, () -> probe);
    private final DrainedHeartbeatReader<KafkaPartitionSplit> reader =
            new DrainedHeartbeatReader<>("kafka", inner, watch, () -> timerClosed = true);

    @Test
    void anIdleReaderThatIsDrainedSaysSoOnceForEachTick() throws Exception {
        reader.handleSourceEvents(new SplitsSettled());
        poll();
        assertThat(emitted.heartbeats()).isEmpty();

        watch.tick();
        poll();
        poll();
        assertThat(emitted.heartbeats()).containsExactly(1000L);

        now = 1200;
        watch.tick();
        poll();
        assertThat(emitted.heartbeats()).containsExactly(1000L, 1200L);
        assertThat(emitted.records).allMatch(record -> record.source().equals("kafka"));
    }

    @Test
    void aHeartbeatIsForTheMomentBeforeTheProbeWasAskedNotForWhenItIsEmitted() throws Exception {
        reader.handleSourceEvents(new SplitsSettled());
        probe.whileAsked = () -> now = 5000;
        poll();
        watch.tick();
        now = 9000;
        poll();

        assertThat(emitted.heartbeats()).containsExactly(1000L);
    }

    @Test
    void noHeartbeatWhileRecordsAreAvailable() throws Exception {
        reader.handleSourceEvents(new SplitsSettled());
        reader.addSplits(List.of(SPLIT));
        inner.offsets.addAll(List.of(0L, 1L, 2L));

        for (int i = 0; i < 3; i++) {
            poll();
            watch.tick();
        }

        assertThat(probe.asked).isZero();
        assertThat(emitted.heartbeats()).isEmpty();
    }

    @Test
    void aHeartbeatShownBeforeRecordsCameWaitsBehindThem() throws Exception {
        reader.handleSourceEvents(new SplitsSettled());
        reader.addSplits(List.of(SPLIT));
        poll();
        watch.tick();
        inner.offsets.add(7L);

        poll();
        poll();

        assertThat(emitted.records)
                .extracting(RawRecord::kind)
                .containsExactly(Kind.ASSIGNED, Kind.DATA, Kind.HEARTBEAT);
    }

    @Test
    void noHeartbeatUnderBackpressureBecauseNothingPolls() {
        reader.handleSourceEvents(new SplitsSettled());

        watch.tick();
        watch.tick();

        assertThat(emitted.records).isEmpty();
    }

    @Test
    void anEmptyPollWithABacklogElsewhereIsNoHeartbeat() throws Exception {
        reader.handleSourceEvents(new SplitsSettled());
        probe.drained = false;
        poll();
        watch.tick();
        poll();

        assertThat(probe.asked).isEqualTo(1);
        assertThat(emitted.heartbeats()).isEmpty();
    }

    @Test
    void notKnowingIsNoHeartbeatAndDoesNotEndThem() throws Exception {
        reader.handleSourceEvents(new SplitsSettled());
        probe.whileAsked =
                () -> {
                    throw new IllegalStateException("broker away");
                };
        poll();
        watch.tick();
        poll();
        assertThat(emitted.heartbeats()).isEmpty();

        probe.whileAsked = () -> {};
        watch.tick();
        poll();
        assertThat(emitted.heartbeats()).hasSize(1);
    }

    @Test
    void aReaderThatMayStillBeGivenItsFirstSplitsIsSilent() throws Exception {
        poll();
        watch.tick();
        poll();
        assertThat(emitted.heartbeats()).isEmpty();

        reader.notifyNoMoreSplits();
        watch.tick();
        poll();
        assertThat(emitted.heartbeats()).hasSize(1);
        assertThat(inner.noMoreSplits).isTrue();
    }

    @Test
    void probeSeesHowFarEachSplitWasEmitted() throws Exception {
        reader.handleSourceEvents(new SplitsSettled());
        reader.addSplits(List.of(SPLIT));
        poll();
        watch.tick();
        assertThat(probe.lastProgress).containsExactly("alerts-0 OptionalLong.empty");

        inner.offsets.addAll(List.of(41L, 42L));
        poll();
        poll();
        poll();
        watch.tick();
        assertThat(probe.lastProgress).containsExactly("alerts-0 OptionalLong[42]");
    }

    @Test
    void theTaskIsWokenForAHeartbeatAndForRecords() throws Exception {
        reader.handleSourceEvents(new SplitsSettled());
        poll();
        CompletableFuture<Void> waiting = reader.isAvailable();
        assertThat(waiting).isNotDone();
        assertThat(reader.isAvailable()).as("one future for one wait").isSameAs(waiting);

        watch.tick();
        assertThat(waiting).isDone();
        poll();
        assertThat(reader.isAvailable()).as("after the heartbeat").isNotDone();

        CompletableFuture<Void> again = reader.isAvailable();
        inner.available.complete(null);
        assertThat(again).isDone();
        assertThat(reader.isAvailable()).isDone();
    }

    @Test
    void timeNeverRunsBackwards() throws Exception {
        reader.handleSourceEvents(new SplitsSettled());
        for (long moment : new long[] {1000, 900, 1000, 1001}) {
            now = moment;
            poll();
            watch.tick();
            poll();
        }

        assertThat(emitted.heartbeats()).containsExactly(1000L, 1001L);
    }

    @Test
    void everythingElseIsTheInnerReaders() throws Exception {
        SourceEvent event = new SourceEvent() {};
        reader.start();
        reader.addSplits(List.of(SPLIT));
        reader.handleSourceEvents(event);
        reader.pauseOrResumeSplits(List.of("a"), List.of("b"));
        reader.notifyCheckpointComplete(3);
        reader.notifyCheckpointAborted(4);

        assertThat(reader.snapshotState(5)).containsExactly(SPLIT);
        reader.close();

        assertThat(inner.calls)
                .containsExactly(
                        "start",
                        "add [" + SPLIT + "]",
                        "event " + event,
                        "pause [a] resume [b]",
                        "complete 3",
                        "aborted 4",
                        "snapshot 5",
                        "close");
        assertThat(timerClosed).isTrue();
    }

    private void poll() throws Exception {
        reader.pollNext(emitted);
    }

    private static final class ScriptedProbe implements DrainProbe<KafkaPartitionSplit> {
        private boolean drained = true;
        private int asked;
        private Runnable whileAsked = () -> {};
        private List<String> lastProgress = List.of();

        @Override
        public boolean isDrained(Collection<SplitProgress<KafkaPartitionSplit>> progress) {
            asked++;
            lastProgress =
                    progress.stream()
                            .map(split -> split.split().splitId() + " " + split.lastOffset())
                            .toList();
            whileAsked.run();
            return drained;
        }

        @Override
        public void cancel() {}

        @Override
        public void close() {}
    }

    private static final class ScriptedReader
            implements SourceReader<RawRecord, KafkaPartitionSplit> {
        private final Deque<Long> offsets = new ArrayDeque<>();
        private final List<String> calls = new ArrayList<>();
        private final CompletableFuture<Void> available = new CompletableFuture<>();
        private boolean noMoreSplits;

        @Override
        public InputStatus pollNext(ReaderOutput<RawRecord> output) {
            if (offsets.isEmpty()) {
                return InputStatus.NOTHING_AVAILABLE;
            }
            output.createOutputForSplit(SPLIT.splitId())
                    .collect(RawRecord.of("kafka", "alerts-0", offsets.poll(), 0, new byte[0]));
            return InputStatus.MORE_AVAILABLE;
        }

        @Override
        public void start() {
            calls.add("start");
        }

        @Override
        public List<KafkaPartitionSplit> snapshotState(long checkpoint) {
            calls.add("snapshot " + checkpoint);
            return List.of(SPLIT);
        }

        @Override
        public CompletableFuture<Void> isAvailable() {
            return available;
        }

        @Override
        public void addSplits(List<KafkaPartitionSplit> splits) {
            calls.add("add " + splits);
        }

        @Override
        public void notifyNoMoreSplits() {
            noMoreSplits = true;
        }

        @Override
        public void handleSourceEvents(SourceEvent event) {
            calls.add("event " + event);
        }

        @Override
        public void pauseOrResumeSplits(Collection<String> pause, Collection<String> resume) {
            calls.add("pause " + pause + " resume " + resume);
        }

        @Override
        public void notifyCheckpointComplete(long checkpoint) {
            calls.add("complete " + checkpoint);
        }

        @Override
        public void notifyCheckpointAborted(long checkpoint) {
            calls.add("aborted " + checkpoint);
        }

        @Override
        public void close() {
            calls.add("close");
        }
    }

    private static final class Emitted implements ReaderOutput<RawRecord> {
        private final List<RawRecord> records = new ArrayList<>();

        List<Long> heartbeats() {
            return records.stream()
                    .filter(record -> record.kind() == Kind.HEARTBEAT)
                    .map(RawRecord::arrivalMillis)
                    .toList();
        }

        @Override
        public void collect(RawRecord record) {
            records.add(record);
        }

        @Override
        public void collect(RawRecord record, long timestamp) {
            records.add(record);
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
