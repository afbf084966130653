// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.jobs.topology;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.incidentcommander.connectors.ingest.AlertFileRecords;
import io.incidentcommander.jobs.configuration.CommanderConfiguration;
import io.incidentcommander.jobs.configuration.ConfigurationException;
import io.incidentcommander.jobs.configuration.ConfigurationLoader;
import io.incidentcommander.model.ingest.Alert;
import io.incidentcommander.udfs.ingest.RecordDecoding;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfiguredSourcesTest {
    private static final String JSON =
            "{\"name\":\"Down\",\"service\":\"json\",\"severity\":\"high\","
                    + "\"time\":1700000000}\n";

    @TempDir Path directory;

    @Test
    void eachFileSourceReadsItsCsvByItsOwnMappingAndTheRestAsJson() throws IOException {
        write("a/rows.csv", "when,what,box\n1700000000,Down,web\n");
        write("a/plain.ndjson", JSON);
        write("b.txt", "name,at,where\nSlow,1700000001,db\n");
        String yaml =
                "source:\n"
                        + "  a:\n    transport: file\n    paths: A\n    mapping: A.yaml\n"
                        + "  b:\n    transport: file\n    paths: B.txt\n    mapping: B.yaml\n"
                        + "    format: csv\n";
        write("a.yaml", "time: {column: when, unit: s}\nname: what\nservice: box\n");
        write("b.yaml", "time: {column: at, unit: s}\nname: name\nservice: where\n");
        CommanderConfiguration options =
                options(yaml.replace("A", directory + "/a").replace("B", directory + "/b"));

        assertThat(alerts(options, "a"))
                .containsExactly("Down json 1700000000", "Down web 1700000000");
        assertThat(alerts(options, "b")).containsExactly("Slow db 1700000001");
    }

    @Test
    void whatIsWrongWithAMappingIsSaidByItsKeyBeforeAnythingRuns() throws IOException {
        write("rows.csv", "when,what\n1700000000,Down\n");
        write("lines.ndjson", JSON);
        write("m.yaml", "time: {column: when, unit: s}\nname: what\nservice: box\n");
        write("bad.yaml", "time: [\n");
        write("empty.csv", "");
        expect("paths: D/rows.csv", "source.x.mapping is needed", "rows.csv");
        expect("paths: D/rows.csv\n    mapping: D/no.yaml", "source.x.mapping: cannot be read");
        expect("paths: D/rows.csv\n    mapping: D/bad.yaml", "source.x.mapping: ", "bad.yaml");
        expect("paths: D/rows.csv\n    mapping: D/m.yaml", "no column box", "[when, what]");
        expect("paths: D/lines.ndjson\n    mapping: D/m.yaml", "no file of the source is CSV");
        expect("paths: D/empty.csv\n    mapping: D/m.yaml", "no header of CSV", "empty.csv");
        expect("paths: D/none", "source.x.paths: cannot be read");
        assertThatThrownBy(
                        () ->
                                new ConfiguredSources(
                                                options(
                                                        "source: {x: {transport: kafka, format:"
                                                                + " csv}}"))
                                        .decodings())
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("source.x.format: csv is read from files only");
    }

    private void expect(String settings, String... said) throws IOException {
        String yaml =
                "source:\n  x:\n    transport: file\n    "
                        + settings.replace("D/", directory + "/");
        CommanderConfiguration options = options(yaml);
        assertThatThrownBy(() -> new ConfiguredSources(options).decodings())
                .as(settings)
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContainingAll(said);
    }

    /** What a job would decode, read without one. */
    private static List<String> alerts(CommanderConfiguration options, String id)
            throws IOException {
        ConfiguredSources sources = new ConfiguredSources(options);
        RecordDecoding decoding = sources.decodings().create();
        List<String> alerts = new ArrayList<>();
        for (var file : new ConfiguredFiles(options, id).files()) {
            AlertFileRecords.forEach(
                    file,
                    record ->
                            decoding.decode(record, sources.profiles().get(id)).alerts().stream()
                                    .map(ConfiguredSourcesTest::text)
                                    .forEach(alerts::add));
        }
        return alerts;
    }

    private static String text(Alert alert) {
        return alert.name() + " " + alert.service() + " " + alert.eventTimeMillis() / 1000;
    }

    private CommanderConfiguration options(String yaml) throws IOException {
        return new ConfigurationLoader().file(write("commander.yaml", yaml)).load();
    }

    private Path write(String name, String text) throws IOException {
        Path file = directory.resolve(name);
        Files.createDirectories(file.getParent());
        return Files.writeString(file, text);
    }
}
