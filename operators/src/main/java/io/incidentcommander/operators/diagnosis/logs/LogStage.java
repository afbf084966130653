// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.operators.diagnosis.logs;

import io.incidentcommander.model.diagnosis.logs.LogSlice;
import io.incidentcommander.model.diagnosis.logs.ServiceLogs;
import io.incidentcommander.model.ingest.LogRecord;
import io.incidentcommander.operators.OperatorUids;
import io.incidentcommander.operators.sampling.AlertKey;
import io.incidentcommander.udfs.diagnosis.logs.LogPolicy;
import io.incidentcommander.udfs.diagnosis.redaction.Redaction.Addresses;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.java.functions.KeySelector;
import org.apache.flink.api.java.tuple.Tuple2;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;

/** Logs as ingest decoded them in, what is out of the ordinary of each service out. */
public final class LogStage {
    /** (tenant, service). */
    public static final KeySelector<LogSlice, Tuple2<String, String>> KEY =
            slice -> Tuple2.of(slice.tenant(), slice.service());

    private LogStage() {}

    /** By the watermarks of the entries' stream; their own times say which slice they are in. */
    public static SingleOutputStreamOperator<ServiceLogs> of(
            DataStream<LogRecord> entries, LogPolicy policy, Addresses addresses) {
        return entries.transform(
                        "reduce logs",
                        TypeInformation.of(LogSlice.class),
                        new ReduceLogsOperator(policy))
                .uid(OperatorUids.REDUCE_LOGS)
                .keyBy(KEY, AlertKey.SERVICE_TYPE)
                .process(
                        new WatchLogsFunction(policy, addresses),
                        TypeInformation.of(ServiceLogs.class))
                .name("watch logs")
                .uid(OperatorUids.WATCH_LOGS);
    }
}
