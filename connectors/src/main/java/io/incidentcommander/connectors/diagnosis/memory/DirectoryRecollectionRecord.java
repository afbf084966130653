// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.connectors.diagnosis.memory;

import io.incidentcommander.model.codec.CanonicalWriter;
import io.incidentcommander.model.codec.Sha256;
import io.incidentcommander.model.diagnosis.memory.MemoryQuery;
import io.incidentcommander.model.diagnosis.memory.Recollection;
import io.incidentcommander.model.diagnosis.memory.RecollectionRecord;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;

/**
 * A file for each analysis, named by the hash of its id and of what was looked for. A file is
 * written aside and moved, so a reader sees a whole one or none, and the first stays. Thread safe.
 */
public final class DirectoryRecollectionRecord implements RecollectionRecord {
    private static final long serialVersionUID = 1L;
    private static final String SUFFIX = ".recollection";

    private final String directory;

    public DirectoryRecollectionRecord(Path directory) {
        this.directory = directory.toString();
    }

    @Override
    public Optional<Recollection> find(String analysis, MemoryQuery query) throws IOException {
        Path file = file(analysis, query);
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        return Optional.of(
                new Recollection.RecollectionCodec()
                        .read(new DataInputDeserializer(Files.readAllBytes(file))));
    }

    @Override
    public void keep(String analysis, MemoryQuery query, Recollection found) throws IOException {
        Path file = file(analysis, query);
        if (Files.exists(file)) {
            return;
        }
        DataOutputSerializer out = new DataOutputSerializer(1024);
        new Recollection.RecollectionCodec().write(found, out);
        Files.createDirectories(file.getParent());
        Path aside = Files.createTempFile(file.getParent(), "recollection", ".tmp");
        try {
            Files.write(aside, Arrays.copyOf(out.getSharedBuffer(), out.length()));
            Files.move(aside, file);
        } catch (FileAlreadyExistsException e) {
            // Another was faster; the first stays.
        } finally {
            Files.deleteIfExists(aside);
        }
    }

    private Path file(String analysis, MemoryQuery query) {
        byte[] asked =
                new CanonicalWriter()
                        .text(analysis)
                        .text(query.tenant())
                        .text(query.incidentId())
                        .text(query.text())
                        .int32(query.count())
                        .toByteArray();
        return Path.of(directory, Sha256.hex(Sha256.of(asked)) + SUFFIX);
    }
}
