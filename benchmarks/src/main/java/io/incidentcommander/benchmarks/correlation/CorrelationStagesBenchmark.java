// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.benchmarks.correlation;

import io.incidentcommander.model.audit.IncidentEvent;
import io.incidentcommander.model.correlation.ServiceCall;
import io.incidentcommander.model.sampling.NotableAlert;
import io.incidentcommander.operators.audit.FateDetail;
import io.incidentcommander.operators.correlation.CorrelateOperator;
import io.incidentcommander.operators.correlation.PassClock;
import io.incidentcommander.operators.correlation.TenantNews;
import io.incidentcommander.operators.correlation.control.ControlSettings;
import io.incidentcommander.operators.correlation.suppression.SuppressOperator;
import io.incidentcommander.operators.detection.DetectionStage;
import io.incidentcommander.operators.sampling.AlertKey;
import io.incidentcommander.udfs.correlation.control.ControlFile;
import io.incidentcommander.udfs.correlation.suppression.SuppressionPolicy;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.functions.RichMapFunction;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.connector.source.lib.NumberSequenceSource;
import org.apache.flink.api.java.tuple.Tuple3;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.sink.v2.DiscardingSink;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What an alert costs after sampling, from suppression to incidents and patterns, as a Flink job of
 * parallelism 1 with all its shuffles: a core sustains as many a second as this goes into one. A
 * tenant of 5,000 services, 10,000 live entries, state on the heap, no checkpoints. Without the
 * pattern of cascades: what that costs goes by services that fall ill, and not by alerts.
 */
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 3)
@Measurement(iterations = 3)
@Fork(1)
public class CorrelationStagesBenchmark {
    private static final long ALERTS = 400_000;
    private static final int LIVE = 10_000;

    @Benchmark
    public long tenantStages(ProcessCost cost) throws Exception {
        StreamExecutionEnvironment env =
                StreamExecutionEnvironment.createLocalEnvironment(1, new Configuration());
        env.getConfig().enableObjectReuse();
        build(alerts(env), new ControlSettings(List.of(catalogue()), LIVE));
        env.execute();
        cost.records += ALERTS;
        return ALERTS;
    }

    private static void build(DataStream<NotableAlert> alerts, ControlSettings control) {
        SingleOutputStreamOperator<NotableAlert> heard =
                alerts.keyBy(AlertKey.TENANT_OF_NOTABLE, Types.STRING)
                        .transform(
                                "suppress",
                                TypeInformation.of(NotableAlert.class),
                                new SuppressOperator(
                                        new SuppressionPolicy(LIVE, 86_400_000, 60_000),
                                        control,
                                        FateDetail.ALL_BUT_REPEATS));
        SingleOutputStreamOperator<IncidentEvent> events =
                heard.connect(seen(heard))
                        .keyBy(AlertKey.TENANT_OF_NOTABLE, TenantNews::tenant, Types.STRING)
                        .transform(
                                "correlate",
                                TypeInformation.of(IncidentEvent.class),
                                new CorrelateOperator(
                                        BusyTenant.policy(LIVE),
                                        control,
                                        30_000,
                                        PassClock.standingStill(),
                                        FateDetail.ALL_BUT_REPEATS));
        events.sinkTo(new DiscardingSink<>());
        new DetectionStage(control, Optional.empty())
                .ofAlerts(heard)
                .matches()
                .sinkTo(new DiscardingSink<>());
    }

    private static DataStream<NotableAlert> alerts(StreamExecutionEnvironment env) {
        return env.fromSource(
                        new NumberSequenceSource(1, ALERTS),
                        WatermarkStrategy.noWatermarks(),
                        "numbers")
                .map(new Next())
                .returns(NotableAlert.class)
                .assignTimestampsAndWatermarks(
                        WatermarkStrategy.<NotableAlert>forMonotonousTimestamps()
                                .withTimestampAssigner((a, t) -> a.alert().eventTimeMillis()));
    }

    /** Nothing comes but what is kept. */
    private static DataStream<TenantNews> seen(DataStream<NotableAlert> alerts) {
        return alerts.filter(a -> a.alert().id().offset() % 1_000 == 0)
                .map(
                        a ->
                                TenantNews.of(
                                        Tuple3.of(
                                                BusyTenant.TENANT,
                                                a.alert().eventTimeMillis(),
                                                1_000L)))
                .returns(TenantNews.class);
    }

    private static ControlFile catalogue() {
        Map<String, TreeSet<String>> callees = new TreeMap<>();
        for (ServiceCall call : BusyTenant.calls()) {
            callees.computeIfAbsent(call.caller(), c -> new TreeSet<>()).add(call.callee());
        }
        StringBuilder yaml = new StringBuilder("tenant: " + BusyTenant.TENANT + "\ntopology:\n");
        callees.forEach((caller, all) -> yaml.append("  " + caller + ": " + all + "\n"));
        return new ControlFile("topology.yaml", yaml.toString());
    }

    private static final class Next extends RichMapFunction<Long, NotableAlert> {
        private static final long serialVersionUID = 1L;

        private transient BusyTenant tenant;

        @Override
        public NotableAlert map(Long number) {
            if (tenant == null) {
                tenant = new BusyTenant();
            }
            return tenant.next();
        }
    }
}
