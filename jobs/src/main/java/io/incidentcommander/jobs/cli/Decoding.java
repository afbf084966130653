// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.jobs.cli;

import io.incidentcommander.model.audit.RecordOutcome;
import io.incidentcommander.model.ingest.Alert;
import io.incidentcommander.model.ingest.DeadLetter;
import io.incidentcommander.model.ingest.RawRecord;
import io.incidentcommander.udfs.ingest.CanonicalJson;
import io.incidentcommander.udfs.ingest.DecodeOutcome;
import io.incidentcommander.udfs.ingest.RecordDecoding;
import io.incidentcommander.udfs.ingest.SourceProfile;
import java.io.PrintWriter;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * Decodes records one by one, writes alerts, telemetry and dead letters, and counts. A record of
 * which a part could not be decoded has a dead letter for each such part, as in the job.
 */
final class Decoding {
    private static final int RECORDS_BETWEEN_CHECKS = 10_000;

    private final RecordDecoding decoder;
    private final PrintWriter alerts;
    private final PrintWriter telemetry;
    private final PrintWriter deadLetters;
    private final DecodingNotes notes = new DecodingNotes();
    private final Map<RecordOutcome, Long> records = new EnumMap<>(RecordOutcome.class);
    private long recordCount;
    private long alertCount;

    Decoding(
            RecordDecoding decoder,
            PrintWriter alerts,
            PrintWriter telemetry,
            PrintWriter deadLetters) {
        this.decoder = decoder;
        this.alerts = alerts;
        this.telemetry = telemetry;
        this.deadLetters = deadLetters;
    }

    void accept(RawRecord record, SourceProfile profile) {
        DecodeOutcome outcome = decoder.decode(record, profile);
        records.merge(outcome.outcome(), 1L, Long::sum);
        for (Alert alert : outcome.alerts()) {
            line(alerts, CanonicalJson.write(alert));
            alertCount++;
        }
        outcome.metrics().forEach(point -> line(telemetry, CanonicalJson.write(point)));
        outcome.logs().forEach(log -> line(telemetry, CanonicalJson.write(log)));
        if (outcome.outcome() == RecordOutcome.DEAD_LETTER) {
            reject(record, outcome.reason());
        }
        outcome.rejectedParts().forEach(reason -> reject(record, reason));
        notes.take(outcome);
        if (++recordCount % RECORDS_BETWEEN_CHECKS == 0) {
            flush();
        }
    }

    private void reject(RawRecord record, String reason) {
        line(deadLetters, CanonicalJson.write(DeadLetter.of(record, reason)));
    }

    /** What was in the records that bear no alert, a line for each kind. */
    List<String> notes() {
        return notes.lines();
    }

    /**
     * @throws CommandFailedException if nobody reads the results any more, or a disk is full
     */
    void flush() {
        check(alerts, "the alerts");
        check(telemetry, "the telemetry");
        check(deadLetters, "the dead letters");
    }

    /** {@code 7 records: 4 alert-bearing (9 alerts), 1 telemetry, ...}. */
    String summary() {
        return recordCount
                + (recordCount == 1 ? " record: " : " records: ")
                + count(RecordOutcome.ALERT_BEARING)
                + " alert-bearing ("
                + alertCount
                + (alertCount == 1 ? " alert), " : " alerts), ")
                + count(RecordOutcome.TELEMETRY)
                + " telemetry, "
                + count(RecordOutcome.NOT_AN_ALERT)
                + " not an alert, "
                + count(RecordOutcome.ECHO)
                + " echo, "
                + count(RecordOutcome.DEAD_LETTER)
                + (count(RecordOutcome.DEAD_LETTER) == 1 ? " dead letter" : " dead letters");
    }

    private long count(RecordOutcome outcome) {
        return records.getOrDefault(outcome, 0L);
    }

    /** Not println, which would flush each line. */
    private static void line(PrintWriter writer, String text) {
        writer.print(text);
        writer.print('\n');
    }

    private static void check(PrintWriter writer, String what) {
        if (writer.checkError()) {
            throw new CommandFailedException(what + " could not be written");
        }
    }
}
