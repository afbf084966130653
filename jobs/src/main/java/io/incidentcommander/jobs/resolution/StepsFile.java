// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.jobs.resolution;

import io.incidentcommander.udfs.resolution.StepRecord;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;

/** What became of steps, as text: a token and a word on each line. */
public final class StepsFile {
    private StepsFile() {}

    public static String line(UUID token, StepRecord.Status status) {
        return token + " " + status;
    }

    /**
     * @throws IOException if it cannot be read, or a line is none
     */
    public static Map<UUID, StepRecord.Status> read(Path file) throws IOException {
        Map<UUID, StepRecord.Status> steps = new HashMap<>();
        int number = 0;
        for (String line : Files.readAllLines(file)) {
            number++;
            String[] words = line.split(" ", -1);
            try {
                steps.put(UUID.fromString(words[0]), StepRecord.Status.valueOf(words[1]));
            } catch (IllegalArgumentException | ArrayIndexOutOfBoundsException e) {
                throw new IOException(
                        file + ", line " + number + ": no token and what became of it", e);
            }
        }
        return steps;
    }
}
