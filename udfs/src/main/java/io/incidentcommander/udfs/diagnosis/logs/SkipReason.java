// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.udfs.diagnosis.logs;

/** Why an entry of a log was not considered. */
public enum SkipReason {
    /** Over {@link LogPolicy#ENTRY_BYTES}. */
    TOO_LARGE,
    /** Control bytes, or not UTF-8. */
    BINARY,
    /** Not one JSON document. */
    NOT_JSON,
    /** Deeper than {@link LogPolicy#DEPTH}. */
    TOO_DEEP,
    /** JSON, but no log entry: no message, or no time. */
    NOT_A_LOG,
    /** Text made to deceive whoever reads it: control, direction or invisible tag characters. */
    HOSTILE,
    /** The analysis has considered {@link LogPolicy#TOTAL_BYTES} before it. */
    OVER_TOTAL,
    /** More different entries at once than there is room for. */
    NO_ROOM,
    /** Before the time that is looked at, or after it. */
    OUT_OF_TIME
}
