// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.embedded;

/** What came of starting a service. */
public sealed interface StartOutcome {

    /** It answers at this address. */
    record Started(Endpoint endpoint) implements StartOutcome {}

    /** It cannot run on this machine, which is no fault; {@code reason} says what it lacks. */
    record Skipped(String reason) implements StartOutcome {}
}
