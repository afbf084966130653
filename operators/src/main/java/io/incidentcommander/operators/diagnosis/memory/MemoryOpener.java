// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.operators.diagnosis.memory;

import io.incidentcommander.model.diagnosis.memory.IncidentMemory;
import java.io.Serializable;

/** Opens the memory where it is used, and never waits for it; whoever opens it closes it. */
@FunctionalInterface
public interface MemoryOpener extends Serializable {
    IncidentMemory open() throws Exception;
}
