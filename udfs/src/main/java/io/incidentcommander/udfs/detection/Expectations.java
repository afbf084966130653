// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.udfs.detection;

import io.incidentcommander.model.detection.PatternKind;
import io.incidentcommander.model.detection.PatternMatch;
import io.incidentcommander.model.ingest.Alert;
import io.incidentcommander.udfs.correlation.catalogue.CatalogueEntry;
import io.incidentcommander.udfs.correlation.catalogue.ExpectedSignal;
import io.incidentcommander.udfs.correlation.matching.AlertLabels;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What a service is expected to say, and what it means that it does not. */
public final class Expectations {
    /** The longest {@code within} is the catalogue's; this one is only said of the pattern. */
    public static final PatternSpec SILENT_FAILURE =
            new PatternSpec(PatternKind.SILENT_FAILURE, 1, Duration.ofDays(1), 1);

    private Expectations() {}

    /** The signals of an entry, each by a name that is unique in it. */
    public static Map<String, ExpectedSignal> of(CatalogueEntry entry) {
        Map<String, ExpectedSignal> signals = new LinkedHashMap<>();
        entry.expected().forEach(signal -> signals.put(signal.toString(), signal));
        return signals;
    }

    /** Names of the expected signals that an alert is. */
    public static List<String> met(CatalogueEntry entry, Alert alert) {
        List<String> met = new ArrayList<>();
        of(entry)
                .forEach(
                        (name, signal) -> {
                            boolean source =
                                    signal.source().isEmpty()
                                            || signal.source().equals(alert.id().source());
                            if (source && signal.matchers().match(AlertLabels.of(alert))) {
                                met.add(name);
                            }
                        });
        return met;
    }

    /** Nothing was heard since {@code lastMillis}, and it is {@code nowMillis}; event time. */
    public static PatternMatch silent(
            String tenant, String service, String signal, long lastMillis, long nowMillis) {
        return new PatternMatch(
                PatternKind.SILENT_FAILURE,
                SILENT_FAILURE.id(),
                SILENT_FAILURE.version(),
                tenant,
                signal,
                List.of(service),
                lastMillis,
                nowMillis,
                List.of(),
                service
                        + " has not been heard of for "
                        + (nowMillis - lastMillis) / 1000
                        + " s: "
                        + signal);
    }
}
