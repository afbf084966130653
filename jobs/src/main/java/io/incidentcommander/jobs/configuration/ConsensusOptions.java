// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.jobs.configuration;

import java.util.List;

/** Who is asked what to do, and by which keys. */
public final class ConsensusOptions {
    private static final OptionType<String> TEXT = OptionType.text();

    public static final CommanderOption<String> CONSENSUS_KAFKA_BOOTSTRAP_SERVERS =
            CommanderOption.of(
                    "consensus.kafka.bootstrap-servers",
                    TEXT,
                    "",
                    "Brokers over which agents are asked, host:port with commas between. Empty:"
                            + " nobody votes and nothing is decided.");
    public static final CommanderOption<String> CONSENSUS_KAFKA_REQUESTS_TOPIC =
            CommanderOption.of(
                    "consensus.kafka.requests-topic",
                    TEXT,
                    "round-requests",
                    "Topic of the requests for votes, out and in.");
    public static final CommanderOption<String> CONSENSUS_KAFKA_RECOMMENDATIONS_TOPIC =
            CommanderOption.of(
                    "consensus.kafka.recommendations-topic",
                    TEXT,
                    "recommendations",
                    "Topic of the signed recommendations of agents elsewhere (protocol.md).");
    public static final CommanderOption<String> CONSENSUS_KAFKA_OUTCOMES_TOPIC =
            CommanderOption.of(
                    "consensus.kafka.outcomes-topic",
                    TEXT,
                    "outcomes",
                    "Topic of verified outcomes. Who may write to it moves reputations.");
    public static final CommanderOption<String> CONSENSUS_KAFKA_AGENTS_TOPIC =
            CommanderOption.of(
                    "consensus.kafka.agents-topic",
                    TEXT,
                    "agents",
                    "Topic of agents that are registered, rotated and revoked. Who may write to it"
                            + " decides who votes.");
    public static final CommanderOption<String> CONSENSUS_KAFKA_GROUP =
            CommanderOption.of(
                    "consensus.kafka.group",
                    TEXT,
                    "incident-commander-agents",
                    "Consumer group of these topics; for monitoring, the positions are state.");
    public static final CommanderOption<String> CONSENSUS_KEYS_FILE =
            CommanderOption.of(
                    "consensus.keys-file",
                    TEXT,
                    "",
                    "Private keys of the built-in agents, on every task manager: a line each, agent"
                            + " and 64 hexadecimal digits. An agent without a line takes no part.");
    public static final CommanderOption<String> CONSENSUS_RUNBOOKS =
            CommanderOption.of(
                    "consensus.runbooks",
                    TEXT,
                    "",
                    "The catalogue of runbooks, a YAML file. Empty: the one that comes with the"
                            + " job.");

    private ConsensusOptions() {}

    /** In the order of the reference page. */
    static List<CommanderOption<?>> all() {
        return List.of(
                CONSENSUS_KAFKA_BOOTSTRAP_SERVERS,
                CONSENSUS_KAFKA_REQUESTS_TOPIC,
                CONSENSUS_KAFKA_RECOMMENDATIONS_TOPIC,
                CONSENSUS_KAFKA_OUTCOMES_TOPIC,
                CONSENSUS_KAFKA_AGENTS_TOPIC,
                CONSENSUS_KAFKA_GROUP,
                CONSENSUS_KEYS_FILE,
                CONSENSUS_RUNBOOKS);
    }
}
