// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.connectors.diagnosis.memory;

import java.util.ArrayList;
import java.util.List;

/** What an archiving did. Filled by it alone. */
public final class ArchiveReport {
    private final List<String> keys = new ArrayList<>();
    private long archived;
    private long deleted;
    private long changedMeanwhile;

    ArchiveReport() {}

    void archived(String key, long patterns) {
        keys.add(key);
        archived += patterns;
    }

    void deletedOne() {
        deleted++;
    }

    void changedOne() {
        changedMeanwhile++;
    }

    /** Objects written and read back. */
    public List<String> keys() {
        return List.copyOf(keys);
    }

    /** Patterns in them. */
    public long archived() {
        return archived;
    }

    /** Patterns that are gone from the index since. */
    public long deleted() {
        return deleted;
    }

    /** Patterns that were learned anew meanwhile, and so stay. */
    public long changedMeanwhile() {
        return changedMeanwhile;
    }

    @Override
    public String toString() {
        return archived + " archived, " + deleted + " deleted, " + changedMeanwhile + " stay";
    }
}
