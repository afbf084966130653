// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.jobs.cli;

import io.incidentcommander.jobs.configuration.DurationText;
import java.time.Duration;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

/** Refuses values that make no sense, each in one line that says what would. */
final class Limits {
    /** Longer than anybody watches or measures. */
    static final Duration LONGEST = Duration.ofDays(7);

    /** More records per second than one machine gives. */
    static final long FASTEST = 10_000_000;

    private final CommandSpec command;

    Limits(CommandSpec command) {
        this.command = command;
    }

    /** A duration from {@code least} to {@link #LONGEST}, both included. */
    void duration(String option, Duration value, Duration least) {
        if (value.compareTo(least) < 0 || value.compareTo(LONGEST) > 0) {
            throw wrong(
                    option
                            + " "
                            + DurationText.format(value)
                            + ": a duration from "
                            + DurationText.format(least)
                            + " to "
                            + DurationText.format(LONGEST));
        }
    }

    /** A whole number from {@code least} to {@code most}, both included. */
    void number(String option, long value, long least, long most) {
        if (value < least || value > most) {
            throw wrong(
                    String.format(
                            "%s %d: a whole number from %d to %d", option, value, least, most));
        }
    }

    /** A share, from 0 to 1. */
    void share(String option, double value) {
        if (!(value >= 0 && value <= 1)) {
            throw wrong(option + " " + value + ": a share from 0 to 1");
        }
    }

    private ParameterException wrong(String message) {
        return new ParameterException(command.commandLine(), message);
    }
}
