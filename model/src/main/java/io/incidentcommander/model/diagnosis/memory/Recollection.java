// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.model.diagnosis.memory;

import io.incidentcommander.model.diagnosis.MemoryHit;
import java.util.List;
import java.util.Objects;

/** What came of a search: hits, and how much of the memory could be searched. Immutable. */
public final class Recollection {
    /** Which of the two searches answered. */
    public enum Extent {
        /** By meaning and by words. */
        WHOLE,
        /** By words alone: no vector, or none that fits. */
        WORDS_ONLY,
        /** By meaning alone. */
        MEANING_ONLY,
        /** Not at all: no answer in time, or an error. */
        NONE
    }

    private final Extent extent;
    private final List<MemoryHit> hits;
    private final String reason;

    /**
     * @param hits best first
     * @param reason why not the whole, empty if it is
     */
    public Recollection(Extent extent, List<MemoryHit> hits, String reason) {
        this.extent = Objects.requireNonNull(extent, "extent");
        this.hits = List.copyOf(hits);
        this.reason = Objects.requireNonNull(reason, "reason");
    }

    public static Recollection none(String reason) {
        return new Recollection(Extent.NONE, List.of(), reason);
    }

    public Extent extent() {
        return extent;
    }

    public List<MemoryHit> hits() {
        return hits;
    }

    public String reason() {
        return reason;
    }

    @Override
    public String toString() {
        return extent + " " + hits + (reason.isEmpty() ? "" : " (" + reason + ")");
    }
}
