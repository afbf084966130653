// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.jobs.configuration;

import java.time.Duration;
import java.util.List;

/** The job as a whole. */
public final class JobOptions {
    private static final OptionType<Duration> DURATION = OptionType.duration();
    private static final OptionType<String> TEXT = OptionType.text();
    private static final PropertyNames KAFKA = new KafkaClientProperties();

    public static final CommanderOption<Integer> PARALLELISM =
            CommanderOption.of(
                    "parallelism",
                    OptionType.integer(1, 128),
                    "2",
                    "Subtasks per operator. Changes speed, never results.");

    public static final CommanderOption<Integer> MAX_PARALLELISM =
            CommanderOption.fixed(
                    "max-parallelism",
                    OptionType.integer(128, 128),
                    "128",
                    "Key groups of the state; part of every savepoint.");

    public static final CommanderOption<Duration> CHECKPOINT_INTERVAL =
            CommanderOption.of(
                    "checkpoint.interval",
                    DURATION,
                    "10 s",
                    "Time between checkpoints; also how often the ledger is published.");
    public static final CommanderOption<String> CHECKPOINT_DIRECTORY =
            CommanderOption.of(
                    "checkpoint.directory",
                    TEXT,
                    "",
                    "Where checkpoints go, as a URI. Empty: as the cluster is configured.");

    public static final CommanderOption<StateBackendChoice> STATE_BACKEND =
            CommanderOption.of(
                    "state.backend",
                    OptionType.oneOf(StateBackendChoice.class),
                    "rocksdb",
                    "Where keyed state lives. Managed Flink always uses RocksDB.");

    public static final CommanderOption<String> KAFKA_CLIENT =
            CommanderOption.open(
                    "kafka.client.<property>",
                    KAFKA,
                    "Any property of Kafka's clients, for all of them: TLS, SASL, time limits"
                            + " (docs/operations.md).");

    public static final CommanderOption<JobPart> JOB_PART =
            CommanderOption.of(
                    "job.part",
                    OptionType.oneOf(JobPart.class),
                    "command",
                    "What this job does: command (alerts to decisions, and messages into the"
                            + " outbox), or delivery (from the outbox to the receivers).");

    private JobOptions() {}

    /** In the order of the reference page. */
    static List<CommanderOption<?>> all() {
        return List.of(
                PARALLELISM,
                MAX_PARALLELISM,
                CHECKPOINT_INTERVAL,
                CHECKPOINT_DIRECTORY,
                STATE_BACKEND,
                KAFKA_CLIENT,
                JOB_PART);
    }
}
