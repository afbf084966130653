// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.jobs.live;

import io.incidentcommander.jobs.diagnosis.DiagnosisJson;
import io.incidentcommander.model.audit.AuditJson;
import io.incidentcommander.model.audit.IncidentEvent;
import io.incidentcommander.model.lifecycle.Incident;
import io.incidentcommander.udfs.lifecycle.SlaClock;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What a run leaves: what became of alerts, incidents at its end, and what was diagnosed. */
final class RunRecord {
    private RunRecord() {}

    /**
     * @param last the last event of each incident
     */
    static void write(
            RunDirectory directory,
            List<IncidentEvent> last,
            RunDiagnoses diagnoses,
            SlaClock promises)
            throws IOException {
        try (OutputStream alerts = open(directory.results().alerts())) {
            for (Path part : parts(directory.fates())) {
                Files.copy(part, alerts);
            }
        }
        try (OutputStream incidents = open(directory.results().incidents())) {
            for (IncidentEvent event : last) {
                Incident incident = event.incident();
                incidents.write(AuditJson.of(incident, promises.risk(incident).word()));
                incidents.write('\n');
            }
        }
        try (OutputStream causes = open(directory.diagnoses())) {
            for (RunDiagnoses.Made one : diagnoses.made()) {
                causes.write(DiagnosisJson.of(one.diagnosis()));
                causes.write('\n');
            }
        }
    }

    private static List<Path> parts(Path fates) throws IOException {
        if (Files.notExists(fates)) {
            return List.of();
        }
        try (Stream<Path> files = Files.walk(fates)) {
            return files.filter(Files::isRegularFile).sorted().collect(Collectors.toList());
        }
    }

    private static OutputStream open(Path file) throws IOException {
        return new BufferedOutputStream(Files.newOutputStream(file));
    }
}
