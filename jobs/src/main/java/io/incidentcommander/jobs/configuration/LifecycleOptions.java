// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.jobs.configuration;

import java.math.BigDecimal;
import java.util.List;

/** The life of incidents, and what they cost. */
public final class LifecycleOptions {
    private static final OptionType<String> TEXT = OptionType.text();

    public static final CommanderOption<String> LIFECYCLE_KAFKA_BOOTSTRAP_SERVERS =
            CommanderOption.of(
                    "lifecycle.kafka.bootstrap-servers",
                    TEXT,
                    "",
                    "Brokers of the topics below, host:port, with commas between. Empty: incidents"
                            + " have no life beyond what correlation sees, and nobody acts.");
    public static final CommanderOption<String> LIFECYCLE_KAFKA_ORDERS_TOPIC =
            CommanderOption.of(
                    "lifecycle.kafka.orders-topic",
                    TEXT,
                    "action-orders",
                    "Topic of orders to act, out and in. Who may write to it makes things"
                            + " happen.");
    public static final CommanderOption<String> LIFECYCLE_KAFKA_REPORTS_TOPIC =
            CommanderOption.of(
                    "lifecycle.kafka.reports-topic",
                    TEXT,
                    "action-reports",
                    "Topic of what became of orders.");
    public static final CommanderOption<String> LIFECYCLE_KAFKA_QUESTIONS_TOPIC =
            CommanderOption.of(
                    "lifecycle.kafka.questions-topic",
                    TEXT,
                    "decision-questions",
                    "Topic of what agents are asked again, out and in: an incident waits for a"
                            + " decision, and none is under way that is about it.");
    public static final CommanderOption<String> LIFECYCLE_KAFKA_GROUP =
            CommanderOption.of(
                    "lifecycle.kafka.group",
                    TEXT,
                    "incident-commander-lifecycle",
                    "Consumer group of these topics; for monitoring, the positions are"
                            + " state.");

    public static final CommanderOption<BigDecimal> COST_CRITICAL_PER_MINUTE =
            CommanderOption.of(
                    "cost.critical-per-minute",
                    OptionType.decimal(),
                    "10000",
                    "Cost of an outage of a CRITICAL service. USD per minute, twice that in the"
                            + " service's business hours.");
    public static final CommanderOption<BigDecimal> COST_IMPORTANT_PER_MINUTE =
            CommanderOption.of(
                    "cost.important-per-minute",
                    OptionType.decimal(),
                    "1000",
                    "Cost of an outage of an IMPORTANT service, likewise.");
    public static final CommanderOption<BigDecimal> COST_SUPPORTING_PER_MINUTE =
            CommanderOption.of(
                    "cost.supporting-per-minute",
                    OptionType.decimal(),
                    "100",
                    "Cost of an outage of a SUPPORTING service, or of one in no catalogue.");

    private LifecycleOptions() {}

    /** In the order of the reference page. */
    static List<CommanderOption<?>> all() {
        return List.of(
                LIFECYCLE_KAFKA_BOOTSTRAP_SERVERS,
                LIFECYCLE_KAFKA_ORDERS_TOPIC,
                LIFECYCLE_KAFKA_REPORTS_TOPIC,
                LIFECYCLE_KAFKA_QUESTIONS_TOPIC,
                LIFECYCLE_KAFKA_GROUP,
                COST_CRITICAL_PER_MINUTE,
                COST_IMPORTANT_PER_MINUTE,
                COST_SUPPORTING_PER_MINUTE);
    }
}
