// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.model.diagnosis;

import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;

/** What somebody saw going wrong: where, and if told, in which metric and since when. Immutable. */
public final class Symptom {
    private final String node;
    private final Optional<String> metric;
    private final OptionalDouble time;

    /**
     * @param time Unix seconds
     */
    public Symptom(String node, Optional<String> metric, OptionalDouble time) {
        this.node = Objects.requireNonNull(node, "node");
        this.metric = Objects.requireNonNull(metric, "metric");
        this.time = Objects.requireNonNull(time, "time");
    }

    public String node() {
        return node;
    }

    public Optional<String> metric() {
        return metric;
    }

    /** Unix seconds. */
    public OptionalDouble time() {
        return time;
    }
}
