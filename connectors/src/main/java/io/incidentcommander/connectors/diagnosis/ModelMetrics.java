// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.connectors.diagnosis;

import io.incidentcommander.connectors.resilience.CallMetrics;
import io.incidentcommander.model.diagnosis.DiagnosisFailure;
import io.incidentcommander.model.diagnosis.Spend;
import java.util.function.LongSupplier;

/** What is told of models and their money. Implementations are thread safe and do not block. */
public interface ModelMetrics {
    /** Of the calls to one model. */
    CallMetrics calls(String model);

    /** An answer was paid for. */
    void spent(Spend spend);

    /** A model gave no diagnosis. */
    void failed(DiagnosisFailure.Kind kind);

    /** An answer came from the record. */
    void recorded();

    /** Called once: millionths of a US dollar booked in the last hour. */
    void hourMicroUsd(LongSupplier value);

    /** Called once: millionths of a US dollar booked for the incident that cost most. */
    void dearestIncidentMicroUsd(LongSupplier value);

    /** Tells nobody. */
    static ModelMetrics none() {
        return new ModelMetrics() {
            @Override
            public CallMetrics calls(String model) {
                return CallMetrics.none();
            }

            @Override
            public void spent(Spend spend) {}

            @Override
            public void failed(DiagnosisFailure.Kind kind) {}

            @Override
            public void recorded() {}

            @Override
            public void hourMicroUsd(LongSupplier value) {}

            @Override
            public void dearestIncidentMicroUsd(LongSupplier value) {}
        };
    }
}
