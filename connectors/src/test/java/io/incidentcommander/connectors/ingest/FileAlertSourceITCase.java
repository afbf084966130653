// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.connectors.ingest;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.incidentcommander.model.ingest.RawRecord;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.zip.GZIPOutputStream;
import org.apache.flink.api.common.JobExecutionResult;
import org.apache.flink.api.common.accumulators.ListAccumulator;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.CheckpointListener;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.runtime.state.FunctionInitializationContext;
import org.apache.flink.runtime.state.FunctionSnapshotContext;
import org.apache.flink.streaming.api.checkpoint.CheckpointedFunction;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.ProcessFunction;
import org.apache.flink.util.Collector;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files through a job, with a failure in the middle. */
class FileAlertSourceITCase {
    private static final int LINES = 20_000;
    private static final AtomicInteger FAILURES = new AtomicInteger();

    @TempDir Path directory;

    @Test
    void afterAFailureInTheMiddleOfAFileEachRecordCountsOnce() throws Exception {
        List<AlertFile> files = new ArrayList<>();
        for (String name : List.of("_hidden one.ndjson", "b#.gz", "c.ndjson")) {
            Path path = directory.resolve(name);
            writeGzip(path, LINES);
            files.add(AlertFile.of("files", path.toString(), Framing.LINES));
        }
        FAILURES.set(0);

        List<String> counted = run(files, true);

        assertThat(FAILURES).hasValue(1);
        Set<String> distinct = new HashSet<>(counted);
        assertThat(distinct).hasSize(3 * LINES);
        assertThat(counted).hasSameSizeAs(distinct);
    }

    @Test
    void filesAreReadInTheOrderGiven() throws Exception {
        List<AlertFile> files = new ArrayList<>();
        List<String> expected = new ArrayList<>();
        for (String name : List.of("z", "a", "m")) {
            Path path = directory.resolve(name);
            writeGzip(path, 2);
            files.add(AlertFile.of("files", path.toString(), Framing.LINES));
            expected.add(path + ":0");
            expected.add(path + ":1");
        }

        assertThat(run(files, false)).containsExactlyElementsOf(expected);
    }

    @Test
    void aMissingFileFailsTheJobAndIsNamed() {
        List<AlertFile> files = List.of(AlertFile.of("files", "/does/not/exist", Framing.AUTO));

        assertThatThrownBy(() -> run(files, false))
                .rootCause()
                .hasMessageContaining("/does/not/exist");
    }

    @Test
    void theSameFileTwiceOrNoneIsRefused() {
        AlertFile file = AlertFile.of("files", "a", Framing.AUTO);

        assertThatThrownBy(() -> FileAlertSource.of(List.of(file, file)))
                .hasMessageContaining("given twice");
        assertThatThrownBy(() -> FileAlertSource.of(List.of()))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private static void writeGzip(Path path, int lines) throws IOException {
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(path))) {
            for (int line = 0; line < lines; line++) {
                out.write(("{\"line\":" + line + "}\n").getBytes(UTF_8));
            }
        }
    }

    private static List<String> run(List<AlertFile> files, boolean fail) throws Exception {
        Configuration configuration = new Configuration();
        configuration.set(RestartStrategyOptions.RESTART_STRATEGY, fail ? "fixed-delay" : "none");
        configuration.setString("restart-strategy.fixed-delay.delay", "10 ms");
        StreamExecutionEnvironment environment =
                StreamExecutionEnvironment.createLocalEnvironment(fail ? 2 : 1, configuration);
        environment.getConfig().disableGenericTypes();
        environment.enableCheckpointing(20);
        environment
                .fromSource(FileAlertSource.of(files), WatermarkStrategy.noWatermarks(), "files")
                .uid("files")
                .process(new Recorder(fail))
                .setParallelism(1);
        JobExecutionResult result = environment.execute();
        return result.getAccumulatorResult("records");
    }

    /** Keeps what it saw as state, so that what remains at the end is what counted. */
    private static final class Recorder extends ProcessFunction<RawRecord, Integer>
            implements CheckpointedFunction, CheckpointListener {
        private final boolean fail;
        private final List<String> order = new ArrayList<>();
        private ListState<String> state;
        private boolean checkpointed;
        private int processed;

        Recorder(boolean fail) {
            this.fail = fail;
        }

        @Override
        public void open(OpenContext context) {
            getRuntimeContext().addAccumulator("records", new ListAccumulator<String>());
        }

        @Override
        public void processElement(RawRecord record, Context context, Collector<Integer> out)
                throws Exception {
            order.add(record.partition() + ":" + record.offset());
            processed++;
            if (fail && FAILURES.get() == 0) {
                if (checkpointed && order.size() > LINES / 3) {
                    FAILURES.incrementAndGet();
                    throw new IllegalStateException("injected");
                }
                if (processed > LINES / 3 && !checkpointed) {
                    giveCheckpointsTime();
                }
            }
        }

        /**
         * Lets a checkpoint come before the input is through: as long for each record as keeps the
         * job from its end for minutes. That one is complete is heard between two records.
         */
        private static void giveCheckpointsTime() {
            long until = System.nanoTime() + 10_000_000;
            while (System.nanoTime() < until) {
                Thread.onSpinWait();
            }
        }

        @Override
        public void close() {
            order.forEach(
                    getRuntimeContext().<String, ArrayList<String>>getAccumulator("records")::add);
        }

        @Override
        public void snapshotState(FunctionSnapshotContext context) throws Exception {
            state.update(order);
        }

        @Override
        public void initializeState(FunctionInitializationContext context) throws Exception {
            state =
                    context.getOperatorStateStore()
                            .getListState(new ListStateDescriptor<>("order", String.class));
            for (String one : state.get()) {
                order.add(one);
            }
        }

        @Override
        public void notifyCheckpointComplete(long id) {
            checkpointed = !order.isEmpty();
        }
    }
}
