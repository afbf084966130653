// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.udfs.diagnosis.memory;

import io.incidentcommander.model.diagnosis.DiagnosisRequest;
import io.incidentcommander.model.diagnosis.LogFinding;
import io.incidentcommander.model.diagnosis.MemoryHit;
import io.incidentcommander.model.diagnosis.memory.MemoryQuery;
import io.incidentcommander.model.ingest.Alert;
import io.incidentcommander.model.lifecycle.Incident;
import io.incidentcommander.udfs.diagnosis.redaction.Redaction;
import io.incidentcommander.udfs.diagnosis.redaction.Redaction.Addresses;
import java.util.LinkedHashSet;
import java.util.Set;

/**
 * How an incident looks, in words, the same for what is learned and for what is looked for: title,
 * alerts and logs, each text once, without secrets and personal data, of bounded length.
 */
public final class MemoryTexts {
    private static final int MOST_CHARS = MemoryHit.MOST_TEXT;

    private MemoryTexts() {}

    /** What is looked for when this is asked. */
    public static MemoryQuery query(DiagnosisRequest request) {
        Incident incident = request.incident();
        String text =
                incident.type().word()
                        + " "
                        + String.join(" ", incident.services())
                        + " "
                        + symptoms(request);
        return new MemoryQuery(
                incident.tenant(), incident.incidentId(), text, MemoryQuery.DEFAULT_COUNT);
    }

    static String symptoms(DiagnosisRequest request) {
        Set<String> texts = new LinkedHashSet<>();
        texts.add(request.incident().title());
        for (Alert alert : request.alerts()) {
            texts.add(alert.name());
            texts.add(alert.summary());
        }
        for (LogFinding finding : request.logs()) {
            texts.add(finding.template());
        }
        texts.remove("");
        return clean(String.join("; ", texts));
    }

    /** Redacted before it is cut: half a secret might not look like one. */
    static String clean(String text) {
        String clean = new Redaction(Addresses.TAKEN_OUT).of(text);
        if (clean.length() <= MOST_CHARS) {
            return clean;
        }
        int end = Character.isHighSurrogate(clean.charAt(MOST_CHARS - 1)) ? 1 : 0;
        return clean.substring(0, MOST_CHARS - end);
    }
}
