// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.jobs.topology;

import io.incidentcommander.connectors.communication.ChannelClientProvider;
import io.incidentcommander.connectors.communication.ChannelSecrets;
import io.incidentcommander.connectors.communication.DynamoDbSentLedger;
import io.incidentcommander.connectors.communication.FileChannelSecrets;
import io.incidentcommander.connectors.communication.KafkaOutbox;
import io.incidentcommander.connectors.communication.KafkaRejectedMessages;
import io.incidentcommander.connectors.communication.LogClient;
import io.incidentcommander.connectors.communication.MemorySentLedger;
import io.incidentcommander.connectors.communication.OutboxSink;
import io.incidentcommander.connectors.communication.PagerDutyClient;
import io.incidentcommander.connectors.communication.RejectedMessages;
import io.incidentcommander.connectors.communication.SentLedger;
import io.incidentcommander.connectors.communication.SlackClient;
import io.incidentcommander.connectors.communication.SmtpClient;
import io.incidentcommander.connectors.communication.WebhookClient;
import io.incidentcommander.connectors.kafka.KafkaCluster;
import io.incidentcommander.jobs.configuration.CommanderConfiguration;
import io.incidentcommander.jobs.configuration.CommanderOption;
import io.incidentcommander.jobs.configuration.CommunicationOptions;
import io.incidentcommander.jobs.configuration.ConfigurationException;
import io.incidentcommander.jobs.configuration.EffectMode;
import io.incidentcommander.model.communication.ChannelKind;
import io.incidentcommander.model.communication.OutboundMessage;
import io.incidentcommander.operators.OperatorUids;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/**
 * From the outbox to the receivers: for each kind of channel a pipeline that shares nothing with
 * the others, and nothing at all with the job that decides.
 */
public final class DeliveryTopology {
    private DeliveryTopology() {}

    /**
     * @throws ConfigurationException if there is no outbox
     */
    public static void build(StreamExecutionEnvironment env, CommanderConfiguration options) {
        CommanderOption<String> brokers =
                CommunicationOptions.COMMUNICATION_OUTBOX_BOOTSTRAP_SERVERS;
        if (options.get(brokers).isEmpty()) {
            throw new ConfigurationException(
                    brokers.key() + " is needed: where messages come from");
        }
        KafkaCluster cluster = KafkaClusters.at(brokers, options);
        SentLedger.Provider ledger = ledger(options);
        RejectedMessages.Provider undelivered =
                KafkaRejectedMessages.in(
                        cluster,
                        KafkaOutbox.undeliveredTopic(
                                options.get(
                                        CommunicationOptions.COMMUNICATION_OUTBOX_TOPIC_PREFIX)));
        clients(options)
                .forEach(
                        (kind, clients) ->
                                env.fromSource(
                                                KafkaOutbox.source(
                                                        cluster,
                                                        options.get(
                                                                CommunicationOptions
                                                                        .COMMUNICATION_OUTBOX_TOPIC_PREFIX),
                                                        kind,
                                                        options.get(
                                                                        CommunicationOptions
                                                                                .COMMUNICATION_OUTBOX_GROUP)
                                                                + "-"
                                                                + kind.word()),
                                                WatermarkStrategy.noWatermarks(),
                                                "outbox of " + kind.word())
                                        .uid(OperatorUids.DELIVERY_SOURCE_PREFIX + kind.word())
                                        .keyBy(OutboundMessage::address, Types.STRING)
                                        .sinkTo(new OutboxSink(clients, ledger, undelivered))
                                        .name("to " + kind.word())
                                        .uid(OperatorUids.DELIVERY_SINK_PREFIX + kind.word()));
    }

    private static SentLedger.Provider ledger(CommanderConfiguration options) {
        String table = options.get(CommunicationOptions.COMMUNICATION_LEDGER_TABLE);
        return table.isEmpty()
                ? MemorySentLedger::new
                : DynamoDbSentLedger.in(table, EventTables.clients(options));
    }

    /** Of the kinds that have somewhere to go; the messages of the others stay where they are. */
    private static Map<ChannelKind, ChannelClientProvider> clients(CommanderConfiguration options) {
        String file = options.get(CommunicationOptions.COMMUNICATION_SECRETS_FILE);
        ChannelSecrets secrets =
                file.isEmpty() ? name -> Optional.empty() : new FileChannelSecrets(file);
        Map<ChannelKind, ChannelClientProvider> clients = new EnumMap<>(ChannelKind.class);
        clients.put(
                ChannelKind.SLACK,
                SlackClient.at(options.get(CommunicationOptions.COMMUNICATION_SLACK_API), secrets));
        clients.put(
                ChannelKind.PAGERDUTY,
                PagerDutyClient.at(
                        options.get(CommunicationOptions.COMMUNICATION_PAGERDUTY_API), secrets));
        clients.put(ChannelKind.WEBHOOK, WebhookClient.with(secrets));
        clients.put(ChannelKind.LOG, LogClient.with(secrets));
        String host = options.get(CommunicationOptions.COMMUNICATION_SMTP_HOST);
        if (!host.isEmpty()) {
            clients.put(
                    ChannelKind.EMAIL,
                    SmtpClient.at(
                            host,
                            options.get(CommunicationOptions.COMMUNICATION_SMTP_PORT),
                            options.get(CommunicationOptions.COMMUNICATION_SMTP_FROM),
                            options.get(CommunicationOptions.COMMUNICATION_SMTP_START_TLS),
                            secrets));
        }
        if (options.get(CommunicationOptions.COMMUNICATION_MODE) != EffectMode.LIVE) {
            clients.replaceAll((kind, live) -> ChannelClientProvider.nobody());
        }
        return clients;
    }
}
