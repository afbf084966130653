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
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LogsCommandTest {
    private static final Instant BEGAN = Instant.parse("2024-03-01T03:00:00Z");

    @TempDir Path directory;
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private Path log;

    /** Two hours of two services; from 3:00 on the pool of one is exhausted. */
    @BeforeEach
    void write() throws IOException {
        List<String> lines = new ArrayList<>();
        for (int second = -5_400; second < 1_800; second++) {
            lines.add(line(second, "orders", "info", "served order " + second + " in 5 ms"));
            lines.add(line(second, "stock", "info", "counted " + second));
            if (second >= 0 && second % 3 == 0) {
                lines.add(line(second, "orders", "error", "pool of 10 is empty, mail a@b.example"));
                lines.add(line(second, "stock", "error", "orders did not answer"));
            }
        }
        lines.add("no JSON");
        log = Files.write(directory.resolve("app.log"), lines);
    }

    @Test
    void whatBeganIsFoundWithNothingPersonalInIt() {
        assertThat(logs("--since", BEGAN.toString(), log.toString())).isEqualTo(ExitCode.DONE);

        assertThat(out.toString())
                .contains("orders HIGH: 100 lines in 5 min, usually 0.00")
                .contains("pool of <*> is empty")
                .contains("stock HIGH: 100 lines in 5 min, usually 0.00")
                .doesNotContain("served")
                .doesNotContain("a@b.example");
        assertThat(err.toString()).contains("all were read");
    }

    @Test
    void ofOneServiceAlone() throws IOException {
        assertThat(
                        logs(
                                "--since",
                                BEGAN.toString(),
                                "--service",
                                "stock",
                                "--json",
                                log.toString()))
                .isEqualTo(ExitCode.DONE);

        JsonNode result = new ObjectMapper().readTree(out.toString());
        assertThat(result.path("findings")).hasSize(1);
        assertThat(result.path("findings").get(0).path("service").asText()).isEqualTo("stock");
        assertThat(result.path("share_read").asDouble()).isEqualTo(1);
        assertThat(result.path("entries").asInt()).isBetween(3_600, 4_200);
    }

    @Test
    void beforeItBeganThereIsNothing() {
        String earlier = BEGAN.minusSeconds(600).toString();
        assertThat(logs("--since", earlier, log.toString())).isEqualTo(ExitCode.DONE);

        assertThat(out.toString()).isEqualTo("nothing out of the ordinary\n");
    }

    @Test
    void whatCannotBeSearchedIsRefusedAndSaysWhy() throws IOException {
        Path compressed = Files.write(directory.resolve("app.log.gz"), new byte[] {1});

        assertThat(logs("--since", BEGAN.toString(), compressed.toString()))
                .isEqualTo(ExitCode.INPUT_UNUSABLE);
        assertThat(err.toString()).contains("is compressed").contains("app.log.gz");
        assertThat(logs("--since", "yesterday", log.toString())).isEqualTo(ExitCode.WRONG_USAGE);
        assertThat(logs("--since", BEGAN.toString(), "--for", "1s", log.toString()))
                .isEqualTo(ExitCode.WRONG_USAGE);
        assertThat(logs("--since", BEGAN.toString(), directory.resolve("none").toString()))
                .isEqualTo(ExitCode.INPUT_UNUSABLE);
    }

    private static String line(int second, String service, String level, String message) {
        return String.format(
                "{\"ts\":\"%s\",\"service\":\"%s\",\"level\":\"%s\",\"message\":\"%s\"}",
                BEGAN.plusSeconds(second), service, level, message);
    }

    private int logs(String... arguments) {
        String[] all = new String[arguments.length + 1];
        all[0] = "logs";
        System.arraycopy(arguments, 0, all, 1, arguments.length);
        return CommanderCli.commandLine()
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(all);
    }
}
