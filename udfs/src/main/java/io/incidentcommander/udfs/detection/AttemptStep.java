// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.udfs.detection;

/** What an event is to an attempt at a pattern. */
public enum AttemptStep {
    /** Nothing: the attempt waits for another. */
    WAITS,
    /** The next event of it. */
    GOES_ON,
    /** Its last event: the attempt is a match. */
    COMPLETE,
    /** The end of it: no match can come of it any more. */
    DEAD
}
