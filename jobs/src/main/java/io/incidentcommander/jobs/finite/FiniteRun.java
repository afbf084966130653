// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.jobs.finite;

import io.incidentcommander.connectors.ingest.AlertFile;
import io.incidentcommander.connectors.ingest.FileAlertSource;
import io.incidentcommander.jobs.configuration.CommanderConfiguration;
import io.incidentcommander.jobs.configuration.JobOptions;
import io.incidentcommander.jobs.local.LocalMetrics;
import io.incidentcommander.jobs.topology.AlertPathSettings;
import io.incidentcommander.jobs.topology.FlinkSettings;
import io.incidentcommander.jobs.topology.IncidentCommanderTopology;
import io.incidentcommander.jobs.topology.ResponseSettings;
import io.incidentcommander.model.ingest.RawRecord;
import io.incidentcommander.operators.OperatorUids;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.flink.api.common.JobExecutionResult;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.MemorySize;
import org.apache.flink.configuration.RestOptions;
import org.apache.flink.configuration.TaskManagerOptions;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/**
 * The topology over files, on a local cluster in this process. The result files depend on the input
 * and the options alone: not on the parallelism, nor on which reader is ahead.
 *
 * <p>Nothing is restarted, so there are no checkpoints. What the job emits is spilled below the
 * output directory and put in order when the job has ended; only then do the result files replace
 * those of an earlier run.
 */
public final class FiniteRun {
    private static final String SOURCE = "files";
    private static final long POLL_MILLIS = 200;

    private final CommanderConfiguration options;
    private final FiniteInput input;
    private final Path out;
    private final List<String> sources;

    /**
     * @param out created if it does not exist
     */
    public FiniteRun(CommanderConfiguration options, FiniteInput input, Path out) {
        this.options = options;
        this.input = input;
        this.out = out;
        this.sources = input.files().stream().map(AlertFile::source).collect(Collectors.toList());
    }

    /**
     * Runs to the end of the input.
     *
     * @param progress told now and then, in one line, how far it has come
     * @throws ExecutionException if the job failed
     * @throws IOException if results cannot be written
     */
    public FiniteSummary run(Consumer<String> progress)
            throws IOException, ExecutionException, InterruptedException {
        Files.createDirectories(out);
        Path temporary = Files.createTempDirectory(out, "tmp-");
        try {
            SpillingSinks spilled = new SpillingSinks(temporary.toAbsolutePath());
            JobExecutionResult result = execute(spilled, progress);
            progress.accept("writing the results");
            FiniteSummary summary =
                    new ResultWriter(
                                    spilled,
                                    input.order(),
                                    ResultFiles.in(temporary),
                                    ResponseSettings.promises(options))
                            .write(RecordsRead.of(result, sources));
            for (String file : ResultFiles.ALL) {
                Files.move(
                        temporary.resolve(file),
                        out.resolve(file),
                        StandardCopyOption.REPLACE_EXISTING);
            }
            return summary;
        } finally {
            delete(temporary);
        }
    }

    private JobExecutionResult execute(SpillingSinks spilled, Consumer<String> progress)
            throws ExecutionException, InterruptedException {
        try (StreamExecutionEnvironment env = environment()) {
            IncidentCommanderTopology.build(
                    records(env),
                    AlertPathSettings.finite(options, input.profiles(), input.decodings()),
                    spilled);
            CompletableFuture<JobExecutionResult> result =
                    env.executeAsync("detect").getJobExecutionResult();
            long read = 0;
            while (true) {
                try {
                    return result.get(POLL_MILLIS, TimeUnit.MILLISECONDS);
                } catch (TimeoutException e) {
                    long now = LocalMetrics.sumOfCounters(RecordsRead.NAME, "numRecordsIn");
                    read = Math.max(read, now);
                    progress.accept(read == 0 ? "starting" : read + " records read");
                }
            }
        } catch (ExecutionException | InterruptedException | RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new ExecutionException("The job could not be started or ended", e);
        }
    }

    private DataStream<RawRecord> records(StreamExecutionEnvironment env) {
        int parallelism = Math.min(env.getParallelism(), sources.size());
        SingleOutputStreamOperator<RawRecord> read =
                env.fromSource(
                                FileAlertSource.of(input.files()),
                                WatermarkStrategy.noWatermarks(),
                                SOURCE)
                        .uid(OperatorUids.SOURCE_PREFIX + SOURCE)
                        .setParallelism(parallelism)
                        .map(new RecordsRead(sources))
                        .returns(RawRecord.class)
                        .name(RecordsRead.NAME)
                        .uid(OperatorUids.SOURCE_PREFIX + SOURCE + "-count")
                        .setParallelism(parallelism);
        return env.getParallelism() > 1 ? read.rebalance() : read;
    }

    private StreamExecutionEnvironment environment() {
        int parallelism = options.get(JobOptions.PARALLELISM);
        Configuration flink = FlinkSettings.of(options);
        flink.set(RestOptions.BIND_ADDRESS, "localhost");
        flink.set(RestOptions.ADDRESS, "localhost");
        flink.set(TaskManagerOptions.NUM_TASK_SLOTS, parallelism);
        MemorySize network = MemorySize.ofMebiBytes(64 + parallelism * (8L + parallelism));
        flink.set(TaskManagerOptions.NETWORK_MEMORY_MIN, network);
        flink.set(TaskManagerOptions.NETWORK_MEMORY_MAX, network);
        flink.setString("metrics.reporter.local.factory.class", LocalMetrics.FACTORY);
        StreamExecutionEnvironment env =
                StreamExecutionEnvironment.createLocalEnvironment(parallelism, flink);
        FlinkSettings.apply(options, env);
        env.getCheckpointConfig().disableCheckpointing();
        return env;
    }

    private static void delete(Path directory) throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).collect(Collectors.toList())) {
                Files.delete(file);
            }
        }
    }
}
