// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.connectors.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AlertPathsTest {
    @TempDir Path directory;

    @Test
    void aFileStandsForItselfWhateverItsName() throws IOException {
        for (String name : List.of("a.json", "_b #1.ndjson", ".hidden")) {
            String file = Files.createFile(directory.resolve(name)).toString();
            assertThat(AlertPaths.filesAt(file)).containsExactly(file);
        }
    }

    @Test
    void aDirectoryStandsForTheFilesBelowItByName() throws IOException {
        Files.createDirectories(directory.resolve("b/c"));
        Files.createDirectories(directory.resolve(".git"));
        for (String name : List.of("z.json", "a b.json", "b/y.json", "b/c/x.json", ".git/x.json")) {
            Files.createFile(directory.resolve(name));
        }
        assertThat(AlertPaths.filesAt(directory.toString()))
                .containsExactly(
                        directory + "/a b.json",
                        directory + "/b/c/x.json",
                        directory + "/b/y.json",
                        directory + "/z.json");
        assertThat(AlertPaths.filesAt(directory + "/")).contains(directory + "/z.json");
    }

    @Test
    void anEmptyDirectoryStandsForNothing() throws IOException {
        assertThat(AlertPaths.filesAt(directory.toString())).isEmpty();
    }

    @Test
    void aLinkThatLeadsBackIsAnError() throws IOException {
        Files.createSymbolicLink(directory.resolve("back"), directory);
        assertThatThrownBy(() -> AlertPaths.filesAt(directory.toString()))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("32 directories deep");
    }

    @Test
    void whereNothingIsIsAnError() {
        assertThatThrownBy(() -> AlertPaths.filesAt(directory.resolve("no").toString()))
                .isInstanceOf(FileNotFoundException.class);
    }
}
