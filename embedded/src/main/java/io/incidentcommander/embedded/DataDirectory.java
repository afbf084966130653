// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.embedded;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The folder the embedded servers live in: {@code logs/}, which stays, and {@code tmp/} and {@code
 * services/NAME/}, which are deleted when the servers stop, except those that are to be kept: they
 * find their data again when they start there the next time. Nothing else in the folder is touched.
 */
final class DataDirectory {

    private static final String SERVICES = "services";

    private final Path root;
    private final Set<ServiceName> kept;

    DataDirectory(Path root) {
        this(root, Set.of());
    }

    /**
     * @param kept services whose data outlives them
     */
    DataDirectory(Path root, Set<ServiceName> kept) {
        this.root = root.toAbsolutePath().normalize();
        this.kept = Set.copyOf(kept);
    }

    Path logs() {
        return created(root.resolve("logs"));
    }

    Path log(ServiceName service) {
        return logs().resolve(service.word() + ".log");
    }

    Path temporary() {
        return created(root.resolve("tmp"));
    }

    Path of(ServiceName service) {
        return created(root.resolve(SERVICES).resolve(service.word()));
    }

    /**
     * Deletes all but the logs and what is kept, and what is there from an earlier run that could
     * not.
     */
    void deleteTemporary() throws IOException {
        deleteTree(root.resolve("tmp"));
        Path services = root.resolve(SERVICES);
        if (kept.isEmpty() || Files.notExists(services)) {
            deleteTree(services);
            return;
        }
        Set<String> words = kept.stream().map(ServiceName::word).collect(Collectors.toSet());
        List<Path> folders;
        try (Stream<Path> all = Files.list(services)) {
            folders = all.toList();
        }
        for (Path folder : folders) {
            if (!words.contains(folder.getFileName().toString())) {
                deleteTree(folder);
            }
        }
    }

    static void deleteTree(Path tree) throws IOException {
        if (Files.notExists(tree)) {
            return;
        }
        Files.walkFileTree(
                tree,
                new SimpleFileVisitor<>() {
                    @Override
                    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
                            throws IOException {
                        Files.deleteIfExists(file);
                        return FileVisitResult.CONTINUE;
                    }

                    @Override
                    public FileVisitResult visitFileFailed(Path file, IOException failure)
                            throws IOException {
                        // A server's last clean-up may run beside ours; what is gone is gone.
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
                });
    }

    private static Path created(Path folder) {
        try {
            return Files.createDirectories(folder);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot make the folder " + folder, e);
        }
    }
}
