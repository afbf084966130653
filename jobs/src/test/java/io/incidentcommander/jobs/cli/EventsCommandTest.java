// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.jobs.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.incidentcommander.jobs.CommanderCli;
import io.incidentcommander.jobs.audit.Chains;
import io.incidentcommander.jobs.audit.EventFile;
import io.incidentcommander.model.audit.AuditJson;
import io.incidentcommander.model.audit.IncidentEvent;
import io.incidentcommander.udfs.audit.ChainCopy;
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

class EventsCommandTest {
    private static final List<IncidentEvent> EVENTS = Chains.of("aa", 4);

    @TempDir Path directory;
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @BeforeEach
    void copy() throws IOException {
        try (EventFile.Writer writer = new EventFile.Writer(file())) {
            for (String id : List.of("aa", "bb")) {
                List<IncidentEvent> events = Chains.of(id, 4);
                writer.write(
                        id,
                        new ChainCopy(
                                events,
                                Chains.head(events),
                                List.of(events.get(1).head(), events.get(2).head()),
                                List.of()));
            }
        }
    }

    @Test
    void aWholeCopyVerifiesAndSaysThatItIsOne() {
        assertThat(events("verify", "aa")).as(err.toString()).isEqualTo(ExitCode.DONE);

        assertThat(out.toString())
                .contains("not the store itself")
                .contains("incident aa: events: 4, chain whole, head " + EVENTS.get(3).head());
    }

    @Test
    void aTailThatWasCutOffWithItsHeadIsFoundByWhatACheckpointSaw() throws IOException {
        List<String> lines = new ArrayList<>(Files.readAllLines(file()));
        // Of aa: events 3 and 4, and the head; the anchors of 2 and 3 stay.
        lines.subList(2, 5).clear();
        Files.write(file(), lines);

        assertThat(events("verify", "aa")).isEqualTo(ExitCode.FAILED);
        assertThat(out.toString())
                .contains("CUT_OFF at 3: a checkpoint saw events up to 3, here they end at 2");
        assertThat(events("replay", "aa")).isEqualTo(ExitCode.FAILED);
    }

    @Test
    void theCopyOfTheSecondRegionIsHeldAgainstTheFirst() throws IOException {
        Files.copy(file(), directory.resolve(EventFile.REPLICA_NAME));
        assertThat(events("verify", "aa")).as(err.toString()).isEqualTo(ExitCode.DONE);
        assertThat(out.toString()).contains(EventFile.REPLICA_NAME);

        Files.writeString(directory.resolve(EventFile.REPLICA_NAME), "");
        try (EventFile.Writer writer =
                new EventFile.Writer(directory.resolve(EventFile.REPLICA_NAME))) {
            List<IncidentEvent> other = Chains.of("aa", "another story", 4);
            writer.write("aa", new ChainCopy(other, Chains.head(other), List.of(), List.of()));
        }
        assertThat(events("verify", "aa")).isEqualTo(ExitCode.FAILED);
        assertThat(out.toString()).contains("DIFFERS_FROM_COPY");
    }

    @Test
    void whatIsWrongInOneOfTwoCopiesIsSaidToBeInThatOne() throws IOException {
        Files.copy(file(), directory.resolve(EventFile.REPLICA_NAME));
        rewrite(line -> line.replace("\"cause\":\"alert 2\"", "\"cause\":\"nothing\""));
        assertThat(events("verify", "aa")).isEqualTo(ExitCode.FAILED);
        assertThat(out.toString()).contains("first: CHANGED_ITEM at 3");
    }

    @Test
    void aChangedByteOfTheCanonicalFormIsFound() throws IOException {
        String text = Files.readString(file());
        String canonical = JsonLine.field(text.split("\n")[1], "canonical");
        // The last hexadecimal digits of an event are its predecessor's hash; further up its cause.
        byte[] bytes = java.util.Base64.getDecoder().decode(canonical);
        bytes[bytes.length - 40] ^= 1;
        Files.writeString(
                file(),
                text.replace(canonical, java.util.Base64.getEncoder().encodeToString(bytes)));

        assertThat(events("verify", "aa")).isEqualTo(ExitCode.FAILED);
        assertThat(out.toString() + err).contains("at 2");
        assertThat(events("verify", "bb")).isEqualTo(ExitCode.DONE);
    }

    @Test
    void aReadableFieldThatWasChangedIsFound() throws IOException {
        rewrite(line -> line.replace("\"cause\":\"alert 2\"", "\"cause\":\"nothing\""));

        assertThat(events("verify", "aa")).isEqualTo(ExitCode.FAILED);
        assertThat(out.toString()).contains("CHANGED_ITEM at 3");
    }

    @Test
    void aMissingLineIsAGapAndReplayTellsOnlyWhatIsProven() throws IOException {
        List<String> lines = new ArrayList<>(Files.readAllLines(file()));
        lines.remove(2);
        Files.write(file(), lines);

        assertThat(events("verify", "aa")).isEqualTo(ExitCode.FAILED);
        assertThat(out.toString()).contains("GAP at 3");
        out.getBuffer().setLength(0);
        assertThat(events("replay", "aa")).isEqualTo(ExitCode.FAILED);
        assertThat(out.toString()).contains("alert 1").doesNotContain("alert 3");
        assertThat(err.toString()).contains("proven events: 2");
    }

    @Test
    void eventsCutOffAtTheEndShowAgainstTheHead() throws IOException {
        List<String> lines = new ArrayList<>(Files.readAllLines(file()));
        lines.remove(3);
        Files.write(file(), lines);

        assertThat(events("verify", "aa")).isEqualTo(ExitCode.FAILED);
        assertThat(out.toString()).contains("GAP at 4");
    }

    @Test
    void replayRebuildsTheIncidentExactly() throws IOException {
        assertThat(events("replay", "aa", "--json")).as(err.toString()).isEqualTo(ExitCode.DONE);

        JsonNode result = new ObjectMapper().readTree(out.toString());
        assertThat(result.path("whole").asBoolean()).isTrue();
        assertThat(result.path("timeline").size()).isEqualTo(4);
        assertThat(result.path("state"))
                .isEqualTo(new ObjectMapper().readTree(AuditJson.of(EVENTS.get(3).incident())));
    }

    @Test
    void verifySaysTheSameAsJson() throws IOException {
        assertThat(events("verify", "aa", "--json")).isEqualTo(ExitCode.DONE);

        JsonNode result = new ObjectMapper().readTree(out.toString());
        assertThat(result.path("whole").asBoolean()).isTrue();
        assertThat(result.path("events").asInt()).isEqualTo(4);
        assertThat(result.path("head").path("hash").asText()).isEqualTo(EVENTS.get(3).hash());
    }

    @Test
    void whatIsMissingIsSaidWithItsExitCode() {
        assertThat(events("verify", "nobody")).isEqualTo(ExitCode.INPUT_UNUSABLE);
        assertThat(events("verify", "aa", "--repair")).isEqualTo(ExitCode.WRONG_USAGE);
        assertThat(run("events", "verify", "aa")).isEqualTo(ExitCode.WRONG_USAGE);
        assertThat(err.toString()).contains("sink.dynamodb.table").contains("--data-dir");
        assertThat(run("events")).isEqualTo(ExitCode.WRONG_USAGE);
        assertThat(run("events", "verify", "aa", "--data-dir", directory + "/none"))
                .isEqualTo(ExitCode.INPUT_UNUSABLE);
    }

    private void rewrite(java.util.function.UnaryOperator<String> change) throws IOException {
        Files.writeString(file(), change.apply(Files.readString(file())));
    }

    private Path file() {
        return directory.resolve(EventFile.NAME);
    }

    private int events(String verb, String id, String... more) {
        List<String> args =
                new ArrayList<>(List.of("events", verb, id, "--data-dir", directory.toString()));
        args.addAll(List.of(more));
        return run(args.toArray(new String[0]));
    }

    private int run(String... args) {
        return CommanderCli.commandLine()
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(err))
                .execute(args);
    }

    private static final class JsonLine {
        private static String field(String line, String name) throws IOException {
            return new ObjectMapper().readTree(line).path(name).asText();
        }
    }
}
