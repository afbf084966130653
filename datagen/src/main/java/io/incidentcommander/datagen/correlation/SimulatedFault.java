// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.datagen.correlation;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/** One injected fault: where it began and when it reached whom. Immutable. */
public final class SimulatedFault {
    /** How a fault lies to the one before it. */
    public enum Relation {
        /** Alone in its time. */
        ALONE,
        /** At the same time, and no service in common. */
        SAME_TIME,
        /** At the same time, and with a service in common. */
        SAME_SERVICE
    }

    private final String origin;
    private final Relation relation;
    private final Map<String, Long> reachedMillis;

    SimulatedFault(String origin, Relation relation, Map<String, Long> reachedMillis) {
        this.origin = origin;
        this.relation = relation;
        this.reachedMillis = Collections.unmodifiableMap(new TreeMap<>(reachedMillis));
    }

    public String origin() {
        return origin;
    }

    public Relation relation() {
        return relation;
    }

    /** When each service began to suffer, epoch ms, the origin and silent ones included. */
    public Map<String, Long> reachedMillis() {
        return reachedMillis;
    }

    @Override
    public String toString() {
        return relation + " fault of " + origin + ", " + reachedMillis.size() + " services";
    }
}
