// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.jobs.finite;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Where a finite run leaves its results below the output directory. */
public final class ResultFiles {
    /** One incident a line, in its final state, by opening time. */
    public static final String INCIDENTS = "incidents.ndjson";

    /** One alert a line, in input order. */
    public static final String ALERTS = "alerts.ndjson";

    /** One rejected record, or part of one, a line, in input order. */
    public static final String DEAD_LETTERS = "dead-letters.ndjson";

    /** One kind of log entry a line that came out of the ordinary often, by its first entry. */
    public static final String LOGS = "logs.ndjson";

    /** Counts per source. */
    public static final String LEDGER = "ledger.json";

    static final List<String> ALL = List.of(INCIDENTS, ALERTS, DEAD_LETTERS, LOGS, LEDGER);

    private final Path directory;

    private ResultFiles(Path directory) {
        this.directory = directory;
    }

    public static ResultFiles in(Path directory) {
        return new ResultFiles(directory);
    }

    public Path incidents() {
        return directory.resolve(INCIDENTS);
    }

    public Path alerts() {
        return directory.resolve(ALERTS);
    }

    public Path deadLetters() {
        return directory.resolve(DEAD_LETTERS);
    }

    public Path logs() {
        return directory.resolve(LOGS);
    }

    public Path ledger() {
        return directory.resolve(LEDGER);
    }

    /** A live run has no file of dead letters, which went to their topic. */
    boolean isOfLiveRun() {
        return Files.notExists(deadLetters());
    }
}
