// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataDirectoryTest {
    @TempDir Path root;

    @Test
    void deletesAllButLogsAndWhatIsKept() throws IOException {
        DataDirectory directory = new DataDirectory(root, Set.of(ServiceName.OPENSEARCH));
        Path index = write(directory.of(ServiceName.OPENSEARCH));
        Path topic = write(directory.of(ServiceName.KAFKA));
        Path log = write(directory.logs());
        Path temporary = write(directory.temporary());
        Path foreign = write(root);

        directory.deleteTemporary();

        assertThat(index).exists();
        assertThat(log).exists();
        assertThat(foreign).exists();
        assertThat(topic.getParent()).doesNotExist();
        assertThat(temporary.getParent()).doesNotExist();
    }

    @Test
    void keepsNothingUnlessTold() throws IOException {
        DataDirectory directory = new DataDirectory(root);
        Path index = write(directory.of(ServiceName.OPENSEARCH));

        directory.deleteTemporary();

        assertThat(index.getParent().getParent()).doesNotExist();
        directory.deleteTemporary(); // Of nothing, it is nothing.
    }

    private static Path write(Path folder) throws IOException {
        return Files.writeString(folder.resolve("file"), "x");
    }
}
