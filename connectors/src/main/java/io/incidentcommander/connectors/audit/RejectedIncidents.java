// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.connectors.audit;

import io.incidentcommander.model.lifecycle.Incident;
import java.io.Serializable;
import org.slf4j.LoggerFactory;

/** Where documents go that the index will never take. Called in the sink's task thread. */
public interface RejectedIncidents extends Serializable {
    /**
     * @param reason the index's own words, one line
     */
    void rejected(Incident incident, String reason);

    /** Writes one line each at level ERROR. */
    static RejectedIncidents logged() {
        return (incident, reason) ->
                LoggerFactory.getLogger(RejectedIncidents.class)
                        .error("Index: {} rejected: {}", incident, reason);
    }
}
