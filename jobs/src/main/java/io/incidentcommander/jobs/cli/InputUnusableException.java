// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.jobs.cli;

/**
 * The input of a command cannot be used at all: a missing file, a mapping that names no column.
 * Ends the command with {@link ExitCode#INPUT_UNUSABLE}; the message says which input and why, in
 * one line. A bad record within good input is a dead letter instead.
 */
public final class InputUnusableException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public InputUnusableException(String message) {
        super(message);
    }

    public InputUnusableException(String message, Throwable cause) {
        super(message, cause);
    }
}
