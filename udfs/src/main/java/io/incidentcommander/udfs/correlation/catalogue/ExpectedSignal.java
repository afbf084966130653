// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.udfs.correlation.catalogue;

import io.incidentcommander.udfs.correlation.matching.Matchers;
import java.util.Objects;

/** A signal that must come at least so often, or the service has failed in silence. Immutable. */
public final class ExpectedSignal {
    private final String source;
    private final Matchers matchers;
    private final long withinMillis;

    /**
     * @param source id of the source it comes from; empty: from any
     * @param matchers which of the service's alerts count
     * @param withinMillis the longest time without one, in event time
     */
    public ExpectedSignal(String source, Matchers matchers, long withinMillis) {
        this.source = Objects.requireNonNull(source, "source");
        this.matchers = Objects.requireNonNull(matchers, "matchers");
        this.withinMillis = withinMillis;
        if (withinMillis <= 0) {
            throw new IllegalArgumentException("a signal is expected within a time above zero");
        }
    }

    public String source() {
        return source;
    }

    public Matchers matchers() {
        return matchers;
    }

    public long withinMillis() {
        return withinMillis;
    }

    @Override
    public String toString() {
        return (source.isEmpty() ? "any source" : source) + " " + matchers + " " + withinMillis;
    }
}
