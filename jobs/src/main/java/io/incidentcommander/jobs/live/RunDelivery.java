// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.jobs.live;

import io.incidentcommander.jobs.configuration.CommanderConfiguration;
import io.incidentcommander.jobs.configuration.CommunicationOptions;
import io.incidentcommander.jobs.configuration.ConfigurationLoader;
import io.incidentcommander.jobs.configuration.SinkOptions;
import io.incidentcommander.jobs.local.LocalMetrics;
import io.incidentcommander.jobs.topology.DeliveryTopology;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.CoreOptions;
import org.apache.flink.configuration.MemorySize;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.configuration.RestOptions;
import org.apache.flink.configuration.TaskManagerOptions;
import org.apache.flink.configuration.WebOptions;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/** The job that delivers, on a small cluster of its own: it shares nothing with {@link RunJob}. */
final class RunDelivery implements AutoCloseable {
    private static final long CANCEL_SECONDS = 10;
    private static final long LOOK_MILLIS = 100;

    private final JobClient client;

    private RunDelivery(JobClient client) {
        this.client = client;
    }

    static RunDelivery start(ServiceAddresses addresses, RunDirectory directory) throws Exception {
        Path own = Files.createDirectories(directory.flink().resolve("delivery"));
        Configuration flink = new Configuration();
        flink.set(PipelineOptions.GENERIC_TYPES, false);
        flink.set(PipelineOptions.OBJECT_REUSE, true);
        flink.set(CoreOptions.TMP_DIRS, own.resolve("tmp").toString());
        flink.set(WebOptions.TMP_DIR, own.resolve("web").toString());
        flink.set(
                CheckpointingOptions.CHECKPOINTS_DIRECTORY,
                own.resolve("checkpoints").toUri().toString());
        flink.set(RestOptions.ADDRESS, "127.0.0.1");
        flink.set(RestOptions.BIND_ADDRESS, "127.0.0.1");
        flink.set(RestOptions.BIND_PORT, "0");
        flink.set(TaskManagerOptions.MANAGED_MEMORY_SIZE, MemorySize.ofMebiBytes(1));
        flink.set(TaskManagerOptions.NETWORK_MEMORY_MIN, MemorySize.ofMebiBytes(8));
        flink.set(TaskManagerOptions.NETWORK_MEMORY_MAX, MemorySize.ofMebiBytes(8));
        flink.set(TaskManagerOptions.NUM_TASK_SLOTS, 1);
        flink.setString("metrics.reporter.local.factory.class", LocalMetrics.FACTORY);
        StreamExecutionEnvironment env =
                StreamExecutionEnvironment.createLocalEnvironment(1, flink);
        env.enableCheckpointing(2_000);
        DeliveryTopology.build(env, options(addresses, directory));
        return new RunDelivery(env.executeAsync("Incident Commander, delivery"));
    }

    /** The options of both jobs that are about messages. */
    static CommanderConfiguration options(ServiceAddresses at, RunDirectory directory)
            throws IOException {
        ChannelAddresses channels = at.channels();
        Path secrets = directory.flink().resolve("secrets.properties");
        Files.writeString(secrets, RunRouting.SECRETS);
        return new ConfigurationLoader()
                .layer(
                        "the run",
                        Map.of(
                                CommunicationOptions.COMMUNICATION_OUTBOX_BOOTSTRAP_SERVERS.key(),
                                at.kafka(),
                                CommunicationOptions.COMMUNICATION_SECRETS_FILE.key(),
                                secrets.toString(),
                                CommunicationOptions.COMMUNICATION_LEDGER_TABLE.key(),
                                RunNames.SENT_TABLE,
                                SinkOptions.SINK_DYNAMODB_ENDPOINT.key(),
                                at.dynamoDb(),
                                CommunicationOptions.COMMUNICATION_SLACK_API.key(),
                                channels.slack() + "/api/",
                                CommunicationOptions.COMMUNICATION_PAGERDUTY_API.key(),
                                channels.pagerDuty() + "/v2/enqueue",
                                CommunicationOptions.COMMUNICATION_SMTP_HOST.key(),
                                "127.0.0.1",
                                CommunicationOptions.COMMUNICATION_SMTP_PORT.key(),
                                Integer.toString(channels.smtpPort()),
                                CommunicationOptions.COMMUNICATION_SMTP_START_TLS.key(),
                                "never"))
                .load();
    }

    /**
     * Waits until all that is in the outbox was delivered.
     *
     * @param written messages in the outbox
     * @return false if that took longer
     */
    boolean await(long written, Duration patience) throws InterruptedException {
        long end = System.nanoTime() + patience.toNanos();
        while (LocalMetrics.sumOfCounters("Source: outbox of", "numRecordsIn") < written
                || LocalMetrics.maxOfGauges("messages_undelivered", 0) > 0) {
            if (System.nanoTime() > end) {
                return false;
            }
            Thread.sleep(LOOK_MILLIS);
        }
        return true;
    }

    @Override
    public void close() throws InterruptedException {
        try {
            client.cancel().get(CANCEL_SECONDS, TimeUnit.SECONDS);
            client.getJobExecutionResult().get(CANCEL_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException cancelled) {
            // It is cancelled, or ends with the process.
        }
    }
}
