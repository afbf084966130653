// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.udfs.diagnosis.causal;

import io.incidentcommander.model.diagnosis.CallGraph;
import io.incidentcommander.model.diagnosis.CausalRanking;
import io.incidentcommander.model.diagnosis.MetricKey;
import io.incidentcommander.model.diagnosis.MetricTable;
import io.incidentcommander.model.diagnosis.RankedCause;
import io.incidentcommander.model.diagnosis.Symptom;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * Ranks the nodes of a call graph as the root cause of an issue, from metric series of a normal
 * period and of the issue. Errors and latency are followed from callers to callees, load from
 * callees to callers, at most {@link Topology#DEPTH} calls far.
 *
 * <p>Whether anything is unusual at all is asked of the normal period: the very same ranking is
 * made of its stretches of the length of the issue, see {@link UsualScores}. Pure and thread safe;
 * the same input gives the same output.
 */
public final class CausalRanker {
    private static final int MOST_STRETCHES = 200;
    private static final int MOST_SERIES_TOLD = 3;
    private static final int FEWEST_ROWS_TO_CONTRAST = 3;
    private static final int FEWEST_SERIES_TO_JUDGE_DRIFT = 20;
    private static final double DRIFTED_SPREADS = 5;
    private static final double DRIFTED_FOR_THE_BETTER = 0.025;
    private static final double DRIFTED_FOR_THE_WORSE = 0.05;

    /**
     * @param normal rows of a period in which nothing was wrong
     * @param issue rows around the issue; of the same width in time as those of the normal period
     */
    public CausalRanking rank(
            CallGraph graph, MetricTable normal, MetricTable issue, Optional<Symptom> symptom) {
        Grain grain = Grain.of(normal, issue);
        SortedMap<String, List<Channel>> channels = Channels.of(graph, normal, issue, grain);
        Topology topology = new Topology(graph);
        MetricTable before = grain.times(normal);
        MetricTable during = grain.times(issue);
        CausalRanking ranking = CausalRanking.nothingUnusual(1);
        for (Baseline baseline : baselines(channels, during.rows())) {
            ranking = rank(channels, topology, before, during, symptom, baseline, grain.stretch);
            if (ranking.verdict() == CausalRanking.Verdict.ROOT_CAUSE) {
                return ranking;
            }
        }
        return ranking;
    }

    /**
     * Which baselines to try, in order. Where many series are at another quiet level than ever in
     * the normal period, that period is out of date, and the quiet rows of the issue tell more.
     */
    private static List<Baseline> baselines(
            SortedMap<String, List<Channel>> channels, int issueRows) {
        int better = 0;
        int worse = 0;
        int all = 0;
        for (List<Channel> ofNode : channels.values()) {
            for (Channel channel : ofNode) {
                double drift = channel.drift();
                if (channel.trouble != Trouble.SILENCE && !Double.isNaN(drift)) {
                    all++;
                    better += drift < -DRIFTED_SPREADS ? 1 : 0;
                    worse += drift > DRIFTED_SPREADS ? 1 : 0;
                }
            }
        }
        boolean drifted =
                issueRows >= FEWEST_ROWS_TO_CONTRAST
                        && all >= FEWEST_SERIES_TO_JUDGE_DRIFT
                        && (better > DRIFTED_FOR_THE_BETTER * all
                                || worse > DRIFTED_FOR_THE_WORSE * all);
        return drifted ? List.of(Baseline.QUIET_ROWS, Baseline.NORMAL) : List.of(Baseline.NORMAL);
    }

    private static CausalRanking rank(
            SortedMap<String, List<Channel>> channels,
            Topology topology,
            MetricTable normal,
            MetricTable issue,
            Optional<Symptom> symptom,
            Baseline baseline,
            int rows) {
        int firstRow = firstRow(issue, symptom);
        Observation observation = new Observation(channels, c -> c.ofIssue(baseline));
        List<Target> targets = Target.of(observation, symptom, firstRow);
        Attribution attribution =
                new Attribution(observation, topology, targets, symptom.isPresent());
        SortedMap<String, List<Score>> scores = attribution.scores();
        SortedMap<String, Double> inherited = attribution.inherited(scores);
        double best = best(scores);

        UsualScores usual = new UsualScores();
        int stretches = Math.min(MOST_STRETCHES, normal.rows() / Math.max(1, rows));
        for (int i = 0; i < stretches; i++) {
            int from = (int) ((long) i * (normal.rows() - rows) / Math.max(1, stretches - 1));
            Observation other = new Observation(channels, c -> c.ofNormal(from, rows, baseline));
            List<Target> theirs = Target.of(other, symptom, firstRow);
            Attribution usually = new Attribution(other, topology, theirs, symptom.isPresent());
            usual.add(best(usually.scores()));
        }
        double chance = usual.chanceOf(best);
        if (!usual.isUnusual(best)) {
            return CausalRanking.nothingUnusual(chance);
        }
        Evidence evidence = new Evidence(issue, observation, topology, attribution, targets);
        return CausalRanking.of(causes(scores, inherited, evidence), chance);
    }

    private static List<RankedCause> causes(
            SortedMap<String, List<Score>> scores,
            SortedMap<String, Double> inherited,
            Evidence evidence) {
        SortedSet<String> nodes = new TreeSet<>(scores.keySet());
        nodes.addAll(inherited.keySet());
        List<RankedCause> causes = new ArrayList<>();
        for (String node : nodes) {
            List<String> sentences = new ArrayList<>();
            List<Score> ofNode = scores.getOrDefault(node, List.of());
            if (!ofNode.isEmpty()) {
                sentences.addAll(evidence.of(ofNode));
            }
            double fromCallers = inherited.getOrDefault(node, 0.0);
            if (fromCallers > Attribution.total(ofNode)) {
                sentences.add(0, evidence.ofInherited(node));
            }
            causes.add(
                    new RankedCause(
                            node, total(node, scores, inherited), sentences, seenIn(ofNode)));
        }
        causes.sort(
                Comparator.comparingDouble(RankedCause::score)
                        .reversed()
                        .thenComparing(RankedCause::node));
        return causes;
    }

    private static List<MetricKey> seenIn(List<Score> scores) {
        List<MetricKey> series = new ArrayList<>();
        for (Score score : scores) {
            if (series.size() < MOST_SERIES_TOLD) {
                series.add(score.finding.lead.channel.source);
            }
        }
        return series;
    }

    private static double total(
            String node, SortedMap<String, List<Score>> scores, Map<String, Double> inherited) {
        return Attribution.total(scores.getOrDefault(node, List.of()))
                + inherited.getOrDefault(node, 0.0);
    }

    /** Of what was seen at the nodes themselves: what they inherit says nothing of its own. */
    private static double best(SortedMap<String, List<Score>> scores) {
        return scores.values().stream().mapToDouble(Attribution::total).max().orElse(0);
    }

    /** The first row that was not over when the symptom was seen. */
    private static int firstRow(MetricTable issue, Optional<Symptom> symptom) {
        if (symptom.isEmpty() || symptom.get().time().isEmpty()) {
            return 0;
        }
        double seen = symptom.get().time().getAsDouble();
        int row = 0;
        while (row < issue.rows() && issue.time(row) + issue.step() <= seen) {
            row++;
        }
        return row < issue.rows() ? row : 0;
    }
}
