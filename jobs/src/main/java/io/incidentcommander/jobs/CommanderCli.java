// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.jobs;

import io.incidentcommander.jobs.cli.ActionsCommand;
import io.incidentcommander.jobs.cli.AnomalyCommand;
import io.incidentcommander.jobs.cli.ApprovalsCommand;
import io.incidentcommander.jobs.cli.CertificateCommand;
import io.incidentcommander.jobs.cli.CommandErrors;
import io.incidentcommander.jobs.cli.ConfigurationCommand;
import io.incidentcommander.jobs.cli.ConsensusCommand;
import io.incidentcommander.jobs.cli.DecodeCommand;
import io.incidentcommander.jobs.cli.DetectCommand;
import io.incidentcommander.jobs.cli.DiagnoseCommand;
import io.incidentcommander.jobs.cli.EventsCommand;
import io.incidentcommander.jobs.cli.ExitCode;
import io.incidentcommander.jobs.cli.ExplainCommand;
import io.incidentcommander.jobs.cli.ImportCommand;
import io.incidentcommander.jobs.cli.LoadCommand;
import io.incidentcommander.jobs.cli.LogsCommand;
import io.incidentcommander.jobs.cli.MemoryCommand;
import io.incidentcommander.jobs.cli.RunCommand;
import io.incidentcommander.jobs.configuration.DurationText;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.function.Function;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

/**
 * The command line: what {@code ./commander} runs for everything but {@code test} and {@code
 * bench}, which need Maven.
 *
 * <p>Contract with every command: one class in package {@code cli}, registered below; a {@link
 * java.util.concurrent.Callable} of {@code Integer} that returns {@link ExitCode#DONE} or throws.
 * Results go to the command line's {@code getOut()}, everything else to {@code getErr()}. {@link
 * CommandErrors} turns what is thrown into one line and an exit code.
 */
@Command(
        name = "commander",
        description = "Turns floods of alerts into a handful of well-described incidents.",
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {
            RunCommand.class,
            DecodeCommand.class,
            DetectCommand.class,
            AnomalyCommand.class,
            DiagnoseCommand.class,
            LogsCommand.class,
            ExplainCommand.class,
            LoadCommand.class,
            ConsensusCommand.class,
            ImportCommand.class,
            CertificateCommand.class,
            EventsCommand.class,
            ApprovalsCommand.class,
            ActionsCommand.class,
            MemoryCommand.class,
            ConfigurationCommand.class,
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:done", "1:failed", "2:wrong usage", "3:input unusable"},
        footer = {
            "",
            "By the launcher itself: test [MODULE...], bench [NAME]; ./commander --help."
        })
public final class CommanderCli implements Runnable {

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            scope = ScopeType.INHERIT,
            description = "Show this help and end.")
    @SuppressWarnings("UnusedVariable") // read by picocli
    private boolean help;

    @Option(
            names = "--debug",
            scope = ScopeType.INHERIT,
            description = "On failure, show where in the code it happened.")
    @SuppressWarnings("UnusedVariable") // read by name in CommandErrors
    private boolean debug;

    @Spec private CommandSpec spec;

    public static void main(String[] args) {
        System.exit(commandLine().execute(args));
    }

    /** The command line with all commands; tests give it writers of their own. */
    public static CommandLine commandLine() {
        return withCommonBehaviour(new CommandLine(new CommanderCli()));
    }

    /** Applies to the commands that are registered by then. */
    static CommandLine withCommonBehaviour(CommandLine commander) {
        CommandErrors errors = new CommandErrors();
        return commander
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setUsageHelpWidth(100)
                .registerConverter(Duration.class, CommanderCli::duration)
                .registerConverter(Long.class, whole(Long::valueOf))
                .registerConverter(long.class, whole(Long::valueOf))
                .registerConverter(Integer.class, whole(Integer::valueOf))
                .registerConverter(int.class, whole(Integer::valueOf))
                .setParameterExceptionHandler(errors)
                .setExecutionExceptionHandler(errors)
                .setOut(utf8(System.out))
                .setErr(utf8(System.err));
    }

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "Which command?");
    }

    private static Duration duration(String text) {
        try {
            return DurationText.parse(text);
        } catch (IllegalArgumentException e) {
            throw new TypeConversionException(e.getMessage()); // what picocli shows as it is
        }
    }

    private static <T> ITypeConverter<T> whole(Function<String, T> parser) {
        return text -> {
            try {
                return parser.apply(text);
            } catch (NumberFormatException e) {
                throw new TypeConversionException(
                        "'" + text + "' is no whole number, or one too large");
            }
        };
    }

    private static PrintWriter utf8(OutputStream stream) {
        return new PrintWriter(new OutputStreamWriter(stream, StandardCharsets.UTF_8), true);
    }
}
