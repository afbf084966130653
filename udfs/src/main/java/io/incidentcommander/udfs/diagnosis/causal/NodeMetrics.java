// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.udfs.diagnosis.causal;

import io.incidentcommander.model.diagnosis.MetricKey;
import io.incidentcommander.model.diagnosis.MetricTable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The series of one node, sorted by what they mean, in the normal period and in the issue. */
final class NodeMetrics {
    private static final Pattern LAST_NUMBER = Pattern.compile(".*?(\\d+(?:\\.\\d+)?)\\D*$");
    private static final List<String> COUNTS = List.of("samplecount", "count", "n");

    /** A series in both periods; NaN where a period lacks it. */
    static final class Pair {
        final MetricKey key;
        final double[] normal;
        final double[] issue;
        final boolean inIssue;

        /** Whether all values, before rows were merged, are whole: a count of something. */
        final boolean counted;

        Pair(MetricKey key, double[] normal, double[] issue, boolean inIssue, Grain grain) {
            this.key = key;
            this.normal = grain.merge(normal);
            this.issue = grain.merge(issue);
            this.inIssue = inIssue;
            this.counted = Rowwise.whole(normal) && Rowwise.whole(issue);
        }

        private Pair(Pair like, double[] normal, double[] issue) {
            this.key = like.key;
            this.normal = normal;
            this.issue = issue;
            this.inIssue = like.inIssue;
            this.counted = false;
        }

        /** The same series with other values. */
        Pair with(double[] otherNormal, double[] otherIssue) {
            return new Pair(this, otherNormal, otherIssue);
        }
    }

    final String node;
    private final Map<MetricMeaning, List<Pair>> byMeaning = new EnumMap<>(MetricMeaning.class);

    private NodeMetrics(String node) {
        this.node = node;
    }

    List<Pair> of(MetricMeaning meaning) {
        return byMeaning.getOrDefault(meaning, List.of());
    }

    /** All nodes that have series in either table, by name. */
    static SortedMap<String, NodeMetrics> of(MetricTable normal, MetricTable issue, Grain grain) {
        SortedMap<MetricKey, double[]> keys = new TreeMap<>(normal.series());
        keys.putAll(issue.series());
        SortedMap<String, NodeMetrics> nodes = new TreeMap<>();
        for (MetricKey key : keys.keySet()) {
            double[] before = normal.series().get(key);
            double[] during = issue.series().get(key);
            Pair pair =
                    new Pair(
                            key,
                            before == null ? missing(normal.rows()) : before,
                            during == null ? missing(issue.rows()) : during,
                            during != null,
                            grain);
            nodes.computeIfAbsent(key.node(), NodeMetrics::new).add(pair);
        }
        nodes.values().forEach(NodeMetrics::order);
        return nodes;
    }

    private void add(Pair pair) {
        MetricMeaning meaning = MetricMeaning.of(pair.key.metric());
        String statistic = statistic(pair);
        if (meaning == MetricMeaning.LATENCY && COUNTS.contains(statistic)) {
            meaning = MetricMeaning.TRAFFIC;
        }
        byMeaning.computeIfAbsent(meaning, m -> new ArrayList<>()).add(pair);
    }

    /** The mean before percentiles, low percentiles before high ones: sums need the mean. */
    private void order() {
        byMeaning
                .getOrDefault(MetricMeaning.LATENCY, new ArrayList<>())
                .sort((a, b) -> Integer.compare(tail(a), tail(b)));
    }

    /** 0 for a mean, 1 if nothing is said, 1000 for sums and extremes, else the percentile. */
    static int tail(Pair pair) {
        String statistic = statistic(pair);
        String name = pair.key.metric().toLowerCase(Locale.ROOT) + " " + statistic;
        if (name.contains("average") || name.contains("mean") || name.contains("avg")) {
            return 0;
        }
        if (statistic.equals("sum") || statistic.startsWith("max") || statistic.startsWith("min")) {
            return 1000;
        }
        Matcher digits = LAST_NUMBER.matcher(name);
        if (!digits.matches()) {
            return 1;
        }
        double percentile = Double.parseDouble(digits.group(1));
        return (int) (percentile <= 1 ? percentile * 100 : Math.min(percentile, 100));
    }

    private static String statistic(Pair pair) {
        return pair.key.statistic().toLowerCase(Locale.ROOT);
    }

    private static double[] missing(int rows) {
        double[] values = new double[rows];
        Arrays.fill(values, Double.NaN);
        return values;
    }
}
