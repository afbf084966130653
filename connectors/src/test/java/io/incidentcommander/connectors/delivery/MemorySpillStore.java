// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.connectors.delivery;

import java.io.IOException;
import java.util.List;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** A place in this process, which fails when it is told to: before it did anything, or after. */
public final class MemorySpillStore implements SpillStore {
    public final TreeMap<String, byte[]> objects = new TreeMap<>();

    private final BooleanSupplier fails;

    public MemorySpillStore() {
        this(() -> false);
    }

    public MemorySpillStore(BooleanSupplier fails) {
        this.fails = fails;
    }

    @Override
    public CompletableFuture<Void> put(String key, byte[] content) {
        return does(
                () -> {
                    objects.put(key, content);
                    return null;
                });
    }

    @Override
    public CompletableFuture<List<String>> list(String prefix, int most) {
        return does(() -> keys(prefix).stream().limit(most).collect(Collectors.toList()));
    }

    @Override
    public CompletableFuture<List<String>> listAll(String prefix) {
        return does(() -> keys(prefix));
    }

    @Override
    public CompletableFuture<byte[]> get(String key) {
        CompletableFuture<byte[]> content = does(() -> objects.get(key));
        return content.thenCompose(
                bytes ->
                        bytes == null
                                ? CompletableFuture.failedFuture(new IOException("no " + key))
                                : CompletableFuture.completedFuture(bytes));
    }

    @Override
    public CompletableFuture<Void> delete(String key) {
        return does(
                () -> {
                    objects.remove(key);
                    return null;
                });
    }

    @Override
    public void close() {}

    private List<String> keys(String prefix) {
        return objects.keySet().stream()
                .filter(key -> key.startsWith(prefix))
                .collect(Collectors.toList());
    }

    private <T> CompletableFuture<T> does(Supplier<T> work) {
        if (fails.getAsBoolean()) {
            return CompletableFuture.failedFuture(new IOException("before"));
        }
        T result = work.get();
        return fails.getAsBoolean()
                ? CompletableFuture.failedFuture(new IOException("after"))
                : CompletableFuture.completedFuture(result);
    }
}
