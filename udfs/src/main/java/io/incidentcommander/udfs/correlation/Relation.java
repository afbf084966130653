// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.udfs.correlation;

import java.util.Comparator;

/** How an alert is related to an incident, and how well chance explains it. Immutable. */
final class Relation {
    /** What they have in common, the strongest first. */
    enum Rule {
        SERVICE,
        TOPOLOGY,
        LABEL,
        TEXT
    }

    /** The least explained by chance first; then the older incident. */
    static final Comparator<Relation> BEST =
            Comparator.comparingDouble(Relation::chance)
                    .thenComparing(Relation::rule)
                    .thenComparingLong(r -> r.incident.open().incident().openedAtMillis())
                    .thenComparing(r -> r.incident.id());

    private final LiveIncident incident;
    private final Rule rule;
    private final String by;
    private final long afterMillis;
    private final double chance;

    /**
     * @param by the service it is near, or the trait they share
     * @param afterMillis how long after the latest such alert of the incident it came
     * @param chance that an unrelated alert comes so close
     */
    Relation(LiveIncident incident, Rule rule, String by, long afterMillis, double chance) {
        this.incident = incident;
        this.rule = rule;
        this.by = by;
        this.afterMillis = afterMillis;
        this.chance = chance;
    }

    LiveIncident incident() {
        return incident;
    }

    Rule rule() {
        return rule;
    }

    String by() {
        return by;
    }

    long afterMillis() {
        return afterMillis;
    }

    double chance() {
        return chance;
    }

    @Override
    public String toString() {
        return rule + " " + by + " " + chance + " " + incident;
    }
}
