// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.live;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.incidentcommander.jobs.CommanderCli;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** {@code load --source kafka}: a small one, through a real broker. */
class LoadThroughKafkaITCase {
    private static final String CLASS_PATH = "commander.embedded.classpath";
    private static final int RATE = 300;
    private static final int SECONDS = 2;

    @TempDir Path directory;
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @BeforeAll
    static void findServers() throws Exception {
        System.setProperty(CLASS_PATH, EmbeddedBuild.classPath());
    }

    @AfterAll
    static void forget() {
        System.clearProperty(CLASS_PATH);
    }

    @Test
    void everyRecordThatWasPublishedIsReadAndAccountedFor() throws Exception {
        Set<Long> before = children();
        Path file = directory.resolve("load.json");

        int code =
                load(
                        "--source=kafka",
                        "--rate=" + RATE,
                        "--for=" + SECONDS + "s",
                        "--warm-up=0s",
                        "--parse-only-for=1s",
                        "--parallelism=1",
                        "--state=hashmap",
                        "--set=checkpoint.interval=1 s",
                        "--json=" + file);

        assertThat(code).as(err::toString).isZero();
        assertThat(out.toString()).isEqualTo(Files.readString(file));
        JsonNode result = new ObjectMapper().readTree(out.toString());
        assertThat(result.get("source").asText()).isEqualTo("kafka");
        assertThat(result.get("rate_offered").asInt()).isEqualTo(RATE);
        assertThat(result.get("records").asInt()).isEqualTo(RATE * SECONDS);
        assertThat(result.get("ledger_exact").asBoolean()).isTrue();
        assertThat(result.get("alerts").asInt()).isPositive();
        assertThat(result.get("deduplicated_alerts").asInt())
                .isPositive()
                .isLessThanOrEqualTo(result.get("alerts").asInt());
        for (String field : Set.of("rate_achieved", "parse_only_rate", "ratio", "heap_mb")) {
            assertThat(result.path(field).isNumber()).as(field).isTrue();
        }
        assertThat(result.path("checkpoint_ms").isNumber()).isTrue();
        for (String part : Set.of("p50", "p99", "p999", "max")) {
            assertThat(result.at("/latency_ms/" + part).isNumber()).as(part).isTrue();
        }
        assertThat(children()).as("the broker ends with the run").isEqualTo(before);
    }

    private int load(String... options) {
        CommandLine command =
                CommanderCli.commandLine()
                        .setOut(new PrintWriter(out, true))
                        .setErr(new PrintWriter(err, true));
        String[] all = new String[options.length + 1];
        all[0] = "load";
        System.arraycopy(options, 0, all, 1, options.length);
        return command.execute(all);
    }

    private static Set<Long> children() {
        return ProcessHandle.current()
                .children()
                .filter(ProcessHandle::isAlive)
                .map(ProcessHandle::pid)
                .collect(Collectors.toSet());
    }
}
