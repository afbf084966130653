// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.operators.sampling;

import io.incidentcommander.model.sampling.AlertRun;
import io.incidentcommander.model.sampling.NotableAlert;
import io.incidentcommander.model.sampling.ServiceSecond;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.java.functions.KeySelector;
import org.apache.flink.api.java.tuple.Tuple2;
import org.apache.flink.api.java.tuple.Tuple3;

/** The keys of the alert path. Key types are part of every savepoint and never change. */
public final class AlertKey {
    /** (tenant, fingerprint as two longs). */
    public static final TypeInformation<Tuple3<String, Long, Long>> FINGERPRINT_TYPE =
            Types.TUPLE(Types.STRING, Types.LONG, Types.LONG);

    /** (tenant, service). */
    public static final TypeInformation<Tuple2<String, String>> SERVICE_TYPE =
            Types.TUPLE(Types.STRING, Types.STRING);

    public static final KeySelector<AlertRun, Tuple3<String, Long, Long>> OF_RUN =
            run -> Tuple3.of(run.tenant(), run.fingerprint().high(), run.fingerprint().low());

    public static final KeySelector<ServiceSecond, Tuple2<String, String>> OF_SECOND =
            second -> Tuple2.of(second.tenant(), second.service());

    public static final KeySelector<NotableAlert, Tuple2<String, String>> OF_NOTABLE =
            notable -> Tuple2.of(notable.alert().tenant(), notable.alert().service());

    public static final KeySelector<NotableAlert, Tuple3<String, Long, Long>>
            FINGERPRINT_OF_NOTABLE =
                    notable ->
                            Tuple3.of(
                                    notable.alert().tenant(),
                                    notable.alert().fingerprint().high(),
                                    notable.alert().fingerprint().low());

    /** The tenant. */
    public static final KeySelector<NotableAlert, String> TENANT_OF_NOTABLE =
            notable -> notable.alert().tenant();

    private AlertKey() {}
}
