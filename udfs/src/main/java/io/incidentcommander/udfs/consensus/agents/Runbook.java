// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.udfs.consensus.agents;

import io.incidentcommander.model.consensus.Action;
import io.incidentcommander.model.consensus.RiskLevel;
import io.incidentcommander.model.lifecycle.IncidentType;
import java.io.Serializable;
import java.util.EnumSet;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;

/** Something that can be done to a service, and what it is good for. Immutable. */
public final class Runbook implements Serializable {
    private static final long serialVersionUID = 1L;

    private final String id;
    private final String version;
    private final EnumSet<IncidentType> types;
    private final RiskLevel risk;
    private final long estimatedMillis;
    private final TreeMap<String, String> parameters;
    private final String rollback;

    /**
     * @param types of incidents that it is offered against; none: only if an agent proposes it
     * @param estimatedMillis how long it usually takes
     * @param rollback how it is undone, in words
     */
    Runbook(
            String id,
            String version,
            Set<IncidentType> types,
            RiskLevel risk,
            long estimatedMillis,
            TreeMap<String, String> parameters,
            String rollback) {
        this.id = Objects.requireNonNull(id, "id");
        this.version = Objects.requireNonNull(version, "version");
        this.types = EnumSet.copyOf(types);
        this.risk = Objects.requireNonNull(risk, "risk");
        this.estimatedMillis = estimatedMillis;
        this.parameters = new TreeMap<>(parameters);
        this.rollback = Objects.requireNonNull(rollback, "rollback");
    }

    /** As actions name it. */
    public String id() {
        return id;
    }

    /** This runbook in its version, with its parameters. */
    public Action on(String service) {
        return new Action(id, version, service, parameters);
    }

    boolean helpsAgainst(IncidentType type) {
        return types.contains(type);
    }

    boolean is(Action action) {
        return id.equals(action.runbook()) && version.equals(action.version());
    }

    public RiskLevel risk() {
        return risk;
    }

    public long estimatedMillis() {
        return estimatedMillis;
    }

    public String rollback() {
        return rollback;
    }

    @Override
    public String toString() {
        return id + "@" + version;
    }
}
