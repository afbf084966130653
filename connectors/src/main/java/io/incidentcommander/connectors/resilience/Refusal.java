// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.connectors.resilience;

/** Why a call was not made, or not made again. */
public enum Refusal {
    /** As many as may be are under way. */
    BULKHEAD_FULL,
    /** The service failed so often that it is left alone for a while. */
    BREAKER_OPEN,
    /** No token before the deadline. */
    RATE_LIMITED,
    /** The deadline is over, or would be before another attempt. */
    DEADLINE,
    /** As often as may be. */
    ATTEMPTS
}
