// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.jobs.configuration;

import java.time.Duration;
import java.util.List;

/** What is known, and what nobody wants to hear. */
public final class ControlOptions {
    private static final OptionType<Integer> AT_LEAST_ONE =
            OptionType.integer(1, Integer.MAX_VALUE);
    private static final OptionType<Duration> DURATION = OptionType.duration();
    private static final OptionType<String> TEXT = OptionType.text();

    public static final CommanderOption<List<String>> CONTROL_FILES =
            CommanderOption.of(
                    "control.files",
                    OptionType.texts(),
                    "",
                    "Control files that hold from the start: catalogue, topology, silences,"
                            + " inhibition, routing, windows (docs/control.md). One that ends in"
                            + " .ndjson is a log of updates.");
    public static final CommanderOption<String> CONTROL_TOPOLOGY =
            CommanderOption.of(
                    "control.topology",
                    TEXT,
                    "",
                    "One control file more: which service calls which. Empty: none.");
    public static final CommanderOption<String> CONTROL_KAFKA_BOOTSTRAP_SERVERS =
            CommanderOption.of(
                    "control.kafka.bootstrap-servers",
                    TEXT,
                    "",
                    "Brokers of the control updates, host:port with commas between. Empty: none.");
    public static final CommanderOption<String> CONTROL_KAFKA_TOPIC =
            CommanderOption.of(
                    "control.kafka.topic",
                    TEXT,
                    "control",
                    "Topic of control updates; one partition, or keyed by kind, tenant and id.");
    public static final CommanderOption<String> CONTROL_KAFKA_GROUP =
            CommanderOption.of(
                    "control.kafka.group",
                    TEXT,
                    "incident-commander-control",
                    "Consumer group of the control topic; for monitoring, the positions are"
                            + " state.");
    public static final CommanderOption<Integer> CONTROL_MAX_SILENCES =
            CommanderOption.of(
                    "control.max-silences",
                    AT_LEAST_ONE,
                    "200000",
                    "Silences by updates that may stand at a time; further ones are refused.");
    public static final CommanderOption<Duration> CONTROL_CHANGE_MEMORY =
            CommanderOption.of(
                    "control.change-memory",
                    DURATION,
                    "25 h",
                    "How long it is remembered that a service was changed, to tell those who hear"
                            + " of an incident.");

    private ControlOptions() {}

    /** In the order of the reference page. */
    static List<CommanderOption<?>> all() {
        return List.of(
                CONTROL_FILES,
                CONTROL_TOPOLOGY,
                CONTROL_KAFKA_BOOTSTRAP_SERVERS,
                CONTROL_KAFKA_TOPIC,
                CONTROL_KAFKA_GROUP,
                CONTROL_MAX_SILENCES,
                CONTROL_CHANGE_MEMORY);
    }
}
