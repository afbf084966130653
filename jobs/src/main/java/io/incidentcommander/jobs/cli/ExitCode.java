// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.jobs.cli;

/** What the process tells its caller; the same for every command. */
public final class ExitCode {
    public static final int DONE = 0;
    public static final int FAILED = 1;
    public static final int WRONG_USAGE = 2;
    public static final int INPUT_UNUSABLE = 3;

    private ExitCode() {}
}
