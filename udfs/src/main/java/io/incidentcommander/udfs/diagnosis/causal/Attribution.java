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

    /** A node that no longer answers explains failures and waiting of its callers nearly whole. */
    private static final double SILENT = 0.9;

    /** Clear trouble of its own makes a node worth a look, even if it explains nothing else. */
    private static final double UNRELATED = 0.1;

    private static final double UNRELATED_WITHOUT_SYMPTOM = 0.15;

    /** Trouble that nobody else feels explains little, however clear it is. */
    private static final double ITSELF = 0.3;

    /** As {@link #ITSELF}, for a node that nothing calls: people may be behind it. */
    private static final double ENTRY_ITSELF = 0.6;

    /** What a node inherits of an unexplained caller if its errors and latency are not measured. */
    private static final double UNMEASURED = 0.2;

    /** As {@link #UNMEASURED}, of a node that measures no trouble. */
    private static final double QUIET = 0.1;

    /**
     * As {@link #UNMEASURED}, of what several callers have in common: no more than twice the
     * second.
     */
    private static final double COMMON = 0.9;

    private static final double CLEAR = 3;

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

    /**
     * What nodes inherit of callers whose errors or waiting nothing measured explains: it may be on
     * the way to a callee, or in a callee of which that is not measured. One such caller says
     * little; several that have only this callee in common say that it is the callee.
     */
    SortedMap<String, Double> inherited(Map<String, List<Score>> scores) {
        SortedMap<String, Double> found = new TreeMap<>();
        for (String node : topology.graph().nodes()) {
            List<Double> ofCallers = new ArrayList<>();
            for (String caller : topology.graph().callers(node)) {
                if (observation.at(caller).iterator().hasNext()) {
                    ofCallers.add(waiting(scores.getOrDefault(caller, List.of())));
                }
            }
            double value = inherited(ofCallers, isDark(node) ? UNMEASURED : QUIET);
            if (value > 0) {
                found.put(node, value);
            }
        }
        return found;
    }

    private static double inherited(List<Double> ofCallers, double share) {
        ofCallers.sort(Comparator.reverseOrder());
        long affected = ofCallers.stream().filter(value -> value > 0).count();
        if (affected == 0) {
            return 0;
        }
        double one = share * ofCallers.get(0);
        if (affected == 1) {
            return one;
        }
        double most = 2 * ofCallers.get(1);
        double common = ofCallers.stream().mapToDouble(value -> Math.min(value, most)).sum();
        return Math.max(one, COMMON * common * affected / ofCallers.size());
    }

    /** The clear errors or waiting of a node. */
    private static double waiting(List<Score> ofNode) {
        return ofNode.stream()
                .filter(score -> score.finding.trouble.flowsToCallers())
                .filter(score -> score.finding.surprise >= CLEAR)
                .mapToDouble(score -> score.value)
                .max()
                .orElse(0);
    }

    /** Whether neither errors nor latency of the node are measured. */
    private boolean isDark(String node) {
        return !observation.measures(node, Trouble.ERRORS)
                && !observation.measures(node, Trouble.LATENCY);
    }

    static double total(List<Score> scores) {
        return scores.stream().mapToDouble(s -> s.value).sum();
    }

    private Score score(Finding finding) {
        double share = own.share(finding) * own.unexplained(finding);
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
        if (cause.trouble == target.finding.trouble && cause.trouble.isCounted()) {
            return covered(mine, target.profile);
        }
        double likeness = Robust.cosine(mine, target.profile);
        return likeness
                * (cause.trouble == Trouble.SILENCE ? SILENT * own.depth(cause) : OTHER_KIND);
    }

    private static double covered(double[] by, double[] what) {
        double both = 0;
        for (int row = 0; row < what.length; row++) {
            both += Math.min(by[row], what[row]);
        }
        return both / Robust.sum(what);
    }
}
