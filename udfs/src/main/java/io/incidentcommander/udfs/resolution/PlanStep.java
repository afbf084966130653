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

    /** How a step is sent. */
    public enum Way {
        /** An automation with the step's token: however often it is sent, it happens once. */
        AUTOMATION,
        /** A command, which has no token and so may only look: it may happen twice. */
        COMMAND
    }

    private final String name;
    private final Kind kind;
    private final Way way;
    private final String document;
    private final UUID token;

    PlanStep(String name, Kind kind, Way way, String document, UUID token) {
        if (kind != Kind.VALIDATE && way == Way.COMMAND) {
            throw new IllegalArgumentException("Only what looks is a command: " + name);
        }
        this.name = Objects.requireNonNull(name, "name");
        this.kind = Objects.requireNonNull(kind, "kind");
        this.way = Objects.requireNonNull(way, "way");
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

    public Way way() {
        return way;
    }

    /** What is run: the name of a document of this way. */
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
