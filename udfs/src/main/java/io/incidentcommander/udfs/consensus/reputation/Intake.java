// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.udfs.consensus.reputation;

/** What became of an outcome or a piece of evidence that was reported. */
public enum Intake {
    /** New, and counts. */
    COUNTED,
    /** Known already, word for word or verified earlier than what is known: nothing changes. */
    DUPLICATE,
    /** Contradicts what was known and was verified later: replaces it, as if the old never was. */
    CORRECTED,
    /** Contradicts what is known but was verified earlier: what is known stands. */
    SUPERSEDED,
    /** So old or so weak that what is remembered outweighs it: nothing changes. */
    FORGOTTEN
}
