// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.operators.diagnosis.metrics;

import io.incidentcommander.model.diagnosis.DiagnosisRequest;
import io.incidentcommander.model.diagnosis.metrics.ServiceReadings;
import io.incidentcommander.model.ingest.MetricPoint;
import io.incidentcommander.operators.OperatorUids;
import io.incidentcommander.operators.sampling.AlertKey;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.java.functions.KeySelector;
import org.apache.flink.api.java.tuple.Tuple2;
import org.apache.flink.streaming.api.datastream.DataStream;

/** Requests for a diagnosis in, the same with what the metrics say out. */
public final class MetricStage {
    /** (tenant, service). */
    static final KeySelector<ServiceReadings, Tuple2<String, String>> KEY =
            part -> Tuple2.of(part.tenant(), part.service());

    private MetricStage() {}

    /**
     * @param points telemetry as ingest decoded it, by the watermarks of its stream
     */
    public static DataStream<DiagnosisRequest> of(
            DataStream<DiagnosisRequest> requests, DataStream<MetricPoint> points) {
        DataStream<ServiceReadings> readings =
                points.transform(
                                "reduce metrics",
                                TypeInformation.of(ServiceReadings.class),
                                new ReduceMetricsOperator())
                        .uid(OperatorUids.REDUCE_METRICS)
                        .keyBy(KEY, AlertKey.SERVICE_TYPE)
                        .process(
                                new BinMetricsFunction(), TypeInformation.of(ServiceReadings.class))
                        .name("bin metrics")
                        .uid(OperatorUids.BIN_METRICS);
        return requests.connect(readings)
                .keyBy(
                        request -> request.incident().tenant(),
                        ServiceReadings::tenant,
                        Types.STRING)
                .process(
                        new RankCausesFunction(RankCausesFunction.MOST_SERVICES),
                        TypeInformation.of(DiagnosisRequest.class))
                .name("rank causes")
                .uid(OperatorUids.RANK_CAUSES);
    }
}
