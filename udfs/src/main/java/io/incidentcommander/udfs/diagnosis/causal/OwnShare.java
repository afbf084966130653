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
    /** What trouble of another kind explains at most, that of a callee by its course over time. */
    private static final double OTHER_KIND_EXPLAINS = 0.6;

    /** A callee that no longer answers explains failures and waiting whatever their amounts. */
    private static final double SILENCE_EXPLAINS = 0.9;

    private static final double SURGE_EXPLAINS = 0.8;

    /** From so many spreads on a trouble is there. */
    private static final double CLEAR = 3;

    /** From so many on it explains trouble of another kind, however clear that is. */
    private static final double VERY_CLEAR = 10;

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
     * What is left of a finding, from 0 to 1, once trouble of another kind explains what it can:
     * slow callees make callers time out, failing ones make them slow by retries, and one that is
     * cut off does both; more requests than usual make a node slow; and people leave where an entry
     * is slow or fails.
     */
    double unexplained(Finding finding) {
        if (finding.surprise <= 0) {
            return 1;
        }
        double most = bySurge(finding);
        if (finding.trouble == Trouble.SILENCE) {
            most = Math.max(most, byWaiting(finding));
        }
        if (finding.trouble.flowsToCallers()) {
            for (String callee : topology.graph().callees(finding.node)) {
                for (Finding theirs : observation.at(callee)) {
                    if (theirs.trouble != finding.trouble
                            && theirs.trouble != Trouble.SURGE
                            && explains(theirs, finding)) {
                        most = Math.max(most, strength(theirs) * together(theirs, finding));
                    }
                }
            }
        }
        return 1 - most;
    }

    /** How far down requests went, at the most: from 0 to 1, from a half on in full. */
    double depth(Finding silence) {
        double most = 0;
        for (double share : of(silence)) {
            most = Math.max(most, share);
        }
        return Math.min(1, 2 * most);
    }

    private double strength(Finding theirs) {
        return theirs.trouble == Trouble.SILENCE
                ? SILENCE_EXPLAINS * depth(theirs)
                : OTHER_KIND_EXPLAINS;
    }

    private double together(Finding theirs, Finding finding) {
        double enough = theirs.trouble == Trouble.SILENCE ? CLEAR : VERY_CLEAR;
        double needed = Math.min(enough, finding.surprise);
        double clear = Math.min(1, Math.max(0, theirs.surprise / needed));
        return Robust.cosine(of(theirs), of(finding)) * clear;
    }

    /** Twice as many requests explain whatever is wrong, a few more explain little. */
    private double bySurge(Finding finding) {
        if (finding.trouble == Trouble.SURGE || finding.trouble == Trouble.SILENCE) {
            return 0;
        }
        return observation
                .at(finding.node, Trouble.SURGE)
                .map(
                        surge ->
                                SURGE_EXPLAINS
                                        * Math.min(1, surge.most())
                                        * Robust.cosine(surge.profile, finding.profile)
                                        * Math.min(1, Math.max(0, surge.surprise / CLEAR)))
                .orElse(0.0);
    }

    private double byWaiting(Finding silence) {
        if (!topology.graph().callers(silence.node).isEmpty()) {
            return 0;
        }
        double most = 0;
        for (Finding theirs : observation.at(silence.node)) {
            if (theirs.trouble.flowsToCallers()) {
                double clear = Math.min(1, Math.max(0, theirs.surprise / CLEAR));
                most = Math.max(most, clear * Robust.cosine(theirs.profile, silence.profile));
            }
        }
        return most;
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
                if (finding.trouble == Trouble.SILENCE) {
                    maximum(most, others(caller, finding));
                }
            }
            subtract(rest, most);
        }
        return rest;
    }

    /** What all callees of a caller share is the caller's: it fails before it calls them. */
    private double[] others(String caller, Finding silence) {
        double[] most = new double[silence.profile.length];
        for (String callee : topology.graph().callees(caller)) {
            if (!callee.equals(silence.node)) {
                observation
                        .at(callee, Trouble.SILENCE)
                        .ifPresent(theirs -> maximum(most, theirs.profile));
            }
        }
        return most;
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
