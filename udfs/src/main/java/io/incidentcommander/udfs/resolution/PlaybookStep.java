// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.udfs.resolution;

import java.io.Serializable;
import java.util.Objects;
import java.util.Optional;

/** One step of a playbook, whatever it is carried out on. Immutable. */
final class PlaybookStep implements Serializable {
    private static final long serialVersionUID = 1L;

    private final String name;
    private final String document;
    private final String undo;
    private final PlanStep.Way way;

    /**
     * @param undo empty: nothing takes it back
     */
    PlaybookStep(String name, String document, String undo, PlanStep.Way way) {
        this.name = Objects.requireNonNull(name, "name");
        this.document = Objects.requireNonNull(document, "document");
        this.undo = Objects.requireNonNull(undo, "undo");
        this.way = Objects.requireNonNull(way, "way");
    }

    String name() {
        return name;
    }

    PlanStep.Way way() {
        return way;
    }

    String document() {
        return document;
    }

    Optional<String> undo() {
        return undo.isEmpty() ? Optional.empty() : Optional.of(undo);
    }
}
