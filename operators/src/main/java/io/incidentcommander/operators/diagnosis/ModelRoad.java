// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.operators.diagnosis;

import io.incidentcommander.model.diagnosis.Diagnosis;
import io.incidentcommander.model.diagnosis.DiagnosisRequest;
import java.io.Serializable;
import java.util.concurrent.CompletionStage;
import org.apache.flink.metrics.MetricGroup;

/**
 * The way to a model, of one subtask. Asks without blocking; a failure may come as a diagnosis by a
 * lesser road or as a failed stage. Whatever it does, {@link DiagnoseFunction} keeps the deadline.
 */
public interface ModelRoad extends AutoCloseable {
    /**
     * @param millisLeft until nobody waits for the answer any more
     */
    CompletionStage<Diagnosis> ask(DiagnosisRequest request, long millisLeft);

    @Override
    void close();

    /** Opens the road where it is used; clients are never part of the job. */
    @FunctionalInterface
    interface Opener extends Serializable {
        /**
         * @param routers how many share what may be spent
         */
        ModelRoad open(MetricGroup metrics, int routers) throws Exception;
    }
}
