// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import io.incidentcommander.jobs.cli.CommandFailedException;
import io.incidentcommander.jobs.cli.ExitCode;
import io.incidentcommander.jobs.cli.InputUnusableException;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Command;

class CommanderCliTest {
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private final CommandLine commander =
            CommanderCli.commandLine().setOut(new PrintWriter(out)).setErr(new PrintWriter(err));

    @Test
    void withoutCommandIsWrongUsageInOneLine() {
        assertThat(commander.execute()).isEqualTo(ExitCode.WRONG_USAGE);
        assertThat(err.toString()).hasLineCount(1).contains("Which command?", "commander --help");
    }

    @Test
    void unknownCommandIsWrongUsageInOneLine() {
        assertThat(commander.execute("conquer")).isEqualTo(ExitCode.WRONG_USAGE);
        assertThat(err.toString()).hasLineCount(1).contains("no command 'conquer'");
    }

    @Test
    void helpIsThereForEveryCommand() {
        assertThat(commander.execute("--help")).isEqualTo(ExitCode.DONE);
        assertThat(out.toString()).contains("Exit codes:", "input unusable");
        for (String name : commander.getSubcommands().keySet()) {
            assertThat(commander.execute(name, "--help")).as(name).isEqualTo(ExitCode.DONE);
        }
    }

    @Test
    void launcherHelpNamesEveryCommand() throws IOException {
        String launcher = Files.readString(root().resolve("commander"));
        for (String name : commander.getSubcommands().keySet()) {
            assertThat(launcher)
                    .as("help in ./commander")
                    .containsPattern("(?m)^  " + name + "\\b");
        }
    }

    @Test
    void unusableInputIsExitCodeThreeWithoutStackTrace() {
        assertThat(failing(new InputUnusableException("alerts.csv: no column host")))
                .isEqualTo(ExitCode.INPUT_UNUSABLE);
        assertThat(err.toString()).hasLineCount(1).contains("alerts.csv: no column host");
    }

    @Test
    void missingFileIsNamed() {
        assertThat(failing(new NoSuchFileException("a/b.json"))).isEqualTo(ExitCode.INPUT_UNUSABLE);
        assertThat(err.toString()).hasLineCount(1).contains("no such file: a/b.json");
    }

    @Test
    void failureIsExitCodeOneInOneLine() {
        assertThat(failing(new CommandFailedException("port 8080\n  is taken")))
                .isEqualTo(ExitCode.FAILED);
        assertThat(err.toString()).hasLineCount(1).contains("port 8080; is taken");
    }

    @Test
    void unforeseenFailureSaysHowToSeeMore() {
        assertThat(failing(new IllegalStateException("lost"))).isEqualTo(ExitCode.FAILED);
        assertThat(err.toString())
                .hasLineCount(1)
                .contains("IllegalStateException: lost", "--debug");
    }

    @Test
    void debugShowsWhere() {
        assertThat(failing(new IllegalStateException("lost"), "--debug"))
                .isEqualTo(ExitCode.FAILED);
        assertThat(err.toString()).contains("at " + CommanderCliTest.class.getName());
    }

    @Test
    void configurationErrorsAreWrongUsage() {
        assertThat(commander.execute("configuration", "--set", "sampling.slise=1 s"))
                .isEqualTo(ExitCode.WRONG_USAGE);
        assertThat(err.toString()).hasLineCount(1).contains("did you mean 'sampling.slice'?");
    }

    @Test
    void configurationPrintsValuesWithTheirOrigin() {
        assertThat(commander.execute("configuration", "--set", "sampling.slice=1 s"))
                .isEqualTo(ExitCode.DONE);
        assertThat(out.toString())
                .contains("sampling.slice = 1 s (--set)", "max-parallelism = 128 (default)");
    }

    private int failing(Exception error, String... more) {
        CommandLine extended =
                CommanderCli.withCommonBehaviour(
                                new CommandLine(new CommanderCli())
                                        .addSubcommand(new Failing(error)))
                        .setErr(new PrintWriter(err));
        String[] args = new String[more.length + 1];
        args[0] = "fail";
        System.arraycopy(more, 0, args, 1, more.length);
        return extended.execute(args);
    }

    private static Path root() {
        Path at = Path.of("").toAbsolutePath();
        while (!Files.exists(at.resolve("commander"))) {
            at = at.getParent();
        }
        return at;
    }

    @Command(name = "fail")
    private static final class Failing implements Callable<Integer> {
        private final Exception error;

        Failing(Exception error) {
            this.error = error;
        }

        @Override
        public Integer call() throws Exception {
            throw error;
        }
    }
}
