// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.jobs.topology;

import io.incidentcommander.model.audit.AlertFate;
import io.incidentcommander.model.audit.IncidentEvent;
import io.incidentcommander.model.audit.Ledger;
import io.incidentcommander.model.communication.OutboundMessage;
import io.incidentcommander.model.consensus.Decision;
import io.incidentcommander.model.consensus.Finding;
import io.incidentcommander.model.consensus.RoundRequest;
import io.incidentcommander.model.consensus.VerifiedOutcome;
import io.incidentcommander.model.correlation.ControlReport;
import io.incidentcommander.model.detection.DetectionEvent;
import io.incidentcommander.model.detection.PatternMatch;
import io.incidentcommander.model.diagnosis.Diagnosis;
import io.incidentcommander.model.diagnosis.logs.ServiceLogs;
import io.incidentcommander.model.diagnosis.memory.IncidentPattern;
import io.incidentcommander.model.ingest.DeadLetter;
import io.incidentcommander.model.ingest.LogRecord;
import io.incidentcommander.model.ingest.MetricPoint;
import io.incidentcommander.model.sampling.NotableAlert;
import java.util.Optional;
import org.apache.flink.streaming.api.datastream.DataStream;

/**
 * Where the results go. Each method attaches the sinks for one stream, with uid and name; one that
 * is not overridden lets its stream end unseen.
 */
public interface TopologySinks {
    /** Opened, updated, closed; in order by incident. */
    default void incidentEvents(DataStream<IncidentEvent> events) {}

    /** Who looks at what was stored of them; empty: nobody. */
    default Optional<PatrolStage> patrol() {
        return Optional.empty();
    }

    default void deadLetters(DataStream<DeadLetter> letters) {}

    default void metrics(DataStream<MetricPoint> points) {}

    default void logs(DataStream<LogRecord> records) {}

    /** What is out of the ordinary in the logs of each service. */
    default void serviceLogs(DataStream<ServiceLogs> findings) {}

    /** What deduplication let pass, before sampling. */
    default void notable(DataStream<NotableAlert> alerts) {}

    default void fates(DataStream<AlertFate> fates) {}

    /** Patterns that were seen; events that came too late for any. */
    default void patternMatches(
            DataStream<PatternMatch> matches, DataStream<DetectionEvent> late) {}

    /** Each with its certificate; what agents were asked; what was found against agents. */
    default void decisions(
            DataStream<Decision> decisions,
            DataStream<RoundRequest> requests,
            DataStream<Finding> findings) {}

    /** How decisions turned out, as the life of incidents shows it. */
    default void outcomes(DataStream<VerifiedOutcome> outcomes) {}

    /** One for each analysis of an incident. */
    default void diagnoses(DataStream<Diagnosis> diagnoses) {}

    /** What was learned from how incidents turned out, once it is kept. */
    default void patterns(DataStream<IncidentPattern> patterns) {}

    /** What people are to be told; for an outbox, since a channel may hang. */
    default void messages(DataStream<OutboundMessage> messages) {}

    /** For what people were to be told there was no room. */
    default void unplanned(DataStream<OutboundMessage> messages) {}

    /** What became of control updates, those that were refused above all. */
    default void controlReports(DataStream<ControlReport> reports) {}

    /** One at each completed checkpoint, and one at the end of input. */
    default void ledger(DataStream<Ledger> ledgers) {}
}
