// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.udfs.ingest.repeat;

/** What a {@link RepeatRecogniser} can say of a record without decoding it. */
public enum Verdict {
    /** Decodes to the alerts of a record learnt before, at the time that is told beside. */
    REPEAT,
    /** Like no record that is remembered: decode it, then have it learnt. */
    UNKNOWN,
    /** Nothing can be said without decoding it: it is cut, too large, or oddly written. */
    UNSURE
}
