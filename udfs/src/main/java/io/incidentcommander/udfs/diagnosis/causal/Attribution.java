// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.udfs.diagnosis.causal;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Scores nodes as root causes: how clear their own trouble is, times how much of the targets it
 * accounts for. Errors and latency account for those of callers by amount: the share of the
 * target's excess, row by row, that the node's own excess covers. Trouble of another kind has
 * another unit and accounts by its course over time only, and for less.
 */
final class Attribution {
    /** Trouble of another kind, going the same course. */
    private static final double OTHER_KIND = 0.5;

    /** What is left of trouble that a callee's trouble of another kind explains. */
    private static final double EXPLAINED_BY_OTHER_KIND = 0.6;

    /** Clear trouble of its own makes a node worth a look, even if it explains nothing else. */
    private static final double UNRELATED = 0.1;

    private static final double UNRELATED_WITHOUT_SYMPTOM = 0.15;

    /** Trouble that nobody else feels explains little, however clear it is. */
    private static final double ITSELF = 0.3;

    /** As {@link #ITSELF}, for a node that nothing calls: people may be behind it. */
    private static final double ENTRY_ITSELF = 0.6;

    /** What a node without any metrics inherits of an unexplained caller. */
    private static final double UNMEASURED = 0.2;

    private final Observation observation;
    private final Topology topology;
    private final List<Target> targets;
    private final OwnShare own;
    private final double unrelated;

    Attribution(
            Observation observation, Topology topology, List<Target> targets, boolean symptomSeen) {
        this.observation = observation;
        this.topology = topology;
        this.targets = targets;
        this.own = new OwnShare(observation, topology);
        this.unrelated = symptomSeen ? UNRELATED : UNRELATED_WITHOUT_SYMPTOM;
    }

    OwnShare own() {
        return own;
    }

    /** The scores above 0 of each node, greatest first. */
    SortedMap<String, List<Score>> scores() {
        SortedMap<String, List<Score>> scores = new TreeMap<>();
        for (String node : observation.nodes()) {
            List<Score> ofNode = new ArrayList<>();
            for (Finding finding : observation.at(node)) {
                Score score = score(finding);
                if (score.value > 0) {
                    ofNode.add(score);
                }
            }
            if (!ofNode.isEmpty()) {
                ofNode.sort(Comparator.comparingDouble((Score s) -> s.value).reversed());
                scores.put(node, ofNode);
            }
        }
        return scores;
    }

    /** Nodes that nobody measures, below a caller whose trouble nothing else explains. */
    Map<String, Double> unmeasured(Map<String, List<Score>> scores) {
        Map<String, Double> found = new TreeMap<>();
        for (String node : topology.graph().nodes()) {
            if (observation.at(node).iterator().hasNext()) {
                continue;
            }
            double most = 0;
            for (String caller : topology.graph().callers(node)) {
                most = Math.max(most, UNMEASURED * total(scores.getOrDefault(caller, List.of())));
            }
            if (most > 0) {
                found.put(node, most);
            }
        }
        return found;
    }

    static double total(List<Score> scores) {
        return scores.stream().mapToDouble(s -> s.value).sum();
    }

    private Score score(Finding finding) {
        double share =
                own.share(finding)
                        * (1 - EXPLAINED_BY_OTHER_KIND * own.explainedByOtherKinds(finding));
        double clear = Score.of(finding.surprise * share);
        if (clear == 0) {
            return new Score(finding, share, 0, 0);
        }
        double value = clear * unrelated;
        double accounted = 0;
        double all = 0;
        for (Target target : targets) {
            double accounts = accounts(finding, target);
            accounted += target.weight * accounts;
            all += target.weight;
            value += accounts * gain(finding, clear, target);
        }
        return new Score(finding, share, all > 0 ? accounted / all : 0, value);
    }

    /** What it is worth to account for all of a target. */
    private double gain(Finding cause, double clear, Target target) {
        if (target.vouchedFor) {
            return clear * target.certainty;
        }
        if (target.finding == cause) {
            boolean entry = topology.graph().callers(cause.node).isEmpty();
            return clear * (entry ? ENTRY_ITSELF : ITSELF);
        }
        return Math.min(clear, target.weight);
    }

    private double accounts(Finding cause, Target target) {
        String seenAt = target.finding.node;
        boolean upwards = topology.reaches(seenAt, cause.node);
        boolean surge = cause.trouble == Trouble.SURGE;
        if (!upwards && !(surge && topology.reaches(cause.node, seenAt))) {
            return 0;
        }
        double[] mine = own.of(cause);
        if (cause.trouble == target.finding.trouble && cause.trouble.flowsToCallers()) {
            return covered(mine, target.profile);
        }
        return OTHER_KIND * Robust.cosine(mine, target.profile);
    }

    private static double covered(double[] by, double[] what) {
        double both = 0;
        for (int row = 0; row < what.length; row++) {
            both += Math.min(by[row], what[row]);
        }
        return both / Robust.sum(what);
    }
}
