// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.model.correlation;

/** Which way calls are followed. */
public enum TopologyDirection {
    /** To what a service depends on: towards causes. */
    CALLEES,
    /** To what depends on a service: towards symptoms. */
    CALLERS,
    /** Both ways, at each hop. */
    EITHER
}
