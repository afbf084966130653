// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.jobs.live;

import io.incidentcommander.jobs.audit.EventFile;
import io.incidentcommander.jobs.finite.ResultFiles;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Optional;

/**
 * Where a run keeps its files: {@code logs/}, {@code ledger.json}, {@code fates/}, {@code
 * certificates/}, {@code events.ndjson}, {@code diagnoses.ndjson} and, in the names that {@code
 * explain} reads, alerts and incidents are results and stay in a directory that was asked for, and
 * so does what OpenSearch keeps, the memory of incidents above all: the next run there recalls it.
 * {@code flink/} is deleted on closing, and all of it if nobody asked for a directory.
 */
public final class RunDirectory implements AutoCloseable {
    static final String CERTIFICATES = "certificates";

    private final Path root;
    private final boolean temporary;

    private RunDirectory(Path root, boolean temporary) {
        this.root = root;
        this.temporary = temporary;
    }

    /**
     * @param asked empty: a temporary one
     */
    public static RunDirectory open(Optional<Path> asked) throws IOException {
        RunDirectory directory =
                asked.isPresent()
                        ? new RunDirectory(asked.get().toAbsolutePath().normalize(), false)
                        : new RunDirectory(Files.createTempDirectory("commander-run-"), true);
        Files.createDirectories(directory.root);
        if (!directory.temporary) {
            directory.deleteResults();
        }
        Files.createDirectories(directory.logs());
        Files.createDirectories(directory.flink());
        return directory;
    }

    public Path root() {
        return root;
    }

    public Path logs() {
        return root.resolve("logs");
    }

    public Path fates() {
        return root.resolve("fates");
    }

    /** One for each decision, and the keys of the agents. */
    public Path certificates() {
        return root.resolve(CERTIFICATES);
    }

    /** Prompts and answers by content hash. */
    public Path answers() {
        return root.resolve("answers");
    }

    public Path ledger() {
        return root.resolve("ledger.json");
    }

    /** The stored chains, for {@code events verify} once the store is gone. */
    Path events() {
        return root.resolve(EventFile.NAME);
    }

    /** As a topic of diagnoses would have them. */
    Path diagnoses() {
        return root.resolve("diagnoses.ndjson");
    }

    /** The same of the second region. */
    Path replicaEvents() {
        return root.resolve(EventFile.REPLICA_NAME);
    }

    /** The files of {@code detect}, as far as a live run has them: no dead letters. */
    ResultFiles results() {
        return ResultFiles.in(root);
    }

    /** Checkpoints and Flink's own temporary files. */
    public Path flink() {
        return root.resolve("flink");
    }

    /** Whether the results are still there after {@link #close()}. */
    public boolean isKept() {
        return !temporary;
    }

    @Override
    public void close() throws IOException {
        delete(temporary ? root : flink());
    }

    private void deleteResults() throws IOException {
        delete(fates());
        delete(certificates());
        delete(answers());
        delete(flink());
        Files.deleteIfExists(ledger());
        Files.deleteIfExists(results().alerts());
        Files.deleteIfExists(results().incidents());
        Files.deleteIfExists(events());
        Files.deleteIfExists(diagnoses());
        Files.deleteIfExists(replicaEvents());
    }

    private static void delete(Path tree) throws IOException {
        if (Files.notExists(tree)) {
            return;
        }
        Files.walkFileTree(tree, new Deletion());
    }

    /** What vanishes by itself meanwhile is gone all the same. */
    private static final class Deletion extends SimpleFileVisitor<Path> {
        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
                throws IOException {
            Files.deleteIfExists(file);
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult visitFileFailed(Path file, IOException failure) throws IOException {
            if (failure instanceof NoSuchFileException) {
                return FileVisitResult.CONTINUE;
            }
            throw failure;
        }

        @Override
        public FileVisitResult postVisitDirectory(Path folder, IOException failure)
                throws IOException {
            Files.deleteIfExists(folder);
            return FileVisitResult.CONTINUE;
        }
    }
}
