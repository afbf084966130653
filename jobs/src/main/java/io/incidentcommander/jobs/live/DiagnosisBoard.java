// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.jobs.live;

import io.incidentcommander.model.diagnosis.Diagnosis;
import io.incidentcommander.model.diagnosis.memory.IncidentPattern;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** What the running topology has diagnosed so far; as {@link RunBoard}. Thread safe. */
final class DiagnosisBoard {
    private static final Map<String, RunDiagnoses.Made> MADE = new LinkedHashMap<>();
    private static final Set<String> LEARNED = new TreeSet<>();
    private static long known;
    private static ModelServer server = ModelServer.STUB;

    private DiagnosisBoard() {}

    static synchronized void clear(ModelServer asked) {
        MADE.clear();
        LEARNED.clear();
        known = 0;
        server = asked;
    }

    static synchronized void post(Diagnosis diagnosis) {
        MADE.putIfAbsent(
                diagnosis.id(), new RunDiagnoses.Made(diagnosis, System.currentTimeMillis()));
    }

    /** What the memory held before anything was learned. */
    static synchronized void postKnown(long patterns) {
        known = patterns;
    }

    static synchronized void post(IncidentPattern learned) {
        LEARNED.add(learned.patternId());
    }

    /** As it stands. */
    static synchronized RunDiagnoses now() {
        return new RunDiagnoses(
                new ArrayList<>(MADE.values()), known, LEARNED.size(), server == ModelServer.STUB);
    }
}
