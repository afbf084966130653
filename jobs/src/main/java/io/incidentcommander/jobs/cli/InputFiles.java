// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.jobs.cli;

import io.incidentcommander.model.ingest.AlertFormat;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
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
