// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.operators.detection;

import io.incidentcommander.model.detection.DetectionEvent;
import io.incidentcommander.model.detection.PatternMatch;
import io.incidentcommander.operators.OperatorUids;
import io.incidentcommander.udfs.detection.PatternRules;
import io.incidentcommander.udfs.detection.PatternSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.cep.EventComparator;
import org.apache.flink.cep.functions.PatternProcessFunction;
import org.apache.flink.streaming.api.datastream.KeyedStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.util.Collector;
import org.apache.flink.util.OutputTag;

/** Puts a pattern onto a keyed stream of events: matches out, late events to {@link #LATE}. */
public final class DetectPatterns {
    /** Events behind the watermark: no pattern sees them. */
    public static final OutputTag<DetectionEvent> LATE =
            new OutputTag<>("late-detection-events", TypeInformation.of(DetectionEvent.class));

    private DetectPatterns() {}

    /** The uid of a pattern's operator: a changed pattern is another operator. */
    public static String uid(PatternSpec spec) {
        return OperatorUids.PATTERN_PREFIX + spec.id() + "-v" + spec.version();
    }

    /** The uid of the gate of a pattern: as its pattern, so its gate. */
    public static String gateUid(PatternSpec spec) {
        return OperatorUids.GATE_PREFIX + spec.id() + "-v" + spec.version();
    }

    /** Lets through what makes whole matches: in order, with the time of the last. */
    public static <K> SingleOutputStreamOperator<DetectionEvent> gate(
            PatternSpec spec, KeyedStream<DetectionEvent, K> events) {
        return events.transform(
                        spec.id() + " gate",
                        TypeInformation.of(DetectionEvent.class),
                        new PatternGate<K>(spec))
                .uid(gateUid(spec));
    }

    /** The matches of one pattern, with uid and name. */
    public static <K> SingleOutputStreamOperator<PatternMatch> of(
            PatternSpec spec, KeyedStream<DetectionEvent, K> events) {
        TypeSerializer<DetectionEvent> serializer =
                events.getType()
                        .createSerializer(events.getExecutionConfig().getSerializerConfig());
        return events.transform(
                        spec.id(),
                        TypeInformation.of(PatternMatch.class),
                        new PatternOperator<K>(
                                PatternCatalogue.of(spec),
                                serializer,
                                new InTime(),
                                new Report(spec)))
                .uid(uid(spec));
    }

    /** Breaks ties, so that the same events in any order of arrival make the same matches. */
    private static final class InTime implements EventComparator<DetectionEvent> {
        private static final long serialVersionUID = 1L;

        @Override
        public int compare(DetectionEvent a, DetectionEvent b) {
            return DetectionEvent.IN_TIME.compare(a, b);
        }
    }

    private static final class Report extends PatternProcessFunction<DetectionEvent, PatternMatch> {
        private static final long serialVersionUID = 1L;

        private final PatternSpec spec;

        Report(PatternSpec spec) {
            this.spec = spec;
        }

        @Override
        public void processMatch(
                Map<String, List<DetectionEvent>> match, Context at, Collector<PatternMatch> out) {
            List<DetectionEvent> events = new ArrayList<>();
            match.values().forEach(events::addAll);
            events.sort(DetectionEvent.IN_TIME);
            out.collect(PatternRules.match(spec, events));
        }
    }
}
