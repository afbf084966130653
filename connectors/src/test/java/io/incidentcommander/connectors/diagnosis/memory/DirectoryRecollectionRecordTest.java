// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.connectors.diagnosis.memory;

import static org.assertj.core.api.Assertions.assertThat;

import io.incidentcommander.model.diagnosis.MemoryHit;
import io.incidentcommander.model.diagnosis.memory.MemoryQuery;
import io.incidentcommander.model.diagnosis.memory.Recollection;
import io.incidentcommander.model.diagnosis.memory.Recollection.Extent;
import io.incidentcommander.model.lifecycle.IncidentType;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DirectoryRecollectionRecordTest {
    private static final MemoryQuery QUERY = new MemoryQuery("t", "i", "pool exhausted", 5);

    @TempDir Path directory;

    @Test
    void whatWasRecalledFirstStaysForThisAnalysisAndThisQueryAlone() throws Exception {
        Path missing = directory.resolve("not there yet");
        DirectoryRecollectionRecord record = new DirectoryRecollectionRecord(missing);
        assertThat(record.find("t/i/1", QUERY)).isEmpty();

        record.keep("t/i/1", QUERY, found("first"));
        record.keep("t/i/1", QUERY, found("second"));

        DirectoryRecollectionRecord again = new DirectoryRecollectionRecord(missing);
        assertThat(again.find("t/i/1", QUERY)).contains(found("first"));
        assertThat(again.find("t/i/2", QUERY)).isEmpty();
        assertThat(again.find("t/i/1", new MemoryQuery("t", "i", "disk full", 5))).isEmpty();
        try (var files = Files.list(missing)) {
            assertThat(files).hasSize(1);
        }
    }

    private static Recollection found(String id) {
        MemoryHit hit =
                new MemoryHit(
                        id,
                        "before",
                        IncidentType.DDOS,
                        List.of("web"),
                        "flood",
                        "many",
                        "block",
                        1,
                        0,
                        0.5,
                        7);
        return new Recollection(Extent.WORDS_ONLY, List.of(hit), "no vector");
    }
}
