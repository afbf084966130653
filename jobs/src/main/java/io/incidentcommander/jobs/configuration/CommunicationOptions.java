// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.jobs.configuration;

import io.incidentcommander.connectors.communication.SmtpClient;
import java.time.Duration;
import java.util.List;

/** Who is told, and over what. */
public final class CommunicationOptions {
    private static final OptionType<Integer> AT_LEAST_ONE =
            OptionType.integer(1, Integer.MAX_VALUE);

    /** A pace is one of whole milliseconds. */
    private static final OptionType<Integer> PER_SECOND = OptionType.divisor(1_000);

    private static final OptionType<Duration> DURATION = OptionType.duration();
    private static final OptionType<String> TEXT = OptionType.text();

    public static final CommanderOption<String> COMMUNICATION_ROUTING_FILE =
            CommanderOption.of(
                    "communication.routing-file",
                    TEXT,
                    "",
                    "Who is told: receivers and routes, YAML (docs/communication.md). Empty:"
                            + " nobody.");
    public static final CommanderOption<Duration> COMMUNICATION_DEDUPLICATION =
            CommanderOption.of(
                    "communication.deduplication",
                    DURATION,
                    "5 min",
                    "The same incident, status and severity are told once in this time.");
    public static final CommanderOption<Duration> COMMUNICATION_UPDATE_WAIT =
            CommanderOption.of(
                    "communication.update-wait",
                    OptionType.duration(Duration.ofMillis(1), Duration.ofSeconds(9)),
                    "1 s",
                    "How long updates of an incident wait for the next ones, CRITICAL"
                            + " ones aside; mail waits for its digest.");
    public static final CommanderOption<Duration> COMMUNICATION_EMAIL_WAIT =
            CommanderOption.of(
                    "communication.email.wait",
                    OptionType.duration(Duration.ofMillis(1), Duration.ofSeconds(9)),
                    "5 s",
                    "How long mail waits for its digest, CRITICAL aside.");
    public static final CommanderOption<Integer> COMMUNICATION_EMAIL_PER_SECOND =
            CommanderOption.of(
                    "communication.email.per-second",
                    PER_SECOND,
                    "10",
                    "Mails that leave in a second, over all.");
    public static final CommanderOption<Integer> COMMUNICATION_EMAIL_BURST =
            CommanderOption.of(
                    "communication.email.burst",
                    AT_LEAST_ONE,
                    "50",
                    "Mails that leave at once after a pause.");
    public static final CommanderOption<Integer> COMMUNICATION_WEBHOOK_PER_SECOND =
            CommanderOption.of(
                    "communication.webhook.per-second",
                    PER_SECOND,
                    "10",
                    "Calls of each webhook and lines of each log in a second. Slack and"
                            + " PagerDuty are called as often as they allow.");
    public static final CommanderOption<Integer> COMMUNICATION_WEBHOOK_BURST =
            CommanderOption.of(
                    "communication.webhook.burst",
                    AT_LEAST_ONE,
                    "10",
                    "Calls and lines at once after a pause.");
    public static final CommanderOption<String> COMMUNICATION_OUTBOX_BOOTSTRAP_SERVERS =
            CommanderOption.of(
                    "communication.outbox.bootstrap-servers",
                    TEXT,
                    "",
                    "Brokers of the outbox, host:port with commas between.");
    public static final CommanderOption<String> COMMUNICATION_OUTBOX_TOPIC_PREFIX =
            CommanderOption.of(
                    "communication.outbox.topic-prefix",
                    TEXT,
                    "outbox",
                    "One topic for each kind of channel: PREFIX-slack, PREFIX-pagerduty,"
                            + " PREFIX-email, PREFIX-webhook, PREFIX-log.");
    public static final CommanderOption<String> COMMUNICATION_OUTBOX_GROUP =
            CommanderOption.of(
                    "communication.outbox.group",
                    TEXT,
                    "incident-commander-delivery",
                    "Consumer group of the job that delivers.");
    public static final CommanderOption<EffectMode> COMMUNICATION_MODE =
            CommanderOption.of(
                    "communication.mode",
                    OptionType.oneOf(EffectMode.class),
                    "live",
                    "live, or dry-run or replay: messages are taken from the outbox and nobody is"
                            + " told.");
    public static final CommanderOption<String> COMMUNICATION_SECRETS_FILE =
            CommanderOption.of(
                    "communication.secrets-file",
                    TEXT,
                    "",
                    "On every task manager, NAME=VALUE a line: slack.token, pagerduty.NAME,"
                            + " smtp.user, smtp.password, webhook.address.NAME, webhook.key.NAME,"
                            + " log.key.NAME.");
    public static final CommanderOption<String> COMMUNICATION_LEDGER_TABLE =
            CommanderOption.of(
                    "communication.ledger.table",
                    TEXT,
                    "",
                    "Table of what was sent, where sink.dynamodb.* has it. Empty: in memory, and a"
                            + " restart may send what was sent.");
    public static final CommanderOption<String> COMMUNICATION_SLACK_API =
            CommanderOption.of(
                    "communication.slack.api",
                    TEXT,
                    "https://slack.com/api/",
                    "Slack's Web API, or a server that speaks it.");
    public static final CommanderOption<String> COMMUNICATION_PAGERDUTY_API =
            CommanderOption.of(
                    "communication.pagerduty.api",
                    TEXT,
                    "https://events.pagerduty.com/v2/enqueue",
                    "PagerDuty's Events API v2, or a server that speaks it.");
    public static final CommanderOption<String> COMMUNICATION_SMTP_HOST =
            CommanderOption.of(
                    "communication.smtp.host",
                    TEXT,
                    "",
                    "Mail server. Empty: mail stays in the outbox.");
    public static final CommanderOption<Integer> COMMUNICATION_SMTP_PORT =
            CommanderOption.of(
                    "communication.smtp.port",
                    OptionType.integer(1, 65_535),
                    "587",
                    "Port of the mail server.");
    public static final CommanderOption<String> COMMUNICATION_SMTP_FROM =
            CommanderOption.of(
                    "communication.smtp.from",
                    TEXT,
                    "incident-commander@localhost",
                    "Sender of mail.");
    public static final CommanderOption<SmtpClient.StartTls> COMMUNICATION_SMTP_START_TLS =
            CommanderOption.of(
                    "communication.smtp.start-tls",
                    OptionType.oneOf(SmtpClient.StartTls.class),
                    "required",
                    "Whether a mail server without TLS is refused.");

    private CommunicationOptions() {}

    /** In the order of the reference page. */
    static List<CommanderOption<?>> all() {
        return List.of(
                COMMUNICATION_ROUTING_FILE,
                COMMUNICATION_DEDUPLICATION,
                COMMUNICATION_UPDATE_WAIT,
                COMMUNICATION_EMAIL_WAIT,
                COMMUNICATION_EMAIL_PER_SECOND,
                COMMUNICATION_EMAIL_BURST,
                COMMUNICATION_WEBHOOK_PER_SECOND,
                COMMUNICATION_WEBHOOK_BURST,
                COMMUNICATION_OUTBOX_BOOTSTRAP_SERVERS,
                COMMUNICATION_OUTBOX_TOPIC_PREFIX,
                COMMUNICATION_OUTBOX_GROUP,
                COMMUNICATION_MODE,
                COMMUNICATION_SECRETS_FILE,
                COMMUNICATION_LEDGER_TABLE,
                COMMUNICATION_SLACK_API,
                COMMUNICATION_PAGERDUTY_API,
                COMMUNICATION_SMTP_HOST,
                COMMUNICATION_SMTP_PORT,
                COMMUNICATION_SMTP_FROM,
                COMMUNICATION_SMTP_START_TLS);
    }
}
