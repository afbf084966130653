// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.udfs.ingest;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/**
 * Real deliveries of real senders, kept beside the repository; tests skip where they are absent.
 */
final class Payloads {
    private Payloads() {}

    /** The one delivery of a file. */
    static String of(String file) {
        return read(directory().resolve(file));
    }

    /** The deliveries of a file, one a line. */
    static List<String> linesOf(String file) {
        return of(file).lines().filter(line -> !line.isBlank()).toList();
    }

    /** Every delivery there is, by file and line. */
    static TreeMap<String, String> all() {
        TreeMap<String, String> all = new TreeMap<>();
        try (Stream<Path> files = Files.list(directory())) {
            for (Path file : files.sorted().toList()) {
                String name = file.getFileName().toString();
                if (name.endsWith(".json")) {
                    all.put(name, read(file));
                } else if (name.endsWith(".ndjson")) {
                    List<String> lines = new ArrayList<>(linesOf(name));
                    for (int i = 0; i < lines.size(); i++) {
                        all.put(name + ":" + i, lines.get(i));
                    }
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return all;
    }

    private static Path directory() {
        Path at = Path.of("").toAbsolutePath();
        while (at != null) {
            Path candidate = at.resolveSibling("shared").resolve("payloads");
            if (at.getFileName() != null && Files.isDirectory(candidate)) {
                return candidate;
            }
            at = at.getParent();
        }
        Assumptions.abort("No ../shared/payloads beside the repository: real payloads not tested");
        throw new IllegalStateException("unreachable");
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
