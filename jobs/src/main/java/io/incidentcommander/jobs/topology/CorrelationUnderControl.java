// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.jobs.topology;

import io.incidentcommander.model.audit.IncidentEvent;
import io.incidentcommander.model.correlation.ControlUpdate;
import io.incidentcommander.model.sampling.NotableAlert;
import io.incidentcommander.operators.OperatorUids;
import io.incidentcommander.operators.correlation.CorrelateUnderControlOperator;
import io.incidentcommander.operators.sampling.AlertKey;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.java.tuple.Tuple3;
import org.apache.flink.api.java.typeutils.EitherTypeInfo;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.types.Either;

/**
 * Correlation where updates may come: an operator has two inputs, so counts, by tenant, and
 * updates, to every subtask, share one.
 */
final class CorrelationUnderControl {
    private CorrelationUnderControl() {}

    static SingleOutputStreamOperator<IncidentEvent> of(
            DataStream<NotableAlert> alerts,
            DataStream<Tuple3<String, Long, Long>> seen,
            DataStream<ControlUpdate> updates,
            AlertPathSettings settings) {
        TypeInformation<Either<Tuple3<String, Long, Long>, ControlUpdate>> either =
                new EitherTypeInfo<>(
                        Types.TUPLE(Types.STRING, Types.LONG, Types.LONG),
                        TypeInformation.of(ControlUpdate.class));
        DataStream<Either<Tuple3<String, Long, Long>, ControlUpdate>> counts =
                seen.map(count -> Either.<Tuple3<String, Long, Long>, ControlUpdate>Left(count))
                        .returns(either)
                        .name("counts to correlate")
                        .uid(OperatorUids.COUNTS_TO_CORRELATE)
                        .keyBy(count -> count.left().f0, Types.STRING);
        DataStream<Either<Tuple3<String, Long, Long>, ControlUpdate>> control =
                updates.map(u -> Either.<Tuple3<String, Long, Long>, ControlUpdate>Right(u))
                        .returns(either)
                        .name("control to correlate")
                        .uid(OperatorUids.CONTROL_TO_CORRELATE)
                        .setParallelism(1)
                        .broadcast();
        return alerts.keyBy(AlertKey.TENANT_OF_NOTABLE, Types.STRING)
                .connect(counts.union(control))
                .transform(
                        "correlate",
                        TypeInformation.of(IncidentEvent.class),
                        new CorrelateUnderControlOperator(
                                settings.correlation(),
                                settings.control(),
                                settings.correlationPassMillis(),
                                settings.passClock(),
                                settings.fateDetail()))
                .uid(OperatorUids.CORRELATE);
    }
}
