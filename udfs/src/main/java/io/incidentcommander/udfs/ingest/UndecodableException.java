// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.udfs.ingest;

/** A record that cannot be decoded; the message is the dead letter's reason, in one line. */
public final class UndecodableException extends Exception {
    private static final long serialVersionUID = 1L;

    public UndecodableException(String reason) {
        // No stack trace: poison comes in floods, and the reason says what is needed.
        super(reason, null, false, false);
    }
}
