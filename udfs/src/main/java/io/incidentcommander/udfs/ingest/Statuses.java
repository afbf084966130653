// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.udfs.ingest;

import io.incidentcommander.model.ingest.AlertStatus;
import java.util.Locale;
import java.util.Optional;

/** The words senders use for the state of an alert, in one table for all formats. */
final class Statuses {
    private Statuses() {}

    /** Case does not matter; empty if the word is not known. */
    static Optional<AlertStatus> ofWord(String word) {
        switch (word.trim().toLowerCase(Locale.ROOT)) {
            case "firing":
            case "alarm":
            case "alerting":
            case "triggered":
            case "active":
            case "open":
            case "problem":
                return Optional.of(AlertStatus.FIRING);
            case "resolved":
            case "ok":
            case "recovered":
            case "cleared":
            case "closed":
                return Optional.of(AlertStatus.RESOLVED);
            case "no_data":
            case "no data":
            case "nodata":
            case "insufficient_data":
                return Optional.of(AlertStatus.NO_DATA);
            case "acknowledged":
            case "acked":
                return Optional.of(AlertStatus.ACKNOWLEDGED);
            default:
                return Optional.empty();
        }
    }
}
