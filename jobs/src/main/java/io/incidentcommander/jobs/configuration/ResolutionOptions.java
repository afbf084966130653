// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.jobs.configuration;

import java.time.Duration;
import java.util.List;

/** Who may be acted on, and how. */
public final class ResolutionOptions {
    private static final OptionType<String> TEXT = OptionType.text();

    public static final CommanderOption<EffectMode> RESOLUTION_MODE =
            CommanderOption.of(
                    "resolution.mode",
                    OptionType.oneOf(EffectMode.class),
                    "dry-run",
                    "Whether actions touch the world: live, or dry-run, where it is said what"
                            + " would be done, or replay, where steps end as resolution.record"
                            + " says.");
    public static final CommanderOption<String> RESOLUTION_RECORD =
            CommanderOption.of(
                    "resolution.record",
                    TEXT,
                    "",
                    "For a replay: file of what became of steps, as ./commander actions record"
                            + " prints it.");
    public static final CommanderOption<String> RESOLUTION_ALLOW_LIST =
            CommanderOption.of(
                    "resolution.allow-list",
                    TEXT,
                    "",
                    "The services that may be acted on, a YAML file: up to which risk, how"
                            + " many instances, of how many. Empty: none.");
    public static final CommanderOption<Integer> RESOLUTION_BLAST_RADIUS_INSTANCES =
            CommanderOption.of(
                    "resolution.blast-radius.instances",
                    OptionType.integer(1, 1_000_000),
                    "10",
                    "Instances that one action may change at most.");
    public static final CommanderOption<Double> RESOLUTION_BLAST_RADIUS_SHARE =
            CommanderOption.of(
                    "resolution.blast-radius.share",
                    OptionType.number(0.001, 1.0),
                    "0.5",
                    "And the share of all instances of the service.");
    public static final CommanderOption<Duration> RESOLUTION_APPROVAL_TTL =
            CommanderOption.of(
                    "resolution.approval-ttl",
                    OptionType.duration(Duration.ofMillis(1), Duration.ofHours(1)),
                    "10 min",
                    "How long an approval holds that does not say it. None holds for"
                            + " longer than an hour.");
    public static final CommanderOption<String> RESOLUTION_ROLE =
            CommanderOption.of(
                    "resolution.role-arn",
                    TEXT,
                    "",
                    "Role that sessions of actions are of; each may do what its action"
                            + " needs, and no more.");
    public static final CommanderOption<String> RESOLUTION_SANDBOX_ROLE =
            CommanderOption.of(
                    "resolution.sandbox-role-arn",
                    TEXT,
                    "",
                    "The same in the sandbox account, for rehearsals.");
    public static final CommanderOption<String> RESOLUTION_SESSION_DOCUMENT =
            CommanderOption.of(
                    "resolution.session-document",
                    TEXT,
                    "",
                    "Session document whose settings say where sessions are recorded: one is open"
                            + " while changes are made on instances. Empty: none.");
    public static final CommanderOption<String> RESOLUTION_REGION =
            CommanderOption.of(
                    "resolution.region",
                    TEXT,
                    "us-east-1",
                    "AWS region of actions and of their ledger.");
    public static final CommanderOption<String> RESOLUTION_ENDPOINT =
            CommanderOption.of(
                    "resolution.endpoint",
                    TEXT,
                    "",
                    "A server that speaks the protocols of STS and SSM. Empty: the services"
                            + " in the region, with the credentials of the environment.");
    public static final CommanderOption<String> RESOLUTION_LEDGER_TABLE =
            CommanderOption.of(
                    "resolution.ledger.table",
                    TEXT,
                    "",
                    "DynamoDB table of the ledger of actions; an item of the id stop#all in"
                            + " it stops everything.");
    public static final CommanderOption<String> RESOLUTION_LEDGER_ENDPOINT =
            CommanderOption.of(
                    "resolution.ledger.endpoint",
                    TEXT,
                    "",
                    "A server that speaks the protocol of DynamoDB. Empty: the service in"
                            + " the region.");

    private ResolutionOptions() {}

    /** In the order of the reference page. */
    static List<CommanderOption<?>> all() {
        return List.of(
                RESOLUTION_MODE,
                RESOLUTION_RECORD,
                RESOLUTION_ALLOW_LIST,
                RESOLUTION_BLAST_RADIUS_INSTANCES,
                RESOLUTION_BLAST_RADIUS_SHARE,
                RESOLUTION_APPROVAL_TTL,
                RESOLUTION_ROLE,
                RESOLUTION_SANDBOX_ROLE,
                RESOLUTION_SESSION_DOCUMENT,
                RESOLUTION_REGION,
                RESOLUTION_ENDPOINT,
                RESOLUTION_LEDGER_TABLE,
                RESOLUTION_LEDGER_ENDPOINT);
    }
}
