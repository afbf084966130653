// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.jobs.live;

import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.flink.client.deployment.executors.LocalExecutor;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.DeploymentOptions;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.runtime.minicluster.MiniCluster;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.graph.StreamGraph;

/**
 * The cluster of one job in this process, as Flink's local environment makes it, but within reach:
 * its one TaskManager can be taken away. It ends with its job.
 */
final class RunCluster {
    private final MiniCluster cluster;
    private final JobClient client;

    private RunCluster(MiniCluster cluster, JobClient client) {
        this.cluster = cluster;
        this.client = client;
    }

    static RunCluster start(StreamExecutionEnvironment env, Configuration flink, String name)
            throws Exception {
        Configuration attached = new Configuration(flink);
        attached.set(DeploymentOptions.ATTACHED, true);
        AtomicReference<MiniCluster> made = new AtomicReference<>();
        JobClient client =
                LocalExecutor.createWithFactory(
                                attached,
                                settings -> {
                                    made.set(new MiniCluster(settings));
                                    return made.get();
                                })
                        .execute(named(env, name), attached, RunCluster.class.getClassLoader())
                        .get();
        return new RunCluster(made.get(), client);
    }

    private static StreamGraph named(StreamExecutionEnvironment env, String name) {
        StreamGraph graph = env.getStreamGraph();
        graph.setJobName(name);
        return graph;
    }

    JobClient client() {
        return client;
    }

    /** Ends the TaskManager with all that runs there, and starts another. */
    void replaceTaskManager() throws Exception {
        try {
            cluster.terminateTaskManager(0).get();
        } catch (ExecutionException e) {
            throw new IllegalStateException("The TaskManager does not end", e);
        }
        cluster.startTaskManager();
    }
}
