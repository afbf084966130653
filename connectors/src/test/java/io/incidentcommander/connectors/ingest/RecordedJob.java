// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.connectors.ingest;

import io.incidentcommander.model.ingest.RawRecord;
import io.incidentcommander.model.ingest.RawRecord.Kind;
import java.io.Serializable;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import org.apache.flink.api.common.functions.RichFlatMapFunction;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.StateRecoveryOptions;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.core.execution.SavepointFormatType;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.sink.v2.DiscardingSink;
import org.apache.flink.util.Collector;

/** A running job of one source, and what each of its subtasks emitted, in order. */
final class RecordedJob implements AutoCloseable {
    private static final Map<Integer, RecordedJob> RUNNING = new ConcurrentHashMap<>();
    private static final AtomicInteger IDS = new AtomicInteger();

    /** A record, and the subtask that emitted it. */
    record Emission(int subtask, RawRecord record) {}

    private final int id = IDS.incrementAndGet();
    private final List<Emission> emissions = new ArrayList<>();
    private final JobClient client;
    private boolean stopped;

    private RecordedJob(
            SourceOf source, int parallelism, BeforeEachRecord beforeEach, Configuration flink)
            throws Exception {
        RUNNING.put(id, this);
        StreamExecutionEnvironment environment =
                StreamExecutionEnvironment.createLocalEnvironment(parallelism, flink);
        environment.getConfig().disableGenericTypes();
        environment.enableCheckpointing(100);
        source.in(environment).flatMap(new Recorder(id, beforeEach)).sinkTo(new DiscardingSink<>());
        client = environment.executeAsync();
    }

    /** Adds the source to the job. */
    interface SourceOf {
        DataStream<RawRecord> in(StreamExecutionEnvironment environment);
    }

    /** Called by the task for each record, before it is recorded. */
    interface BeforeEachRecord extends Serializable {
        void accept(RawRecord record);
    }

    static RecordedJob start(SourceOf source, int parallelism) throws Exception {
        return start(source, parallelism, record -> {});
    }

    static RecordedJob start(SourceOf source, int parallelism, BeforeEachRecord beforeEach)
            throws Exception {
        return new RecordedJob(source, parallelism, beforeEach, new Configuration());
    }

    /** Goes on where another was stopped. */
    static RecordedJob resume(SourceOf source, int parallelism, String savepoint) throws Exception {
        Configuration flink = new Configuration();
        flink.set(StateRecoveryOptions.SAVEPOINT_PATH, savepoint);
        return new RecordedJob(source, parallelism, record -> {}, flink);
    }

    /** Ends the job; returns its savepoint. */
    String stop(Path directory) throws Exception {
        stopped = true;
        return client.stopWithSavepoint(
                        false, directory.toUri().toString(), SavepointFormatType.NATIVE)
                .get(180, TimeUnit.SECONDS);
    }

    synchronized List<Emission> emissions() {
        return List.copyOf(emissions);
    }

    List<RawRecord> data() {
        return emissions().stream()
                .map(Emission::record)
                .filter(record -> record.kind() == Kind.DATA)
                .toList();
    }

    /** Heartbeats of one subtask, epoch ms. */
    List<Long> heartbeats(int subtask) {
        return emissions().stream()
                .filter(emission -> emission.subtask() == subtask)
                .map(Emission::record)
                .filter(record -> record.kind() == Kind.HEARTBEAT)
                .map(RawRecord::arrivalMillis)
                .toList();
    }

    /** Returns when what was emitted is as wanted. */
    synchronized void await(Duration atMost, Predicate<RecordedJob> wanted) throws Exception {
        long until = System.nanoTime() + atMost.toNanos();
        while (!wanted.test(this)) {
            long left = until - System.nanoTime();
            if (left <= 0) {
                throw new TimeoutException(
                        "not within " + atMost + "; emitted: " + emissions.size());
            }
            TimeUnit.NANOSECONDS.timedWait(this, left);
        }
    }

    @Override
    public void close() throws Exception {
        if (!stopped) {
            client.cancel().get(180, TimeUnit.SECONDS);
        }
        RUNNING.remove(id);
    }

    private synchronized void add(Emission emission) {
        emissions.add(emission);
        notifyAll();
    }

    private static final class Recorder extends RichFlatMapFunction<RawRecord, Integer> {
        private final int job;
        private final BeforeEachRecord beforeEach;

        Recorder(int job, BeforeEachRecord beforeEach) {
            this.job = job;
            this.beforeEach = beforeEach;
        }

        @Override
        public void flatMap(RawRecord record, Collector<Integer> out) {
            beforeEach.accept(record);
            int subtask = getRuntimeContext().getTaskInfo().getIndexOfThisSubtask();
            RUNNING.get(job).add(new Emission(subtask, record));
        }
    }
}
