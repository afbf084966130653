// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.udfs.diagnosis.causal;

import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/**
 * What of each finding is the node's own: errors and latency less those of its callees, a surge
 * less that of its callers. A caller waits no longer than its callees make it wait, and fails no
 * oftener than they fail, unless it adds trouble of its own.
 *
 * <p>In a cycle of calls the clearer trouble explains the other, never both each other.
 */
final class OwnShare {
    private final Observation observation;
    private final Topology topology;
    private final Map<String, Map<Trouble, double[]>> own = new HashMap<>();

    OwnShare(Observation observation, Topology topology) {
        this.observation = observation;
        this.topology = topology;
        for (String node : observation.nodes()) {
            Map<Trouble, double[]> rest = new EnumMap<>(Trouble.class);
            for (Finding finding : observation.at(node)) {
                rest.put(finding.trouble, rest(finding));
            }
            own.put(node, rest);
        }
    }

    /** By row; the same unit as the finding's profile. */
    double[] of(Finding finding) {
        return own.get(finding.node).get(finding.trouble);
    }

    /** From 0, all explained by others, to 1, none. */
    double share(Finding finding) {
        double all = Robust.sum(finding.profile);
        return all > 0 ? Robust.sum(of(finding)) / all : 0;
    }

    /**
     * How much a callee's trouble of another kind explains this one, from 0 to 1: slow callees make
     * callers time out, failing ones make them slow by retries, silent ones both. So does a surge
     * of requests to the node itself.
     */
    double explainedByOtherKinds(Finding finding) {
        double most = bySurge(finding);
        if (!finding.trouble.flowsToCallers() || finding.surprise <= 0) {
            return most;
        }
        for (String callee : topology.graph().callees(finding.node)) {
            for (Finding theirs : observation.at(callee)) {
                if (theirs.trouble != finding.trouble
                        && theirs.trouble != Trouble.SURGE
                        && explains(theirs, finding)) {
                    double together = Robust.cosine(of(theirs), of(finding));
                    double clear = Math.min(1, theirs.surprise / finding.surprise);
                    most = Math.max(most, together * Math.max(0, clear));
                }
            }
        }
        return most;
    }

    private double bySurge(Finding finding) {
        if (finding.surprise <= 0
                || finding.trouble == Trouble.SURGE
                || finding.trouble == Trouble.SILENCE) {
            return 0;
        }
        return observation
                .at(finding.node, Trouble.SURGE)
                .map(
                        surge ->
                                Robust.cosine(surge.profile, finding.profile)
                                        * Math.max(
                                                0, Math.min(1, surge.surprise / finding.surprise)))
                .orElse(0.0);
    }

    private double[] rest(Finding finding) {
        double[] rest = finding.profile.clone();
        if (finding.trouble.flowsToCallers()) {
            Set<String> callees =
                    topology.measuredCallees(
                            finding.node, n -> observation.measures(n, finding.trouble));
            for (String callee : callees) {
                observation
                        .at(callee, finding.trouble)
                        .filter(theirs -> explains(theirs, finding))
                        .ifPresent(theirs -> subtract(rest, theirs.profile));
            }
        } else if (finding.trouble != Trouble.RESOURCE) {
            double[] most = new double[rest.length];
            for (String caller : topology.graph().callers(finding.node)) {
                observation
                        .at(caller, finding.trouble)
                        .filter(theirs -> explains(theirs, finding))
                        .ifPresent(theirs -> maximum(most, theirs.profile));
            }
            subtract(rest, most);
        }
        return rest;
    }

    private boolean explains(Finding theirs, Finding mine) {
        boolean cycle =
                topology.reaches(theirs.node, mine.node)
                        && topology.reaches(mine.node, theirs.node);
        if (!cycle) {
            return true;
        }
        int clearer = Double.compare(theirs.surprise, mine.surprise);
        return clearer > 0 || (clearer == 0 && theirs.node.compareTo(mine.node) < 0);
    }

    private static void subtract(double[] from, double[] what) {
        for (int i = 0; i < from.length; i++) {
            from[i] = Math.max(0, from[i] - what[i]);
        }
    }

    private static void maximum(double[] into, double[] what) {
        for (int i = 0; i < into.length; i++) {
            into[i] = Math.max(into[i], what[i]);
        }
    }
}
