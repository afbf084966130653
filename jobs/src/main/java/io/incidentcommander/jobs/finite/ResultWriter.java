// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.jobs.finite;

import io.incidentcommander.model.audit.AuditJson;
import io.incidentcommander.model.audit.Disposition;
import io.incidentcommander.model.audit.Ledger;
import io.incidentcommander.model.ingest.AlertId;
import io.incidentcommander.model.lifecycle.Incident;
import io.incidentcommander.udfs.lifecycle.SlaClock;
import java.io.BufferedOutputStream;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Makes the result files from what the job spilled, and holds them against each other: every alert
 * of the ledger has its row. Byte for byte a function of what was spilled, in whatever order.
 */
final class ResultWriter {
    private final SpillingSinks spilled;
    private final InputOrder order;
    private final ResultFiles files;
    private final SlaClock promises;

    ResultWriter(SpillingSinks spilled, InputOrder order, ResultFiles files, SlaClock promises) {
        this.spilled = spilled;
        this.order = order;
        this.files = files;
        this.promises = promises;
    }

    /**
     * @param recordsRead by source id, as the sources count them
     */
    FiniteSummary write(Map<String, Long> recordsRead) throws IOException {
        Ledger ledger = lastLedger();
        FinalIncidents incidents = FinalIncidents.read(spilled.spilledEvents());
        FateTable fates = FateTable.read(spilled.spilledFates(), order, incidents);
        writeAlerts(fates);
        writeIncidents(incidents, fates);
        long deadLetters = writeDeadLetters();
        writeLogs();
        writeLedger(ledger);
        Optional<String> imbalance = ledger.imbalanceAgainst(recordsRead);
        return new FiniteSummary(
                ledger,
                incidents.standing(),
                deadLetters,
                imbalance.or(() -> imbalance(ledger, fates)));
    }

    /** The one of the end of input: it counts most. */
    private Ledger lastLedger() throws IOException {
        Ledger[] last = {Ledger.empty()};
        spilled.spilledLedgers().forEach((ledger, file, position) -> last[0] = ledger);
        return last[0];
    }

    private void writeAlerts(FateTable fates) throws IOException {
        try (OutputStream out = open(files.alerts())) {
            for (int row = 0; row < fates.size(); row++) {
                out.write(AuditJson.of(fates.fateOf(row)));
                out.write('\n');
            }
        }
    }

    /** The count is of all its alerts, the ids are of those that no other stands for. */
    private void writeIncidents(FinalIncidents incidents, FateTable fates) throws IOException {
        long[] counts = new long[incidents.size()];
        int[] kept = new int[incidents.size() + 1];
        for (int row = 0; row < fates.size(); row++) {
            int incident = fates.incidentOf(row);
            if (incident >= 0) {
                counts[incident]++;
                kept[incident + 1] += fates.isKept(row) ? 1 : 0;
            }
        }
        Arrays.parallelPrefix(kept, Integer::sum);
        int[] rows = rowsByIncident(fates, kept);
        try (OutputStream out = open(files.incidents())) {
            for (int i = 0; i < incidents.size(); i++) {
                Incident incident = incidents.get(i).toBuilder().alertCount(counts[i]).build();
                Iterable<AlertId> ids =
                        IntStream.range(kept[i], kept[i + 1]).mapToObj(at -> fates.idOf(rows[at]))
                                ::iterator;
                out.write(
                        AuditJson.of(
                                incident,
                                promises.risk(incident).word(),
                                incidents.historyOf(i),
                                ids));
                out.write('\n');
            }
        }
    }

    private static int[] rowsByIncident(FateTable fates, int[] begins) {
        int[] next = begins.clone();
        int[] rows = new int[begins[begins.length - 1]];
        for (int row = 0; row < fates.size(); row++) {
            if (fates.incidentOf(row) >= 0 && fates.isKept(row)) {
                rows[next[fates.incidentOf(row)]++] = row;
            }
        }
        return rows;
    }

    private long writeDeadLetters() throws IOException {
        try (BufferedWriter out = Files.newBufferedWriter(files.deadLetters())) {
            return DeadLetterOrder.write(spilled.spilledLetters(), order, out);
        }
    }

    private void writeLogs() throws IOException {
        try (BufferedWriter out = Files.newBufferedWriter(files.logs())) {
            LogReport.write(spilled.spilledLogs(), out);
        }
    }

    private void writeLedger(Ledger ledger) throws IOException {
        try (OutputStream out = open(files.ledger())) {
            out.write(AuditJson.of(ledger));
            out.write('\n');
        }
    }

    private static Optional<String> imbalance(Ledger ledger, FateTable fates) {
        Map<String, Long> rows = new HashMap<>();
        for (int row = 0; row < fates.size(); row++) {
            rows.merge(key(fates.idOf(row).source(), fates.dispositionOf(row)), 1L, Long::sum);
        }
        for (String source : ledger.counts().keySet()) {
            for (Disposition disposition : Disposition.values()) {
                long counted = ledger.counts().get(source).alerts(disposition);
                long rowed = rows.getOrDefault(key(source, disposition), 0L);
                if (counted != rowed) {
                    return Optional.of(
                            String.format(
                                    "%s: %d alerts %s, %d of them explained",
                                    source, counted, disposition.word(), rowed));
                }
            }
        }
        return Optional.empty();
    }

    private static String key(String source, Disposition disposition) {
        return disposition.word() + " " + source;
    }

    private static OutputStream open(Path file) throws IOException {
        return new BufferedOutputStream(Files.newOutputStream(file), 1 << 16);
    }
}
