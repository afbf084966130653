// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.udfs.correlation.matching;

/** A text that is no matcher; the message says why. */
public final class MatcherSyntaxException extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    public MatcherSyntaxException(String message) {
        super(message);
    }

    MatcherSyntaxException(String message, Throwable cause) {
        super(message, cause);
    }
}
