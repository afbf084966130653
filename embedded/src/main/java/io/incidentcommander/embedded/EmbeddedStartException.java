// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.embedded;

/** A service that should run does not; the message says which, why, and which log to read. */
public final class EmbeddedStartException extends Exception {
    private static final long serialVersionUID = 1L;

    public EmbeddedStartException(String message, Throwable cause) {
        super(message, cause);
    }
}
