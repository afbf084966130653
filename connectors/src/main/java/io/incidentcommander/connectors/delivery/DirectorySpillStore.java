// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.connectors.delivery;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Files below a directory that all TaskManagers see, a file each. One thread does it all. */
final class DirectorySpillStore implements SpillStore {
    private static final String UNDER_WAY = ".tmp";

    private final Path root;
    private final ExecutorService thread =
            Executors.newSingleThreadExecutor(
                    work -> {
                        Thread spilling = new Thread(work, "event-spill");
                        spilling.setDaemon(true);
                        return spilling;
                    });

    DirectorySpillStore(Path root) {
        this.root = root;
    }

    @Override
    public CompletableFuture<Void> put(String key, byte[] content) {
        return does(
                () -> {
                    Path file = root.resolve(key);
                    Files.createDirectories(file.getParent());
                    Path beside = file.resolveSibling(file.getFileName() + UNDER_WAY);
                    Files.write(beside, content);
                    Files.move(beside, file, StandardCopyOption.ATOMIC_MOVE);
                    return null;
                });
    }

    @Override
    public CompletableFuture<List<String>> list(String prefix, int most) {
        return listAll(prefix)
                .thenApply(all -> List.copyOf(all.subList(0, Math.min(most, all.size()))));
    }

    @Override
    public CompletableFuture<List<String>> listAll(String prefix) {
        return does(
                () -> {
                    Path below = root.resolve(prefix);
                    if (Files.notExists(below)) {
                        return List.of();
                    }
                    try (Stream<Path> files = Files.walk(below)) {
                        return files.filter(Files::isRegularFile)
                                .map(file -> root.relativize(file).toString())
                                .filter(key -> !key.endsWith(UNDER_WAY))
                                .sorted()
                                .collect(Collectors.toList());
                    }
                });
    }

    @Override
    public CompletableFuture<byte[]> get(String key) {
        return does(() -> Files.readAllBytes(root.resolve(key)));
    }

    @Override
    public CompletableFuture<Void> delete(String key) {
        return does(
                () -> {
                    Files.deleteIfExists(root.resolve(key));
                    return null;
                });
    }

    @Override
    public void close() {
        thread.shutdown();
    }

    private <T> CompletableFuture<T> does(Work<T> work) {
        return CompletableFuture.supplyAsync(
                () -> {
                    try {
                        return work.done();
                    } catch (IOException e) {
                        throw new CompletionException(e);
                    }
                },
                thread);
    }

    /** Something with files. */
    private interface Work<T> {
        T done() throws IOException;
    }
}
