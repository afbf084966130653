// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.udfs.consensus.agents;

import io.incidentcommander.model.correlation.Topology;
import io.incidentcommander.model.detection.PatternMatch;
import io.incidentcommander.model.diagnosis.CausalVerdict;
import io.incidentcommander.model.lifecycle.Incident;
import java.util.List;
import java.util.Objects;

/** All that a built-in agent is told of an incident. Immutable. */
public final class CaseFile {
    private final Incident incident;
    private final List<PatternMatch> matches;
    private final Topology topology;
    private final CausalVerdict causal;

    /** As the other, where no metrics are kept. */
    public CaseFile(Incident incident, List<PatternMatch> matches, Topology topology) {
        this(incident, matches, topology, CausalVerdict.noMetrics());
    }

    /**
     * @param matches of the tenant, those of other services too
     * @param causal what the metrics say
     */
    public CaseFile(
            Incident incident,
            List<PatternMatch> matches,
            Topology topology,
            CausalVerdict causal) {
        this.causal = Objects.requireNonNull(causal, "causal");
        this.incident = Objects.requireNonNull(incident, "incident");
        this.matches = List.copyOf(matches);
        this.topology = Objects.requireNonNull(topology, "topology");
    }

    public Incident incident() {
        return incident;
    }

    public List<PatternMatch> matches() {
        return matches;
    }

    public Topology topology() {
        return topology;
    }

    public CausalVerdict causal() {
        return causal;
    }
}
