// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.operators.diagnosis;

import io.incidentcommander.model.diagnosis.Diagnosis;
import io.incidentcommander.model.diagnosis.DiagnosisRequest;
import io.incidentcommander.model.diagnosis.SpendEntry;
import java.io.Serializable;
import java.util.List;
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

    /**
     * What was spent here, to be restored after a failure: of incidents since the last restore, of
     * minutes what was restored too. Nothing where nothing costs.
     */
    default List<SpendEntry> spent() {
        return List.of();
    }

    /** Takes over what was spent before a failure, before anything is asked. */
    default void restore(List<SpendEntry> before) {}

    /** Closes breakers and fills buckets: whoever did not answer is asked again. */
    default void reset() {}

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
