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

    /**
     * @param version from 1
     * @param within from the first to the last event of a match
     * @param times how often what the pattern is about has to happen
     */
    public PatternSpec(PatternKind kind, int version, Duration within, int times) {
        this.kind = Objects.requireNonNull(kind, "kind");
        this.version = version;
        this.within = Objects.requireNonNull(within, "within");
        this.times = times;
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

    @Override
    public String toString() {
        return id() + " v" + version + ", " + times + " within " + within;
    }
}
