// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.connectors.audit;

import java.io.Serializable;
import org.slf4j.LoggerFactory;

/** Where events go that the store will never take. Called in the sink's task thread. */
public interface RejectedEvents extends Serializable {
    void rejected(EventRejection rejection);

    /** Writes one line each, with both hashes, at level ERROR. */
    static RejectedEvents logged() {
        return rejection ->
                LoggerFactory.getLogger(RejectedEvents.class).error("Event store: {}", rejection);
    }
}
