// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.udfs.detection;

import io.incidentcommander.model.detection.PatternMatch;
import io.incidentcommander.model.lifecycle.IncidentType;
import io.incidentcommander.udfs.detection.Vocabulary.Meaning;
import java.util.Optional;

/** Which type a pattern speaks for, beside what the words of the alerts say. */
final class PatternMeaning {
    private static final double CLEAR = 0.8;
    private static final double VAGUE = 0.4;

    private PatternMeaning() {}

    static Optional<Meaning> of(PatternMatch match) {
        switch (match.kind()) {
            case SLOW_LEAK:
                Meaning series = Vocabulary.ofText(match.subject());
                return Optional.of(
                        series.type() == IncidentType.MEMORY_LEAK
                                ? new Meaning(IncidentType.MEMORY_LEAK, CLEAR)
                                : new Meaning(IncidentType.RESOURCE_EXHAUSTION, VAGUE));
            case SILENT_FAILURE:
                return Optional.of(new Meaning(IncidentType.DEPENDENCY_FAILURE, VAGUE / 2));
            default:
                return Optional.empty();
        }
    }
}
