// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.udfs.ingest;

import io.incidentcommander.model.ingest.Severity;
import java.util.Locale;
import java.util.Optional;

/** The words senders use for how bad it is, in one table for all formats. */
final class Severities {
    private Severities() {}

    /** Case does not matter; empty if the word is not known. */
    static Optional<Severity> ofWord(String word) {
        switch (word.trim().toLowerCase(Locale.ROOT)) {
            case "critical":
            case "crit":
            case "fatal":
            case "emergency":
            case "emerg":
            case "alert":
            case "panic":
            case "disaster":
            case "page":
            case "p1":
            case "sev1":
            case "sev-1":
                return Optional.of(Severity.CRITICAL);
            case "high":
            case "error":
            case "err":
            case "major":
            case "severe":
            case "p2":
            case "sev2":
            case "sev-2":
                return Optional.of(Severity.HIGH);
            case "medium":
            case "moderate":
            case "warning":
            case "warn":
            case "average":
            case "p3":
            case "sev3":
            case "sev-3":
                return Optional.of(Severity.MEDIUM);
            case "low":
            case "minor":
            case "ticket":
            case "p4":
            case "sev4":
            case "sev-4":
                return Optional.of(Severity.LOW);
            case "info":
            case "information":
            case "informational":
            case "notice":
            case "debug":
            case "trace":
            case "none":
            case "ok":
            case "p5":
            case "sev5":
            case "sev-5":
                return Optional.of(Severity.INFO);
            default:
                return Optional.empty();
        }
    }
}
