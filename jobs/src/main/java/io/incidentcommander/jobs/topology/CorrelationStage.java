// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.jobs.topology;

import io.incidentcommander.model.audit.IncidentEvent;
import io.incidentcommander.model.correlation.ControlUpdate;
import io.incidentcommander.model.detection.PatternMatch;
import io.incidentcommander.model.ingest.SourceReport;
import io.incidentcommander.model.sampling.NotableAlert;
import io.incidentcommander.operators.OperatorUids;
import io.incidentcommander.operators.correlation.CorrelateOperator;
import io.incidentcommander.operators.correlation.CorrelateUnderControlOperator;
import io.incidentcommander.operators.correlation.TenantNews;
import io.incidentcommander.operators.sampling.AlertKey;
import java.util.Optional;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.java.tuple.Tuple3;
import org.apache.flink.streaming.api.datastream.ConnectedStreams;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;

/**
 * Correlation, by tenant. An operator has two inputs, so all that it hears beside alerts shares
 * one: counts, patterns and sources by tenant, updates to every subtask.
 */
final class CorrelationStage {
    private final AlertPathSettings settings;
    private final Optional<DataStream<ControlUpdate>> updates;

    CorrelationStage(AlertPathSettings settings, Optional<DataStream<ControlUpdate>> updates) {
        this.settings = settings;
        this.updates = updates;
    }

    /**
     * @param seen alerts of each tenant and second in all
     * @param matches whose event time is that of their last alert
     * @param sources what they brought
     */
    SingleOutputStreamOperator<IncidentEvent> of(
            DataStream<NotableAlert> alerts,
            DataStream<Tuple3<String, Long, Long>> seen,
            DataStream<PatternMatch> matches,
            DataStream<SourceReport> sources) {
        DataStream<TenantNews> counts =
                seen.map(TenantNews::of)
                        .returns(TenantNews.class)
                        .name("counts to correlate")
                        .uid(OperatorUids.COUNTS_TO_CORRELATE);
        DataStream<TenantNews> patterns =
                matches.map(TenantNews::of)
                        .returns(TenantNews.class)
                        .name("patterns to correlate")
                        .uid(OperatorUids.PATTERNS_TO_CORRELATE);
        DataStream<TenantNews> quality =
                sources.map(TenantNews::of)
                        .returns(TenantNews.class)
                        .name("sources to correlate")
                        .uid(OperatorUids.SOURCES_TO_CORRELATE);
        DataStream<TenantNews> news =
                counts.union(patterns, quality).keyBy(TenantNews::tenant, Types.STRING);
        return updates.map(u -> underControl(alerts, news, u))
                .orElseGet(() -> alone(alerts, news))
                .uid(OperatorUids.CORRELATE);
    }

    private SingleOutputStreamOperator<IncidentEvent> alone(
            DataStream<NotableAlert> alerts, DataStream<TenantNews> news) {
        return connect(alerts, news)
                .transform(
                        "correlate",
                        TypeInformation.of(IncidentEvent.class),
                        new CorrelateOperator(
                                settings.correlation(),
                                settings.control(),
                                settings.correlationPassMillis(),
                                settings.passClock(),
                                settings.fateDetail()));
    }

    private SingleOutputStreamOperator<IncidentEvent> underControl(
            DataStream<NotableAlert> alerts,
            DataStream<TenantNews> news,
            DataStream<ControlUpdate> timeless) {
        DataStream<TenantNews> control =
                timeless.map(TenantNews::of)
                        .returns(TenantNews.class)
                        .name("control to correlate")
                        .uid(OperatorUids.CONTROL_TO_CORRELATE)
                        .setParallelism(1)
                        .broadcast();
        return connect(alerts, news.union(control))
                .transform(
                        "correlate",
                        TypeInformation.of(IncidentEvent.class),
                        new CorrelateUnderControlOperator(
                                settings.correlation(),
                                settings.control(),
                                settings.correlationPassMillis(),
                                settings.passClock(),
                                settings.fateDetail()));
    }

    /** The second input is spread by tenant already, and has no key but what it says. */
    private static ConnectedStreams<NotableAlert, TenantNews> connect(
            DataStream<NotableAlert> alerts, DataStream<TenantNews> news) {
        return alerts.keyBy(AlertKey.TENANT_OF_NOTABLE, Types.STRING).connect(news);
    }
}
