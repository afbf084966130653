// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.udfs.detection;

import io.incidentcommander.model.detection.PatternKind;
import java.io.Serializable;
import java.time.Duration;
import java.util.Objects;

/**
 * Name, version and time of a pattern. A pattern that changes in any way gets a new version, and
 * with it a new operator; what the old one had begun is lost, for at most {@link #within}.
 * Immutable.
 */
public final class PatternSpec implements Serializable {
    private static final long serialVersionUID = 1L;

    private final PatternKind kind;
    private final int version;
    private final Duration within;
    private final int times;
    private final Duration rest;

    /**
     * @param version from 1
     * @param within from the first to the last event of a match
     * @param times how often what the pattern is about has to happen
     */
    public PatternSpec(PatternKind kind, int version, Duration within, int times) {
        this(kind, version, within, times, Duration.ZERO);
    }

    private PatternSpec(PatternKind kind, int version, Duration within, int times, Duration rest) {
        this.kind = Objects.requireNonNull(kind, "kind");
        this.version = version;
        this.within = Objects.requireNonNull(within, "within");
        this.times = times;
        this.rest = rest;
        if (version < 1 || times < 1 || within.isNegative() || within.isZero()) {
            throw new IllegalArgumentException(
                    "A pattern has a version, a number and a time above zero: "
                            + version
                            + ", "
                            + times
                            + ", "
                            + within);
        }
    }

    /**
     * The same, of whose matches each has the next one of its key wait: what happens less than this
     * after its last event is part of none.
     */
    public PatternSpec restingFor(Duration afterMatch) {
        return new PatternSpec(kind, version, within, times, afterMatch);
    }

    public PatternKind kind() {
        return kind;
    }

    /** {@code slow-leak}. */
    public String id() {
        return kind.word().replace('_', '-');
    }

    public int version() {
        return version;
    }

    public Duration within() {
        return within;
    }

    public int times() {
        return times;
    }

    public Duration rest() {
        return rest;
    }

    @Override
    public String toString() {
        return id() + " v" + version + ", " + times + " within " + within;
    }
}
