// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.operators.detection;

import io.incidentcommander.model.audit.IncidentEvent;
import io.incidentcommander.model.correlation.ControlUpdate;
import io.incidentcommander.model.detection.DetectionEvent;
import io.incidentcommander.model.detection.PatternMatch;
import io.incidentcommander.model.ingest.MetricPoint;
import io.incidentcommander.model.sampling.AlertRun;
import io.incidentcommander.model.sampling.NotableAlert;
import io.incidentcommander.operators.OperatorUids;
import io.incidentcommander.operators.correlation.control.ControlSettings;
import io.incidentcommander.udfs.detection.PatternSpec;
import java.util.Optional;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.java.tuple.Tuple2;
import org.apache.flink.api.java.tuple.Tuple3;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.DataStreamUtils;
import org.apache.flink.streaming.api.datastream.KeyedStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;

/**
 * The patterns, from the streams they look at to what they find. Each is an operator of its own, so
 * that one can be changed without the others' state.
 */
public final class DetectionStage {
    private final ControlSettings settings;
    private final Optional<DataStream<ControlUpdate>> updates;

    /**
     * @param updates of topology and catalogue, broadcast, without a say in time
     */
    public DetectionStage(ControlSettings settings, Optional<DataStream<ControlUpdate>> updates) {
        this.settings = settings;
        this.updates = updates;
    }

    /** Across services: what fell ill, and then who needs it; and by service and alert. */
    public Found ofAlerts(DataStream<NotableAlert> alerts) {
        SingleOutputStreamOperator<DetectionEvent> events = enrich(alerts);
        KeyedStream<DetectionEvent, String> onsets =
                events.getSideOutput(EnrichOperator.ONSETS)
                        .keyBy(DetectionKeys.TENANT, Types.STRING);
        // The key they come from, so nothing is sent anywhere.
        KeyedStream<DetectionEvent, Tuple2<String, String>> crowds =
                DataStreamUtils.reinterpretAsKeyedStream(
                        events.getSideOutput(EnrichOperator.CROWDS),
                        DetectionKeys.SERVICE,
                        DetectionKeys.SERVICE_TYPE);
        return cascades(onsets)
                .and(behindGate(PatternCatalogue.STORM, crowds))
                .and(behindGate(PatternCatalogue.FLAPPING, bySubject(events)));
    }

    /** What only rises. */
    public Found ofMetrics(DataStream<MetricPoint> points) {
        SingleOutputStreamOperator<DetectionEvent> readings =
                points.process(new ReadSeriesFunction())
                        .returns(DetectionEvent.class)
                        .name("read series")
                        .uid(OperatorUids.READ_SERIES);
        return behindGate(PatternCatalogue.SLOW_LEAK, bySubject(readings));
    }

    /** What was resolved and is back. */
    public Found ofIncidents(DataStream<IncidentEvent> incidents) {
        SingleOutputStreamOperator<DetectionEvent> causes =
                incidents
                        .process(new CauseEventsFunction())
                        .returns(DetectionEvent.class)
                        .name("causes")
                        .uid(OperatorUids.CAUSE_EVENTS);
        return behindGate(PatternCatalogue.RECURRENCE, bySubject(causes));
    }

    /** What should be heard and is not. */
    public Found ofSilence(DataStream<AlertRun> runs) {
        TypeInformation<DetectionEvent> event = TypeInformation.of(DetectionEvent.class);
        HearSignalsOperator hear = new HearSignalsOperator(settings);
        SingleOutputStreamOperator<DetectionEvent> heard =
                updates.map(u -> runs.connect(u).transform("hear signals", event, hear))
                        .orElseGet(() -> runs.transform("hear signals", event, hear))
                        .uid(OperatorUids.HEAR_SIGNALS);
        TypeInformation<PatternMatch> match = TypeInformation.of(PatternMatch.class);
        SilenceWatchOperator watch = new SilenceWatchOperator(settings);
        KeyedStream<DetectionEvent, Tuple2<String, String>> keyed =
                heard.keyBy(DetectionKeys.SERVICE, DetectionKeys.SERVICE_TYPE);
        SingleOutputStreamOperator<PatternMatch> silent =
                updates.map(u -> keyed.connect(u).transform("watch for silence", match, watch))
                        .orElseGet(() -> keyed.transform("watch for silence", match, watch))
                        .uid(OperatorUids.WATCH_SILENCE);
        return Found.of(heard, silent);
    }

    private SingleOutputStreamOperator<DetectionEvent> enrich(DataStream<NotableAlert> alerts) {
        TypeInformation<DetectionEvent> type = TypeInformation.of(DetectionEvent.class);
        EnrichOperator enrich = new EnrichOperator(settings);
        KeyedStream<NotableAlert, Tuple2<String, String>> keyed =
                alerts.keyBy(
                        notable -> Tuple2.of(notable.alert().tenant(), notable.alert().service()),
                        DetectionKeys.SERVICE_TYPE);
        return updates.map(u -> keyed.connect(u).transform("enrich", type, enrich))
                .orElseGet(() -> keyed.transform("enrich", type, enrich))
                .uid(OperatorUids.ENRICH);
    }

    private static KeyedStream<DetectionEvent, Tuple3<String, String, String>> bySubject(
            DataStream<DetectionEvent> events) {
        return events.keyBy(DetectionKeys.SUBJECT, DetectionKeys.SUBJECT_TYPE);
    }

    private static <K> Found behindGate(PatternSpec spec, KeyedStream<DetectionEvent, K> events) {
        SingleOutputStreamOperator<DetectionEvent> gate = DetectPatterns.gate(spec, events);
        return Found.of(
                gate,
                DetectPatterns.of(
                        spec,
                        DataStreamUtils.reinterpretAsKeyedStream(
                                gate, events.getKeySelector(), events.getKeyType())));
    }

    /** The gate sees all of a tenant; of a match each event names the cause. */
    private static Found cascades(KeyedStream<DetectionEvent, String> onsets) {
        PatternSpec spec = PatternCatalogue.CASCADE;
        SingleOutputStreamOperator<DetectionEvent> gate = DetectPatterns.gate(spec, onsets);
        return Found.of(
                gate,
                DetectPatterns.of(
                        spec, gate.keyBy(DetectionKeys.CAUSE, DetectionKeys.SERVICE_TYPE)));
    }

    /** Matches, and the events that came too late for any. Immutable. */
    public static final class Found {
        private final DataStream<PatternMatch> matches;
        private final DataStream<DetectionEvent> late;

        private Found(DataStream<PatternMatch> matches, DataStream<DetectionEvent> late) {
            this.matches = matches;
            this.late = late;
        }

        /** The gate has told the late ones apart already. */
        static Found of(
                SingleOutputStreamOperator<DetectionEvent> gate,
                SingleOutputStreamOperator<PatternMatch> pattern) {
            return new Found(pattern, gate.getSideOutput(DetectPatterns.LATE));
        }

        public Found and(Found other) {
            return new Found(matches.union(other.matches), late.union(other.late));
        }

        public DataStream<PatternMatch> matches() {
            return matches;
        }

        public DataStream<DetectionEvent> late() {
            return late;
        }
    }
}
