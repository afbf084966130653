// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.jobs.load;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.incidentcommander.model.diagnosis.Diagnosis;
import io.incidentcommander.model.diagnosis.DiagnosisFailure;
import io.incidentcommander.model.diagnosis.DiagnosisSource;
import java.util.Map;
import java.util.TreeMap;

/** Counts the diagnoses of the load run in this process, and why a model gave none. Thread safe. */
final class DiagnosisMeter {
    private static final Map<String, Long> FAILURES = new TreeMap<>();
    private static long made;
    private static long byModel;

    private DiagnosisMeter() {}

    static synchronized void clear() {
        FAILURES.clear();
        made = 0;
        byModel = 0;
    }

    static synchronized void count(Diagnosis diagnosis) {
        made++;
        if (diagnosis.source().road() == DiagnosisSource.Road.MODEL) {
            byModel++;
        }
        for (DiagnosisFailure failure : diagnosis.failures()) {
            FAILURES.merge(failure.kind().word(), 1L, Long::sum);
        }
    }

    static synchronized void describe(ObjectNode json) {
        json.put("made", made);
        json.put("by_model", byModel);
        FAILURES.forEach(json::put);
    }
}
