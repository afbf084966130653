// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.jobs.topology;

import io.incidentcommander.jobs.configuration.CommanderConfiguration;
import io.incidentcommander.jobs.configuration.JobOptions;
import io.incidentcommander.jobs.configuration.StateBackendChoice;
import java.time.Duration;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.ExecutionOptions;
import org.apache.flink.configuration.MemorySize;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.configuration.StateBackendOptions;
import org.apache.flink.contrib.streaming.state.EmbeddedRocksDBStateBackend.PriorityQueueStateType;
import org.apache.flink.contrib.streaming.state.RocksDBConfigurableOptions;
import org.apache.flink.contrib.streaming.state.RocksDBOptions;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/** What the job asks of Flink itself. */
public final class FlinkSettings {
    /** Key groups of the state: fixed for good. */
    public static final int MAX_PARALLELISM = 128;

    /**
     * RocksDB gives each table of states an eighth of this with its first entry, all operators of a
     * slot share one budget, and past it every write is a flush. With Flink's 64 MiB ten tables use
     * up a slot of 256 MiB, and there are several times as many.
     */
    static final MemorySize WRITE_BUFFER = MemorySize.ofMebiBytes(4);

    private FlinkSettings() {}

    /** Before the environment is made: backend and checkpoints. */
    public static Configuration of(CommanderConfiguration options) {
        Configuration flink = new Configuration();
        boolean rocks = options.get(JobOptions.STATE_BACKEND) == StateBackendChoice.ROCKSDB;
        flink.set(StateBackendOptions.STATE_BACKEND, rocks ? "rocksdb" : "hashmap");
        flink.set(CheckpointingOptions.INCREMENTAL_CHECKPOINTS, rocks);
        flink.set(RocksDBConfigurableOptions.WRITE_BUFFER_SIZE, WRITE_BUFFER);
        // Deduplication has the raw keyed state, where timers on the heap would go.
        flink.set(RocksDBOptions.TIMER_SERVICE_FACTORY, PriorityQueueStateType.ROCKSDB);
        // Most look-ups are for fingerprints that are new: without it each file is searched.
        flink.set(RocksDBConfigurableOptions.USE_BLOOM_FILTER, true);
        String directory = options.get(JobOptions.CHECKPOINT_DIRECTORY);
        if (!directory.isEmpty()) {
            flink.set(CheckpointingOptions.CHECKPOINTS_DIRECTORY, directory);
        }
        flink.set(PipelineOptions.OBJECT_REUSE, true);
        flink.set(PipelineOptions.GENERIC_TYPES, false);
        // With 100 ms, Flink's own, records cost a quarter more (docs/performance.md).
        flink.set(ExecutionOptions.BUFFER_TIMEOUT, Duration.ofMillis(50));
        return flink;
    }

    /** On the environment: parallelism, checkpoints. */
    public static void apply(CommanderConfiguration options, StreamExecutionEnvironment env) {
        env.setParallelism(options.get(JobOptions.PARALLELISM));
        env.setMaxParallelism(MAX_PARALLELISM);
        env.enableCheckpointing(options.get(JobOptions.CHECKPOINT_INTERVAL).toMillis());
    }
}
