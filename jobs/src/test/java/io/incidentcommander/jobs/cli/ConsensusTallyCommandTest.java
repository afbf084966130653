// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.jobs.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.incidentcommander.jobs.CommanderCli;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** The command from file to exit code. */
class ConsensusTallyCommandTest {
    @TempDir private Path folder;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @Test
    void fiveHonestAnswersStandAgainstAHundredColludersOnEachQuestion() throws IOException {
        Random random = new Random(11);
        StringBuilder csv = new StringBuilder("question,agent,answer\n");
        int questions = 300;
        for (int q = 0; q < questions; q++) {
            int truth = q % 4;
            int lie = (truth + 1 + q % 3) % 4;
            for (int n = 0; n < 100; n++) {
                csv.append("q" + q + ",bad" + n + ",c" + lie + "\n");
            }
            for (int n = 0; n < 5; n++) {
                int answer = random.nextInt(5) == 0 ? random.nextInt(4) : truth;
                int agent = (q * 7 + n * 41) % 205;
                csv.append("q" + q + ",good" + agent + ",c" + answer + "\n");
            }
        }
        for (String option : new String[] {"--json", "--final-pass --json"}) {
            JsonNode result = json(run(csv.toString(), option.split(" ")));
            int right = 0;
            for (int q = 0; q < questions; q++) {
                right += result.at("/answers/q" + q).asText().equals("c" + q % 4) ? 1 : 0;
            }
            assertThat(right).as(option).isGreaterThan(290);
            assertThat(result.at("/reputation/bad1").asDouble()).isLessThan(0.1);
            assertThat(result.at("/reputation/good1").asDouble()).isGreaterThan(0.6);
            assertThat(result.at("/heard_as_one/0/agents").size()).isEqualTo(100);
        }
    }

    @Test
    void badRowsAreCountedAndTheRestIsDecided() throws IOException {
        int code =
                run(
                        "\uFEFFagent,note,question,answer\n"
                                + "a,,q1,\"yes, sir\"\n"
                                + "b,x,q1,\"  \"\n"
                                + "b,x\n"
                                + "b,x,q1,no,more\n"
                                + "\n"
                                + "a,,q1,no\n"
                                + "a,,q1,\"yes, sir\"\n",
                        "--json");
        JsonNode result = json(code);
        assertThat(result.at("/answers/q1").asText()).isEqualTo("yes, sir");
        assertThat(result.at("/rows/counted").asInt()).isEqualTo(1);
        assertThat(result.at("/rows/bad").asInt()).isEqualTo(3);
        assertThat(result.at("/rows/contradicted").asInt()).isEqualTo(1);
        assertThat(result.at("/rows/repeated").asInt()).isEqualTo(1);
        assertThat(err.toString()).contains("3 bad rows left out, the first is row 2");
    }

    @Test
    void withoutJsonALinePerQuestion() throws IOException {
        assertThat(run("question,agent,answer\nq1,a,x\nq2,a,y\n")).isZero();
        assertThat(out.toString()).isEqualToNormalizingNewlines("q1\tx\nq2\ty\n");
    }

    @Test
    void whatCellsHoldBreaksNoLine() throws IOException {
        assertThat(run("question,agent,answer\r\n\"q\n1\",a,\"x\ty\"\r\n\"q\"\"2\",b,\u00e4\r\n"))
                .isZero();
        assertThat(out.toString().split("\\R")).containsExactly("q\\n1\tx\\ty", "q\"2\t\u00e4");
    }

    @Test
    void aMissingColumnAnEmptyFileAndNoFileAreUnusableInput() throws IOException {
        assertThat(run("question,worker,answer\nq,a,x\n")).isEqualTo(ExitCode.INPUT_UNUSABLE);
        assertThat(err.toString()).contains("no column 'agent'").contains("worker");
        assertThat(run("question,agent,answer,answer\nq,a,x,y\n"))
                .isEqualTo(ExitCode.INPUT_UNUSABLE);
        assertThat(err.toString()).contains("'answer' more than once");
        assertThat(run("a\u001b[31m" + "x".repeat(99) + ",b".repeat(99) + "\nq\n"))
                .isEqualTo(ExitCode.INPUT_UNUSABLE);
        assertThat(err.toString())
                .contains("a?[31mxx")
                .endsWith("and 90 more" + System.lineSeparator())
                .doesNotContain("\u001b", "x".repeat(40));
        assertThat(run("")).isEqualTo(ExitCode.INPUT_UNUSABLE);
        assertThat(run("question,agent,answer\n,,\n")).isEqualTo(ExitCode.INPUT_UNUSABLE);
        assertThat(execute("consensus", "tally", "--votes", folder.resolve("none.csv").toString()))
                .isEqualTo(ExitCode.INPUT_UNUSABLE);
        assertThat(execute("consensus", "tally")).isEqualTo(ExitCode.WRONG_USAGE);
        assertThat(execute("consensus")).isEqualTo(ExitCode.WRONG_USAGE);
    }

    private JsonNode json(int code) throws IOException {
        assertThat(code).as(err.toString()).isEqualTo(ExitCode.DONE);
        return new ObjectMapper().readTree(out.toString());
    }

    private int run(String csv, String... options) throws IOException {
        Path file = folder.resolve("votes.csv");
        Files.writeString(file, csv);
        String[] arguments = new String[4 + options.length];
        arguments[0] = "consensus";
        arguments[1] = "tally";
        arguments[2] = "--votes";
        arguments[3] = file.toString();
        System.arraycopy(options, 0, arguments, 4, options.length);
        return execute(arguments);
    }

    private int execute(String... arguments) {
        out.getBuffer().setLength(0);
        err.getBuffer().setLength(0);
        CommandLine line = CommanderCli.commandLine();
        line.setOut(new PrintWriter(out)).setErr(new PrintWriter(err));
        return line.execute(arguments);
    }
}
