// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.operators.detection;

import io.incidentcommander.model.detection.DetectionEvent;
import io.incidentcommander.model.detection.DetectionEvent.Kind;
import io.incidentcommander.model.detection.PatternMatch;
import io.incidentcommander.model.ingest.AlertId;
import io.incidentcommander.udfs.detection.PatternSpec;
import java.util.List;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.transformations.OneInputTransformation;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;

/** The operator of a pattern, and events for it. All events are of one key. */
final class PatternHarness
        extends KeyedOneInputStreamOperatorTestHarness<String, DetectionEvent, PatternMatch> {
    private PatternHarness(PatternSpec spec) throws Exception {
        super(operator(spec), DetectionKeys.TENANT, Types.STRING, 128, 1, 0);
    }

    static PatternHarness of(PatternSpec spec) throws Exception {
        PatternHarness harness = new PatternHarness(spec);
        harness.open();
        return harness;
    }

    static PatternHarness restored(PatternSpec spec, OperatorSubtaskState state) throws Exception {
        PatternHarness harness = new PatternHarness(spec);
        harness.initializeState(state);
        harness.open();
        return harness;
    }

    PatternHarness push(DetectionEvent... events) throws Exception {
        for (DetectionEvent event : events) {
            processElement(event, event.eventTimeMillis());
        }
        return this;
    }

    PatternHarness upTo(long millis) throws Exception {
        processWatermark(millis);
        return this;
    }

    List<PatternMatch> matches() {
        return extractOutputValues();
    }

    int keysInMemory() {
        return ((PatternOperator<?>) getOperator()).keysInMemory();
    }

    static DetectionEvent onset(long time, String service, String... dependsOn) {
        return new DetectionEvent(
                Kind.ONSET,
                new AlertId("kafka", "p0", time, 0),
                "acme",
                service,
                "rule",
                time,
                Double.NaN,
                List.of(dependsOn));
    }

    static DetectionEvent crowd(long time, int alerts, long before) {
        return DetectionEvent.crowd(
                new AlertId("kafka", "p0", time, 0), "acme", "orders", time, alerts, before);
    }

    static DetectionEvent event(Kind kind, long time, double value) {
        return new DetectionEvent(
                kind,
                new AlertId("kafka", "p0", time, 0),
                "acme",
                "orders",
                "heap",
                time,
                value,
                List.of());
    }

    @SuppressWarnings("unchecked")
    private static org.apache.flink.streaming.api.operators.StreamOperatorFactory<PatternMatch>
            operator(PatternSpec spec) {
        StreamExecutionEnvironment env = StreamExecutionEnvironment.createLocalEnvironment(1);
        DataStream<DetectionEvent> events =
                env.fromData(TypeInformation.of(DetectionEvent.class), onset(1, "none"));
        return ((OneInputTransformation<DetectionEvent, PatternMatch>)
                        DetectPatterns.of(spec, events.keyBy(DetectionKeys.TENANT))
                                .getTransformation())
                .getOperatorFactory();
    }
}
