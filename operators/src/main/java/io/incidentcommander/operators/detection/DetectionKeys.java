// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.operators.detection;

import io.incidentcommander.model.detection.DetectionEvent;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.java.functions.KeySelector;
import org.apache.flink.api.java.tuple.Tuple2;
import org.apache.flink.api.java.tuple.Tuple3;

/** The keys of detection. Key types are part of every savepoint and never change. */
public final class DetectionKeys {
    /** (tenant, service). */
    public static final TypeInformation<Tuple2<String, String>> SERVICE_TYPE =
            Types.TUPLE(Types.STRING, Types.STRING);

    /** (tenant, service, series or alert or cause). */
    public static final TypeInformation<Tuple3<String, String, String>> SUBJECT_TYPE =
            Types.TUPLE(Types.STRING, Types.STRING, Types.STRING);

    public static final KeySelector<DetectionEvent, String> TENANT = DetectionEvent::tenant;

    public static final KeySelector<DetectionEvent, Tuple2<String, String>> SERVICE =
            event -> Tuple2.of(event.tenant(), event.service());

    public static final KeySelector<DetectionEvent, Tuple3<String, String, String>> SUBJECT =
            event -> Tuple3.of(event.tenant(), event.service(), event.subject());

    /** (tenant, cause), of the events of a match. */
    public static final KeySelector<DetectionEvent, Tuple2<String, String>> CAUSE =
            event -> Tuple2.of(event.tenant(), event.subject());

    private DetectionKeys() {}
}
