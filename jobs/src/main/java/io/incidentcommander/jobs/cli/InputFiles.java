// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.jobs.cli;

import io.incidentcommander.connectors.ingest.AlertPaths;
import io.incidentcommander.model.ingest.AlertFormat;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/** What commands that read files ask of them before anything runs. */
final class InputFiles {
    /** The format option's word for: each record by its content. */
    static final String AUTO = "auto";

    private InputFiles() {}

    /** Fails with {@link ExitCode#INPUT_UNUSABLE}, naming the file, unless it can be read. */
    static void requireReadable(Path file) throws IOException {
        if (!Files.exists(file)) {
            throw new NoSuchFileException(file.toString());
        }
        if (Files.isDirectory(file)) {
            throw new InputUnusableException("is a directory, not a file: " + file);
        }
        if (!Files.isReadable(file)) {
            throw new AccessDeniedException(file.toString());
        }
    }

    /**
     * The files that some paths stand for, in order, each readable: a directory stands for those
     * below it.
     *
     * @throws InputUnusableException if a directory holds none
     */
    static List<Path> filesAt(List<Path> paths) throws IOException {
        List<Path> files = new ArrayList<>();
        for (Path path : paths) {
            if (!Files.isDirectory(path)) {
                files.add(path);
                continue;
            }
            List<String> below = AlertPaths.filesAt(path.toString());
            if (below.isEmpty()) {
                throw new InputUnusableException("no file in the directory: " + path);
            }
            below.forEach(file -> files.add(Path.of(file)));
        }
        for (Path file : files) {
            requireReadable(file);
        }
        return files;
    }

    /** The message for a format that there is not: which there are, but for CSV. */
    static String unknownFormat(String format) {
        return Arrays.stream(AlertFormat.values())
                .filter(known -> known != AlertFormat.CSV)
                .map(AlertFormat::optionName)
                .collect(
                        Collectors.joining(
                                ", ", "unknown format '" + format + "'; there are: auto, ", ""));
    }
}
