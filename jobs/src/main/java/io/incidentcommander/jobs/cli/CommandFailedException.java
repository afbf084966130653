// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.jobs.cli;

/**
 * A command could not do its work for a reason that is neither its usage nor its input. Ends it
 * with {@link ExitCode#FAILED}; the message says what failed and what to do, in one line.
 */
public final class CommandFailedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public CommandFailedException(String message) {
        super(message);
    }

    public CommandFailedException(String message, Throwable cause) {
        super(message, cause);
    }
}
