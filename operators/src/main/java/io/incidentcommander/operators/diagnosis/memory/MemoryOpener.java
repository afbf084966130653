// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.operators.diagnosis.memory;

import io.incidentcommander.model.diagnosis.memory.IncidentMemory;
import java.io.Serializable;
import org.apache.flink.metrics.MetricGroup;

/** Opens the memory where it is used, and never waits for it; whoever opens it closes it. */
@FunctionalInterface
public interface MemoryOpener extends Serializable {
    /**
     * @param metrics of whatever it calls that has a state
     */
    IncidentMemory open(MetricGroup metrics) throws Exception;
}
