// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.connectors.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.BiConsumer;
import org.apache.flink.api.connector.source.ReaderInfo;
import org.apache.flink.api.connector.source.SourceEvent;
import org.apache.flink.api.connector.source.SplitEnumerator;
import org.apache.flink.api.connector.source.SplitEnumeratorContext;
import org.apache.flink.api.connector.source.SplitsAssignment;
import org.apache.flink.connector.kafka.source.split.KafkaPartitionSplit;
import org.apache.flink.metrics.groups.SplitEnumeratorMetricGroup;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

class SettlingEnumeratorTest {
    private static final KafkaPartitionSplit SPLIT =
            new KafkaPartitionSplit(new TopicPartition("alerts", 0), 0);

    private final Coordinator coordinator = new Coordinator();

    @Test
    void readersAreToldOnceDiscoveryIsThroughAndAfterTheirSplits() throws Exception {
        SplitEnumerator<KafkaPartitionSplit, String> enumerator = enumerator(true);
        coordinator.register(0);
        coordinator.register(1);
        enumerator.start();
        enumerator.addReader(0);
        enumerator.addReader(1);
        assertThat(coordinator.log).isEmpty();

        coordinator.runCall(null);
        assertThat(coordinator.log).as("before the call within the handler").isEmpty();

        coordinator.runCall(null);
        assertThat(coordinator.log).containsExactly("assign 0", "settled 0", "settled 1");
    }

    @Test
    void aReaderThatComesLaterIsToldWhenItComes() throws Exception {
        SplitEnumerator<KafkaPartitionSplit, String> enumerator = enumerator(true);
        enumerator.start();
        coordinator.runCall(null);
        coordinator.runCall(null);
        coordinator.log.clear();

        coordinator.register(1);
        enumerator.addReader(1);

        assertThat(coordinator.log).containsExactly("settled 1");
    }

    @Test
    void aDiscoveryThatFailedIsNotThrough() throws Exception {
        SplitEnumerator<KafkaPartitionSplit, String> enumerator = enumerator(true);
        coordinator.register(0);
        enumerator.start();

        coordinator.runCall(new IllegalStateException("broker away"));

        assertThat(coordinator.log).isEmpty();
    }

    @Test
    void anEnumeratorThatDiscoversNothingIsThroughAtOnce() throws Exception {
        SplitEnumerator<KafkaPartitionSplit, String> enumerator = enumerator(false);
        coordinator.register(0);

        enumerator.start();

        assertThat(coordinator.log).containsExactly("settled 0");
    }

    private SplitEnumerator<KafkaPartitionSplit, String> enumerator(boolean discovers)
            throws Exception {
        return SettlingEnumerator.of(
                coordinator, context -> new ScriptedEnumerator(context, discovers));
    }

    /** As Kafka's: looks periodically, and then asks once more for what it found. */
    private static final class ScriptedEnumerator
            implements SplitEnumerator<KafkaPartitionSplit, String> {
        private final SplitEnumeratorContext<KafkaPartitionSplit> context;
        private final boolean discovers;

        ScriptedEnumerator(SplitEnumeratorContext<KafkaPartitionSplit> context, boolean discovers) {
            this.context = context;
            this.discovers = discovers;
        }

        @Override
        public void start() {
            if (discovers) {
                context.callAsync(() -> "topics", this::found, 0, 1000);
            }
        }

        private void found(String topics, Throwable error) {
            if (error == null) {
                context.callAsync(
                        () -> "offsets", (offsets, failed) -> context.assignSplit(SPLIT, 0));
            }
        }

        @Override
        public void handleSplitRequest(int subtask, String host) {}

        @Override
        public void addSplitsBack(List<KafkaPartitionSplit> splits, int subtask) {}

        @Override
        public void addReader(int subtask) {}

        @Override
        public String snapshotState(long checkpoint) {
            return "";
        }

        @Override
        public void close() {}
    }

    private static final class Coordinator implements SplitEnumeratorContext<KafkaPartitionSplit> {
        private final List<String> log = new ArrayList<>();
        private final List<BiConsumer<Object, Throwable>> handlers = new ArrayList<>();
        private final Map<Integer, ReaderInfo> readers = new HashMap<>();

        void register(int subtask) {
            readers.put(subtask, new ReaderInfo(subtask, "localhost"));
        }

        void runCall(Throwable error) {
            handlers.remove(0).accept("", error);
        }

        @Override
        public SplitEnumeratorMetricGroup metricGroup() {
            throw new UnsupportedOperationException();
        }

        @Override
        public void sendEventToSourceReader(int subtask, SourceEvent event) {
            assertThat(event).isInstanceOf(SplitsSettled.class);
            log.add("settled " + subtask);
        }

        @Override
        public int currentParallelism() {
            return 2;
        }

        @Override
        public Map<Integer, ReaderInfo> registeredReaders() {
            return readers;
        }

        @Override
        public void assignSplits(SplitsAssignment<KafkaPartitionSplit> assignment) {
            assignment.assignment().keySet().forEach(subtask -> log.add("assign " + subtask));
        }

        @Override
        public void signalNoMoreSplits(int subtask) {}

        @Override
        @SuppressWarnings("unchecked")
        public <T> void callAsync(Callable<T> call, BiConsumer<T, Throwable> handler) {
            handlers.add((BiConsumer<Object, Throwable>) handler);
        }

        @Override
        public <T> void callAsync(
                Callable<T> call, BiConsumer<T, Throwable> handler, long delay, long period) {
            callAsync(call, handler);
        }

        @Override
        public void runInCoordinatorThread(Runnable action) {
            action.run();
        }
    }
}
