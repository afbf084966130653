// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.jobs.audit;

import io.incidentcommander.model.audit.IncidentEvent;
import io.incidentcommander.udfs.audit.ChainCopy;
import java.io.IOException;
import java.util.List;

/** A place that holds chains of events. */
public interface ChainStore {
    /** All that is there of one incident. */
    ChainCopy read(String incidentId) throws IOException;

    /**
     * Makes the chain this one.
     *
     * @param chain whole and not empty
     * @return how many items were changed
     */
    int mend(List<IncidentEvent> chain) throws IOException;

    /** What was read, for people: enough to know what the result is worth. */
    String label();
}
