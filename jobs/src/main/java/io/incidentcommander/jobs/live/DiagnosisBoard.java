// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.jobs.live;

import io.incidentcommander.model.diagnosis.Diagnosis;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.Map;

/** What the running topology has diagnosed so far; as {@link RunBoard}. Thread safe. */
final class DiagnosisBoard {
    private static final Map<String, RunDiagnoses.Made> MADE = new LinkedHashMap<>();
    private static ModelServer server = ModelServer.STUB;

    private DiagnosisBoard() {}

    static synchronized void clear(ModelServer asked) {
        MADE.clear();
        server = asked;
    }

    static synchronized void post(Diagnosis diagnosis) {
        MADE.putIfAbsent(
                diagnosis.id(), new RunDiagnoses.Made(diagnosis, System.currentTimeMillis()));
    }

    /** As it stands. */
    static synchronized RunDiagnoses now() {
        return new RunDiagnoses(new ArrayList<>(MADE.values()), server == ModelServer.STUB);
    }
}
