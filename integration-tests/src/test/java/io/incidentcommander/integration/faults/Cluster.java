// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.integration.faults;

import java.net.URI;
import java.nio.file.Path;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import org.apache.flink.api.common.JobID;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.MemorySize;
import org.apache.flink.configuration.RestOptions;
import org.apache.flink.configuration.TaskManagerOptions;
import org.apache.flink.core.execution.SavepointFormatType;
import org.apache.flink.runtime.execution.ExecutionState;
import org.apache.flink.runtime.executiongraph.AccessExecutionGraph;
import org.apache.flink.runtime.executiongraph.AccessExecutionVertex;
import org.apache.flink.runtime.jobgraph.JobGraph;
import org.apache.flink.runtime.jobmaster.JobResult;
import org.apache.flink.runtime.minicluster.MiniCluster;
import org.apache.flink.runtime.minicluster.MiniClusterConfiguration;

/** A Flink cluster in this JVM that can lose TaskManagers. */
public final class Cluster implements AutoCloseable {
    private static final long MINUTES = 10;

    /** A slot. A dozen RocksDBs share it; with an eighth of it they do nothing but flush. */
    private static final int ROCKSDB_MEBIBYTES = 256;

    /** A slot: all stages at parallelism 4 exchange records on a thousand channels. */
    private static final int NETWORK_MEBIBYTES = 32;

    private final MiniCluster cluster;

    /** Not a thread of the task that asks: its class loader is closed when it ends. */
    private final ExecutorService operator = Executors.newSingleThreadExecutor();

    private int oldestTaskManager;

    private Cluster(MiniCluster cluster) {
        this.cluster = cluster;
    }

    public static Cluster start(int taskManagers, int slotsEach) throws Exception {
        Configuration configuration = new Configuration();
        configuration.set(RestOptions.BIND_PORT, "0");
        configuration.set(
                TaskManagerOptions.MANAGED_MEMORY_SIZE,
                MemorySize.ofMebiBytes((long) ROCKSDB_MEBIBYTES * slotsEach));
        MemorySize network = MemorySize.ofMebiBytes((long) NETWORK_MEBIBYTES * slotsEach);
        configuration.set(TaskManagerOptions.NETWORK_MEMORY_MIN, network);
        configuration.set(TaskManagerOptions.NETWORK_MEMORY_MAX, network);
        MiniCluster cluster =
                new MiniCluster(
                        new MiniClusterConfiguration.Builder()
                                .setConfiguration(configuration)
                                .setNumTaskManagers(taskManagers)
                                .setNumSlotsPerTaskManager(slotsEach)
                                .build());
        cluster.start();
        return new Cluster(cluster);
    }

    /** Runs to the end of input. */
    public void run(TopologyJob job, Observation observation) throws Exception {
        finish(submit(job, observation));
    }

    /** Any other job, to the end of input. */
    public void run(JobGraph graph) throws Exception {
        cluster.submitJob(graph).get(MINUTES, TimeUnit.MINUTES);
        finish(graph.getJobID());
    }

    /** Any other job; returns as soon as it is taken. */
    public JobID submit(JobGraph graph) throws Exception {
        cluster.submitJob(graph).get(MINUTES, TimeUnit.MINUTES);
        return graph.getJobID();
    }

    public JobID submit(TopologyJob job, Observation observation) throws Exception {
        JobGraph graph = job.jobGraph(observation);
        cluster.submitJob(graph).get(MINUTES, TimeUnit.MINUTES);
        return graph.getJobID();
    }

    /**
     * Waits for the end of input.
     *
     * @throws ExecutionException with what the job failed by
     */
    public void finish(JobID job) throws Exception {
        JobResult result = cluster.requestJobResult(job).get(MINUTES, TimeUnit.MINUTES);
        if (result.getSerializedThrowable().isPresent()) {
            throw new ExecutionException(
                    "The job failed",
                    result.getSerializedThrowable()
                            .get()
                            .deserializeError(Cluster.class.getClassLoader()));
        }
    }

    /**
     * Stops without draining, with a savepoint in the canonical format. Waits until all tasks run:
     * those that do may have done what somebody waited for before the others have begun.
     */
    public Path stop(JobID job, Path directory) throws Exception {
        awaitTasks(job);
        String path =
                cluster.stopWithSavepoint(
                                job,
                                directory.toUri().toString(),
                                false,
                                SavepointFormatType.CANONICAL)
                        .get(MINUTES, TimeUnit.MINUTES);
        cluster.requestJobResult(job).get(MINUTES, TimeUnit.MINUTES);
        return Path.of(URI.create(path));
    }

    private void awaitTasks(JobID job) throws Exception {
        long until = System.nanoTime() + TimeUnit.MINUTES.toNanos(MINUTES);
        while (!allRun(cluster.getExecutionGraph(job).get(MINUTES, TimeUnit.MINUTES))) {
            if (System.nanoTime() > until) {
                throw new TimeoutException("not all tasks of " + job + " run");
            }
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(10));
        }
    }

    private static boolean allRun(AccessExecutionGraph graph) {
        for (AccessExecutionVertex task : graph.getAllExecutionVertices()) {
            ExecutionState state = task.getExecutionState();
            if (state != ExecutionState.RUNNING && state != ExecutionState.FINISHED) {
                return false;
            }
        }
        return true;
    }

    public void cancel(JobID job) throws Exception {
        cluster.cancelJob(job).get(MINUTES, TimeUnit.MINUTES);
        cluster.requestJobResult(job).get(MINUTES, TimeUnit.MINUTES);
    }

    /** Takes the oldest TaskManager away and starts a fresh one; returns at once. */
    public void replaceTaskManager() {
        operator.execute(
                () -> {
                    // The thread is born in a task, and would look for classes in its dead job.
                    Thread.currentThread().setContextClassLoader(Cluster.class.getClassLoader());
                    try {
                        cluster.terminateTaskManager(oldestTaskManager++).get();
                        cluster.startTaskManager();
                    } catch (Exception e) {
                        throw new IllegalStateException("No TaskManager could be replaced", e);
                    }
                });
    }

    @Override
    public void close() throws Exception {
        operator.shutdownNow();
        cluster.close();
        ScriptedSource.forgetAll();
    }
}
