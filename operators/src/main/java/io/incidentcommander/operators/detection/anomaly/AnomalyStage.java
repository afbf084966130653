// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.operators.detection.anomaly;

import io.incidentcommander.model.ingest.Fingerprint;
import io.incidentcommander.model.ingest.MetricPoint;
import io.incidentcommander.model.sampling.AlertRun;
import io.incidentcommander.operators.OperatorUids;
import io.incidentcommander.operators.audit.FateDetail;
import io.incidentcommander.operators.sampling.AlertKey;
import io.incidentcommander.udfs.detection.anomaly.AnomalyAlerts;
import io.incidentcommander.udfs.detection.anomaly.AnomalyPolicy;
import io.incidentcommander.udfs.sampling.Slices;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.java.functions.KeySelector;
import org.apache.flink.api.java.tuple.Tuple3;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;

/** Points of metrics in, alerts about what is unusual for their series out. */
public final class AnomalyStage {
    /** Name of the accumulator of alerts that were raised, for who holds the ledger against it. */
    public static final String RAISED = "anomalies-raised";

    /** (tenant, fingerprint of the series), as its alerts have it. */
    static final KeySelector<MetricPoint, Tuple3<String, Long, Long>> KEY = AnomalyStage::key;

    private AnomalyStage() {}

    /**
     * @param points telemetry as ingest decoded it, by the watermarks of its stream
     * @param slices of deduplication, which takes the alerts
     */
    public static SingleOutputStreamOperator<AlertRun> of(
            DataStream<MetricPoint> points,
            AnomalyPolicy policy,
            Slices slices,
            FateDetail detail) {
        return points.transform(
                        "bin series",
                        TypeInformation.of(MetricPoint.class),
                        new BinSeriesOperator())
                .uid(OperatorUids.BIN_SERIES)
                .keyBy(KEY, AlertKey.FINGERPRINT_TYPE)
                .transform(
                        "score series",
                        TypeInformation.of(AlertRun.class),
                        new ScoreSeriesOperator(policy, slices, detail))
                .uid(OperatorUids.SCORE_SERIES);
    }

    private static Tuple3<String, Long, Long> key(MetricPoint point) {
        Fingerprint series = AnomalyAlerts.fingerprint(point);
        return Tuple3.of(point.tenant(), series.high(), series.low());
    }
}
