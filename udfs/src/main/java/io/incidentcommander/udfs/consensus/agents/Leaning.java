// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.udfs.consensus.agents;

import io.incidentcommander.model.lifecycle.IncidentType;

/** What an agent holds an incident to be, before it looks at what can be done. Immutable. */
final class Leaning {
    private final IncidentType type;
    private final String origin;
    private final double belief;
    private final String why;
    private final boolean cautious;

    /**
     * @param origin the service where it began
     * @param belief in type and origin together, in [0, 1]
     * @param why one line
     */
    Leaning(IncidentType type, String origin, double belief, String why) {
        this(type, origin, belief, why, false);
    }

    private Leaning(IncidentType type, String origin, double belief, String why, boolean cautious) {
        this.type = type;
        this.origin = origin;
        this.belief = belief;
        this.why = why;
        this.cautious = cautious;
    }

    /** Of an agent that lets a runbook's risk count. */
    Leaning withCaution() {
        return new Leaning(type, origin, belief, why, true);
    }

    IncidentType type() {
        return type;
    }

    String origin() {
        return origin;
    }

    double belief() {
        return belief;
    }

    boolean isCautious() {
        return cautious;
    }

    String why() {
        return why;
    }
}
