// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.jobs.cli;

import io.incidentcommander.jobs.configuration.ConfigurationException;
import java.io.PrintWriter;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/** Turns what a command throws into one line on stderr and an exit code. Stateless. */
public final class CommandErrors implements IParameterExceptionHandler, IExecutionExceptionHandler {

    /** Wrong usage, found before the command ran. */
    @Override
    public int handleParseException(ParameterException error, String[] args) {
        CommandLine command = error.getCommandLine();
        String name = command.getCommandSpec().qualifiedName();
        PrintWriter err = command.getErr();
        err.println(name + ": " + oneLine(wrongUsage(error)) + " (" + name + " --help)");
        err.flush();
        return ExitCode.WRONG_USAGE;
    }

    private static String wrongUsage(ParameterException error) {
        boolean ofRoot = error.getCommandLine().getParent() == null;
        if (ofRoot && error instanceof UnmatchedArgumentException) {
            String first = ((UnmatchedArgumentException) error).getUnmatched().get(0);
            if (!first.startsWith("-")) {
                return "no command '" + first + "'";
            }
        }
        return error.getMessage();
    }

    /** Whatever the command threw while it ran. */
    @Override
    public int handleExecutionException(
            Exception error, CommandLine command, ParseResult arguments) {
        command.getOut().flush();
        PrintWriter err = command.getErr();
        boolean debug = debug(arguments);
        err.println(command.getCommandSpec().qualifiedName() + ": " + describe(error, debug));
        if (debug) {
            error.printStackTrace(err);
        }
        err.flush();
        return exitCode(error);
    }

    private static int exitCode(Exception error) {
        if (error instanceof ConfigurationException) {
            return ExitCode.WRONG_USAGE;
        }
        if (error instanceof InputUnusableException
                || error instanceof NoSuchFileException
                || error instanceof AccessDeniedException) {
            return ExitCode.INPUT_UNUSABLE;
        }
        return ExitCode.FAILED;
    }

    private static String describe(Exception error, boolean debug) {
        if (error instanceof NoSuchFileException) {
            return "no such file: " + error.getMessage();
        }
        if (error instanceof AccessDeniedException) {
            return "may not be read: " + error.getMessage();
        }
        boolean foreseen =
                error instanceof ConfigurationException
                        || error instanceof InputUnusableException
                        || error instanceof CommandFailedException;
        String text = error.getMessage() == null ? "" : oneLine(error.getMessage());
        if (foreseen) {
            return text;
        }
        String line = error.getClass().getSimpleName() + (text.isEmpty() ? "" : ": " + text);
        return debug ? line : line + " (--debug shows where)";
    }

    private static boolean debug(ParseResult arguments) {
        for (ParseResult at = arguments; at != null; at = at.subcommand()) {
            if (at.hasMatchedOption("--debug")) {
                return true;
            }
        }
        return false;
    }

    private static String oneLine(String text) {
        return text.strip().replaceAll("\\s*\\R\\s*", "; ");
    }
}
