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
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DiagnoseCommandTest {
    private static final int NORMAL_ROWS = 60;

    @TempDir Path directory;
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private Path graph;
    private Path normal;

    @BeforeEach
    void files() throws IOException {
        graph =
                write(
                        "graph.csv",
                        "\uFEFF,web,\"db, main\",odd\nweb,0,1.0,0\n\"db, main\",0,0,0\n");
        normal = write("normal.csv", metrics(NORMAL_ROWS, 0));
    }

    @Test
    void ranksAsJsonWithEvidence() throws IOException {
        Path issue = write("issue.csv", metrics(4, 0.5));

        assertThat(
                        diagnose(
                                issue,
                                "--json",
                                "--symptom",
                                "web",
                                "--metric",
                                "latency",
                                "--at",
                                "2023-11-14T22:15:30Z"))
                .as(err.toString())
                .isEqualTo(ExitCode.DONE);

        JsonNode result = new ObjectMapper().readTree(out.toString());
        assertThat(result.path("verdict").asText()).isEqualTo("root_cause");
        JsonNode first = result.path("ranking").get(0);
        assertThat(first.path("node").asText()).isEqualTo("db, main");
        assertThat(first.path("score").asDouble()).isPositive();
        assertThat(first.path("evidence").get(0).asText()).contains("latency Average rose to");
    }

    @Test
    void saysSoWhenNothingIsUnusual() throws IOException {
        Path issue = write("issue.csv", metrics(4, 0));

        assertThat(diagnose(issue, "--json")).isEqualTo(ExitCode.DONE);

        JsonNode result = new ObjectMapper().readTree(out.toString());
        assertThat(result.path("verdict").asText()).isEqualTo("nothing_unusual");
        assertThat(result.path("ranking")).isEmpty();
    }

    @Test
    void unusableFilesAndUnknownNodesAreTold() throws IOException {
        Path issue = write("issue.csv", metrics(4, 0));
        assertThat(diagnose(write("empty.csv", ""))).isEqualTo(ExitCode.INPUT_UNUSABLE);
        assertThat(diagnose(directory.resolve("none.csv"))).isEqualTo(ExitCode.INPUT_UNUSABLE);
        assertThat(diagnose(issue, "--symptom", "nobody")).isEqualTo(ExitCode.WRONG_USAGE);
        assertThat(diagnose(issue, "--at", "5")).isEqualTo(ExitCode.WRONG_USAGE);
        assertThat(diagnose(issue, "--symptom", "web", "--at", "noon"))
                .isEqualTo(ExitCode.WRONG_USAGE);
        assertThat(err.toString()).hasLineCount(5).contains("nobody", "empty.csv", "noon");
    }

    private int diagnose(Path issue, String... options) {
        List<String> args = new ArrayList<>(List.of("diagnose", "--graph", graph.toString()));
        args.addAll(List.of("--normal", normal.toString(), "--issue", issue.toString()));
        args.addAll(List.of(options));
        return CommanderCli.commandLine()
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(err))
                .execute(args.toArray(String[]::new));
    }

    /** A database that is slower by so much from the third row on, and its caller with it. */
    private static String metrics(int rows, double more) {
        StringBuilder text =
                new StringBuilder(
                        "microservice,web,\"db, main\",\"db, main\"\n"
                                + "metric,latency,latency,requests\n"
                                + "statistic,Average,Average,Sum\n"
                                + "unix_timestamp,,,\n");
        for (int row = 0; row < rows; row++) {
            double extra = row >= 2 ? more : 0;
            String web = row == 1 ? "" : String.valueOf(0.3 + 0.004 * Math.sin(row) + extra);
            double db = 0.1 + 0.002 * Math.cos(1.3 * row) + extra;
            text.append(1_700_000_000L + 60L * row).append(',').append(web).append(',');
            text.append(db).append(",100\n");
        }
        return text.toString();
    }

    private Path write(String name, String text) throws IOException {
        return Files.writeString(directory.resolve(name), text);
    }
}
