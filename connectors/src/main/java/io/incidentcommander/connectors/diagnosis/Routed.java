// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.connectors.diagnosis;

import io.incidentcommander.model.diagnosis.DiagnosisFailure;
import io.incidentcommander.model.diagnosis.Spend;
import java.util.List;
import java.util.Optional;

/**
 * What came of asking the models: an answer that could be used, or none; why not of better models;
 * and what it cost. Immutable.
 *
 * @param <T> what an answer is read as
 */
public final class Routed<T> {
    private final Optional<T> value;
    private final List<DiagnosisFailure> failures;
    private final Spend spend;

    Routed(Optional<T> value, List<DiagnosisFailure> failures, Spend spend) {
        this.value = value;
        this.failures = List.copyOf(failures);
        this.spend = spend;
    }

    public Optional<T> value() {
        return value;
    }

    /** One for each model that was asked in vain, in order. */
    public List<DiagnosisFailure> failures() {
        return failures;
    }

    /** Of all calls together, those in vain too. */
    public Spend spend() {
        return spend;
    }
}
