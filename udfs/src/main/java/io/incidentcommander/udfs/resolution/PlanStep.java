// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.udfs.resolution;

import java.util.Objects;
import java.util.UUID;

/** One step of a plan. Immutable. */
public final class PlanStep {
    /** What a step is for, in the order in which kinds come. */
    public enum Kind {
        SANDBOX,
        CHANGE,
        VALIDATE
    }

    private final String name;
    private final Kind kind;
    private final String document;
    private final UUID token;

    PlanStep(String name, Kind kind, String document, UUID token) {
        this.name = Objects.requireNonNull(name, "name");
        this.kind = Objects.requireNonNull(kind, "kind");
        this.document = Objects.requireNonNull(document, "document");
        this.token = Objects.requireNonNull(token, "token");
    }

    /** Unique in its plan. */
    public String name() {
        return name;
    }

    public Kind kind() {
        return kind;
    }

    /** What is run: the name of an automation document. */
    public String document() {
        return document;
    }

    /** Sent with the step, whenever it is sent. */
    public UUID token() {
        return token;
    }

    @Override
    public String toString() {
        return name + " (" + kind + ", " + token + ")";
    }
}
