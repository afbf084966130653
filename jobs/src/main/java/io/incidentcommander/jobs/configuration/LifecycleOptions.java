// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.jobs.configuration;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;

/** The life of incidents, and what they cost. */
public final class LifecycleOptions {
    private static final OptionType<Duration> DURATION = OptionType.duration();
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
    public static final CommanderOption<Duration> LIFECYCLE_JOIN_TIME =
            CommanderOption.of(
                    "lifecycle.join-time",
                    OptionType.duration(Duration.ofMillis(1), Duration.ofMinutes(5)),
                    "10 s",
                    "How long others may join an incident before its cause is waited for.");
    public static final CommanderOption<Duration> LIFECYCLE_ACTION_TIME =
            CommanderOption.of(
                    "lifecycle.action-time",
                    OptionType.duration(Duration.ofMillis(1), Duration.ofMinutes(20)),
                    "10 min",
                    "For an action, from the decision to its end, approvals and the way"
                            + " back included; then a human is called.");
    public static final CommanderOption<Duration> LIFECYCLE_VALIDATION_TIME =
            CommanderOption.of(
                    "lifecycle.validation-time",
                    OptionType.duration(Duration.ofMillis(1), Duration.ofHours(1)),
                    "5 min",
                    "For its validation, likewise.");
    public static final CommanderOption<Duration> LIFECYCLE_WATCH =
            CommanderOption.of(
                    "lifecycle.watch",
                    DURATION,
                    "5 min",
                    "What comes back within this time after it was resolved is taken"
                            + " for not mended: what was done is taken back.");
    public static final CommanderOption<Duration> LIFECYCLE_TRAIL =
            CommanderOption.of(
                    "lifecycle.trail",
                    DURATION,
                    "60 s",
                    "Alerts that come this soon after a resolution trail behind it and"
                            + " are no return.");
    public static final CommanderOption<Duration> LIFECYCLE_MEMORY =
            CommanderOption.of(
                    "lifecycle.memory",
                    DURATION,
                    "24 h",
                    "How long what is resolved is remembered, and can be opened again;"
                            + " as long as it is watched, at least.");
    public static final CommanderOption<Duration> LIFECYCLE_REMINDER_INTERVAL =
            CommanderOption.of(
                    "lifecycle.reminder.interval",
                    OptionType.duration(Duration.ofMillis(1), Duration.ofDays(30)),
                    "15 min",
                    "How often humans are reminded of an incident that waits for them.");
    public static final CommanderOption<Duration> LIFECYCLE_REMINDER_ACKNOWLEDGED =
            CommanderOption.of(
                    "lifecycle.reminder.acknowledged",
                    OptionType.duration(Duration.ofMillis(1), Duration.ofDays(30)),
                    "1 h",
                    "The same, once somebody acknowledged.");
    public static final CommanderOption<Integer> LIFECYCLE_REMINDER_TIMES =
            CommanderOption.of(
                    "lifecycle.reminder.times",
                    OptionType.integer(0, 1000),
                    "5",
                    "After so many reminders nobody waits for a human any longer, and"
                            + " the incident is closed.");
    public static final CommanderOption<Duration> LIFECYCLE_PROMISE_CRITICAL =
            CommanderOption.of(
                    "lifecycle.promise.critical",
                    DURATION,
                    "15 min",
                    "How long mending may take, from the first alert; by it the risk of"
                            + " missing that is told.");
    public static final CommanderOption<Duration> LIFECYCLE_PROMISE_HIGH =
            CommanderOption.of(
                    "lifecycle.promise.high",
                    DURATION,
                    "30 min",
                    "The same, for incidents of HIGH severity.");
    public static final CommanderOption<Duration> LIFECYCLE_PROMISE_MEDIUM =
            CommanderOption.of(
                    "lifecycle.promise.medium", DURATION, "2 h", "The same, for MEDIUM.");
    public static final CommanderOption<Duration> LIFECYCLE_PROMISE_LOW =
            CommanderOption.of("lifecycle.promise.low", DURATION, "8 h", "The same, for LOW.");
    public static final CommanderOption<Duration> LIFECYCLE_PROMISE_INFO =
            CommanderOption.of("lifecycle.promise.info", DURATION, "24 h", "The same, for INFO.");

    public static final CommanderOption<BigDecimal> COST_CRITICAL_PER_MINUTE =
            CommanderOption.of(
                    "cost.critical-per-minute",
                    OptionType.decimal(),
                    "10000",
                    "Cost of an outage of a CRITICAL service. USD per minute.");
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
    public static final CommanderOption<BigDecimal> COST_BUSINESS_HOURS_FACTOR =
            CommanderOption.of(
                    "cost.business-hours-factor",
                    OptionType.decimal(),
                    "2",
                    "What these costs are multiplied by in the business hours of the"
                            + " service.");
    public static final CommanderOption<Integer> COST_USERS_ABOVE =
            CommanderOption.of(
                    "cost.users-above",
                    OptionType.integer(0, Integer.MAX_VALUE),
                    "1000",
                    "A service that has more users costs something for each of them too.");
    public static final CommanderOption<BigDecimal> COST_PER_USER_PER_MINUTE =
            CommanderOption.of(
                    "cost.per-user-per-minute",
                    OptionType.decimal(),
                    "1",
                    "For each of these users. USD per minute.");

    private LifecycleOptions() {}

    /** In the order of the reference page. */
    static List<CommanderOption<?>> all() {
        return List.of(
                LIFECYCLE_KAFKA_BOOTSTRAP_SERVERS,
                LIFECYCLE_KAFKA_ORDERS_TOPIC,
                LIFECYCLE_KAFKA_REPORTS_TOPIC,
                LIFECYCLE_KAFKA_QUESTIONS_TOPIC,
                LIFECYCLE_KAFKA_GROUP,
                LIFECYCLE_JOIN_TIME,
                LIFECYCLE_ACTION_TIME,
                LIFECYCLE_VALIDATION_TIME,
                LIFECYCLE_WATCH,
                LIFECYCLE_TRAIL,
                LIFECYCLE_MEMORY,
                LIFECYCLE_REMINDER_INTERVAL,
                LIFECYCLE_REMINDER_ACKNOWLEDGED,
                LIFECYCLE_REMINDER_TIMES,
                LIFECYCLE_PROMISE_CRITICAL,
                LIFECYCLE_PROMISE_HIGH,
                LIFECYCLE_PROMISE_MEDIUM,
                LIFECYCLE_PROMISE_LOW,
                LIFECYCLE_PROMISE_INFO,
                COST_CRITICAL_PER_MINUTE,
                COST_IMPORTANT_PER_MINUTE,
                COST_SUPPORTING_PER_MINUTE,
                COST_BUSINESS_HOURS_FACTOR,
                COST_USERS_ABOVE,
                COST_PER_USER_PER_MINUTE);
    }
}
