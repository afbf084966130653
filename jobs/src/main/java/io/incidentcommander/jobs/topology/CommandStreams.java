// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.jobs.topology;

import io.incidentcommander.connectors.delivery.KafkaResults;
import io.incidentcommander.connectors.ingest.KafkaAlertSource;
import io.incidentcommander.connectors.ingest.KafkaStart;
import io.incidentcommander.connectors.kafka.KafkaCluster;
import io.incidentcommander.model.audit.AuditJson;
import io.incidentcommander.model.correlation.ControlReport;
import io.incidentcommander.model.ingest.RawRecord;
import io.incidentcommander.operators.OperatorUids;
import io.incidentcommander.operators.resolution.CommandLedger;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/**
 * How commands about actions come in, where they are written, and where it is said what became of
 * them. The control topic is read once more here, so that a stop does not stand behind alerts.
 */
public final class CommandStreams {
    private static final String SOURCE = "commands";

    private final KafkaCluster cluster;
    private final String topic;
    private final String group;
    private final Optional<KafkaResults> reports;
    private final String reportTopic;
    private final CommandLedger.Opener ledger;

    /**
     * @param topic of control updates
     * @param group of consumers, for monitoring
     * @param reports where it is said what became of commands; empty: it is only logged
     */
    public CommandStreams(
            KafkaCluster cluster,
            String topic,
            String group,
            Optional<KafkaResults> reports,
            String reportTopic,
            CommandLedger.Opener ledger) {
        this.cluster = Objects.requireNonNull(cluster, "cluster");
        this.topic = Objects.requireNonNull(topic, "topic");
        this.group = Objects.requireNonNull(group, "group");
        this.reports = Objects.requireNonNull(reports, "reports");
        this.reportTopic = Objects.requireNonNull(reportTopic, "reportTopic");
        this.ledger = Objects.requireNonNull(ledger, "ledger");
    }

    CommandLedger.Opener ledger() {
        return ledger;
    }

    DataStream<RawRecord> messages(StreamExecutionEnvironment env) {
        return env.fromSource(
                        KafkaAlertSource.builder(SOURCE, cluster)
                                .topics(List.of(topic))
                                .groupId(group)
                                .startAt(KafkaStart.earliest())
                                .build(),
                        WatermarkStrategy.noWatermarks(),
                        SOURCE)
                .uid(OperatorUids.COMMAND_SOURCE)
                .setParallelism(1);
    }

    void report(DataStream<ControlReport> outcomes) {
        reports.ifPresent(
                kafka ->
                        outcomes.sinkTo(
                                        kafka.<ControlReport>into(
                                                OperatorUids.COMMAND_REPORT_SINK,
                                                reportTopic,
                                                AuditJson::of))
                                .name("what became of commands")
                                .uid(OperatorUids.COMMAND_REPORT_SINK)
                                .setParallelism(1));
    }
}
