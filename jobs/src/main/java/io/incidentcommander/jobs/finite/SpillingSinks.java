// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.jobs.finite;

import io.incidentcommander.jobs.topology.TopologySinks;
import io.incidentcommander.model.audit.AlertFate;
import io.incidentcommander.model.audit.IncidentEvent;
import io.incidentcommander.model.audit.Ledger;
import io.incidentcommander.model.codec.Codec;
import io.incidentcommander.model.diagnosis.logs.ServiceLogs;
import io.incidentcommander.model.ingest.DeadLetter;
import io.incidentcommander.operators.OperatorUids;
import java.io.IOException;
import java.nio.file.Path;
import org.apache.flink.streaming.api.datastream.DataStream;

/** Everything that becomes a result file, spilled to a directory until the job has ended. */
final class SpillingSinks implements TopologySinks {
    private static final String FATES = "fates";
    private static final String EVENTS = "events";
    private static final String LETTERS = "letters";
    private static final String LEDGERS = "ledgers";
    private static final String LOGS = "logs";

    private final Path directory;

    SpillingSinks(Path directory) {
        this.directory = directory;
    }

    @Override
    public void fates(DataStream<AlertFate> fates) {
        spill(fates, FATES, new AlertFate.AlertFateCodec(), OperatorUids.FATE_SINK);
    }

    @Override
    public void incidentEvents(DataStream<IncidentEvent> events) {
        spill(
                events,
                EVENTS,
                new IncidentEvent.IncidentEventCodec(),
                OperatorUids.EVENT_STORE_SINK);
    }

    @Override
    public void deadLetters(DataStream<DeadLetter> letters) {
        spill(letters, LETTERS, new DeadLetter.DeadLetterCodec(), OperatorUids.DEAD_LETTER_SINK);
    }

    @Override
    public void serviceLogs(DataStream<ServiceLogs> findings) {
        spill(findings, LOGS, new ServiceLogs.ServiceLogsCodec(), OperatorUids.SERVICE_LOGS_SINK);
    }

    @Override
    public void ledger(DataStream<Ledger> ledgers) {
        ledgers.sinkTo(new SpillSink<>(directory, LEDGERS, new Ledger.LedgerCodec()))
                .name(LEDGERS)
                .uid(OperatorUids.LEDGER_SINK)
                .setParallelism(1);
    }

    private <T> void spill(DataStream<T> stream, String name, Codec<T> codec, String uid) {
        stream.sinkTo(new SpillSink<>(directory, name, codec)).name(name).uid(uid);
    }

    Spill<AlertFate> spilledFates() throws IOException {
        return new Spill<>(directory, FATES, new AlertFate.AlertFateCodec());
    }

    Spill<IncidentEvent> spilledEvents() throws IOException {
        return new Spill<>(directory, EVENTS, new IncidentEvent.IncidentEventCodec());
    }

    Spill<DeadLetter> spilledLetters() throws IOException {
        return new Spill<>(directory, LETTERS, new DeadLetter.DeadLetterCodec());
    }

    Spill<ServiceLogs> spilledLogs() throws IOException {
        return new Spill<>(directory, LOGS, new ServiceLogs.ServiceLogsCodec());
    }

    Spill<Ledger> spilledLedgers() throws IOException {
        return new Spill<>(directory, LEDGERS, new Ledger.LedgerCodec());
    }
}
