// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.connectors.delivery;

import java.io.Serializable;
import org.slf4j.LoggerFactory;

/** What becomes of things that will never be taken. Called in the sink's task thread. */
@FunctionalInterface
public interface Refusals<T> extends Serializable {
    /**
     * @param reason one line
     */
    void refused(T thing, String reason);

    /** Writes one line each at level ERROR. */
    static <T> Refusals<T> logged() {
        return (thing, reason) ->
                LoggerFactory.getLogger(Refusals.class)
                        .error("Not delivered: {}: {}", thing, reason);
    }
}
