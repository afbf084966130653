// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.connectors.resilience;

/** What a failed attempt means for the next one. */
public enum FailureKind {
    /** The service asks for less. Worth another attempt, later; the service is well. */
    THROTTLED,
    /** The service or the way to it failed. Worth another attempt. */
    TRANSIENT,
    /** No answer in time. Worth another attempt, if there is time. */
    TIMED_OUT,
    /** The request itself is wrong: the same again fails again. The service is well. */
    PERMANENT,
    /** It was not sent, and will not be: the caller may not. Says nothing of the service. */
    WITHHELD;

    /** Whether it says that the service is unwell. */
    public boolean blamesService() {
        return this == TRANSIENT || this == TIMED_OUT;
    }

    /** Whether the same request may succeed later. */
    public boolean isWorthRetrying() {
        return this != PERMANENT && this != WITHHELD;
    }

    /** Whether a trial that ends so leaves open how the service is. */
    boolean provesNothing() {
        return this == THROTTLED || this == WITHHELD;
    }
}
