// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.udfs.diagnosis.causal;

import io.incidentcommander.model.diagnosis.CallGraph;
import io.incidentcommander.model.diagnosis.MetricTable;
import io.incidentcommander.udfs.diagnosis.causal.Channel.Direction;
import io.incidentcommander.udfs.diagnosis.causal.Channel.Samples;
import io.incidentcommander.udfs.diagnosis.causal.NodeMetrics.Pair;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/** Makes the {@link Channel}s of all nodes from the two tables. */
final class Channels {
    private static final int FEWEST_VALUES = 5;

    /** A deviation below this share of the usual level is nothing, however steady the level. */
    private static final double LEAST_CHANGE = 0.03;

    /** Share of failed requests that is nothing where their number is not known. */
    private static final double LEAST_FAILURE_SHARE = 0.005;

    private final CallGraph graph;
    private final SortedMap<String, NodeMetrics> nodes;
    private final boolean weighted;
    private final boolean countedTraffic;
    private final Grain grain;
    private final Map<String, Double> seconds;
    private final Set<String> shares;

    private Channels(CallGraph graph, SortedMap<String, NodeMetrics> nodes, Grain grain) {
        this.graph = graph;
        this.grain = grain;
        this.seconds = LatencyUnits.of(nodes.values());
        this.shares = FailureShares.of(nodes.values());
        this.nodes = nodes;
        this.weighted = mostHaveTraffic();
        this.countedTraffic =
                nodes.values().stream()
                        .flatMap(n -> n.of(MetricMeaning.TRAFFIC).stream().limit(1))
                        .allMatch(pair -> pair.counted);
    }

    static SortedMap<String, List<Channel>> of(
            CallGraph graph, MetricTable normal, MetricTable issue, Grain grain) {
        Channels channels = new Channels(graph, NodeMetrics.of(normal, issue, grain), grain);
        SortedMap<String, List<Channel>> made = new TreeMap<>();
        channels.nodes.forEach((name, node) -> made.put(name, channels.of(node)));
        return made;
    }

    /** Excess is counted over requests only where nearly all nodes tell how many they have. */
    private boolean mostHaveTraffic() {
        long flowing =
                nodes.values().stream()
                        .filter(
                                n ->
                                        !n.of(MetricMeaning.LATENCY).isEmpty()
                                                || !n.of(MetricMeaning.AVAILABILITY).isEmpty()
                                                || !n.of(MetricMeaning.FAILURE).isEmpty())
                        .count();
        long counted =
                nodes.values().stream().filter(n -> !n.of(MetricMeaning.TRAFFIC).isEmpty()).count();
        return counted > 0 && counted >= 0.7 * flowing;
    }

    private List<Channel> of(NodeMetrics node) {
        List<Channel> channels = new ArrayList<>();
        Samples traffic = traffic(node);
        errors(node, traffic, channels);
        latency(node, traffic, channels);
        for (Pair pair : node.of(MetricMeaning.RESOURCE)) {
            if (enough(pair)) {
                channels.add(resource(pair, node));
            }
        }
        for (Pair pair : node.of(MetricMeaning.TRAFFIC)) {
            double level = Math.abs(Robust.median(pair.normal));
            // Where requests are rare there is no usual number of them to be above or below.
            if (enough(pair) && level > 0) {
                double chance = pair.counted ? ofCounts(level) : 0;
                double floor = Math.max(chance, LEAST_CHANGE * level);
                Samples normal = Rowwise.plain(pair.normal);
                Samples issue = Rowwise.plain(pair.issue);
                channels.add(
                        new Channel(
                                pair.key,
                                Trouble.SURGE,
                                false,
                                Direction.UP,
                                Rowwise.positive(floor),
                                normal,
                                issue,
                                grain.stretch));
                channels.add(
                        new Channel(
                                pair.key,
                                Trouble.SILENCE,
                                false,
                                Direction.DOWN,
                                Rowwise.positive(floor),
                                normal,
                                issue,
                                grain.stretch));
                break;
            }
        }
        return channels;
    }

    private void errors(NodeMetrics node, Samples traffic, List<Channel> channels) {
        boolean flow = true;
        for (Pair pair : node.of(MetricMeaning.AVAILABILITY)) {
            if (enough(pair)) {
                double whole =
                        Math.max(Rowwise.maximum(pair.normal), Rowwise.maximum(pair.issue)) > 1.5
                                ? 100
                                : 1;
                Samples normal = new Samples(Rowwise.failed(pair.normal, whole), traffic.value);
                Samples issue = new Samples(Rowwise.failed(pair.issue, whole), traffic.weight);
                channels.add(
                        new Channel(
                                pair.key,
                                Trouble.ERRORS,
                                flow,
                                Direction.UP,
                                floorOfShare(normal),
                                normal,
                                issue,
                                grain.stretch));
                flow = false;
            }
        }
        for (Pair pair : node.of(MetricMeaning.FAILURE)) {
            if (!pair.inIssue || Robust.present(pair.issue) == 0) {
                continue;
            }
            // Failures are often told only where there are any.
            double[] before = Rowwise.zeroIfMissing(pair.normal);
            double[] during = Rowwise.zeroIfMissing(pair.issue);
            boolean share = shares.contains(pair.key.metric());
            Samples normal = share ? new Samples(before, traffic.value) : Rowwise.plain(before);
            Samples issue = share ? new Samples(during, traffic.weight) : Rowwise.plain(during);
            double level = Math.max(0, Robust.median(before));
            double least = LEAST_FAILURE_SHARE * Math.max(1, Robust.median(traffic.value));
            double floor = share ? floorOfShare(normal) : pair.counted ? ofCounts(level) : least;
            channels.add(
                    new Channel(
                            pair.key,
                            Trouble.ERRORS,
                            flow,
                            Direction.UP,
                            floor,
                            normal,
                            issue,
                            grain.stretch));
            flow = false;
        }
    }

    private void latency(NodeMetrics node, Samples traffic, List<Channel> channels) {
        List<Pair> enough = new ArrayList<>(node.of(MetricMeaning.LATENCY));
        enough.removeIf(pair -> !enough(pair));
        if (!enough.isEmpty()) {
            Pair mean = LatencyMean.of(enough);
            double unit = seconds.getOrDefault(mean.key.metric(), 1.0);
            double level = LEAST_CHANGE * Math.abs(Robust.median(mean.normal));
            double weight = Robust.median(traffic.value) * unit;
            channels.add(
                    new Channel(
                            mean.key,
                            Trouble.LATENCY,
                            true,
                            Direction.UP,
                            Rowwise.positive(level * weight),
                            new Samples(mean.normal, Rowwise.times(unit, traffic.value)),
                            new Samples(mean.issue, Rowwise.times(unit, traffic.weight)),
                            grain.stretch));
        }
        for (Pair pair : enough) {
            double level = LEAST_CHANGE * Math.abs(Robust.median(pair.normal));
            channels.add(
                    new Channel(
                            pair.key,
                            Trouble.LATENCY,
                            false,
                            Direction.UP,
                            Rowwise.positive(level),
                            Rowwise.plain(pair.normal),
                            Rowwise.plain(pair.issue),
                            grain.stretch));
        }
    }

    private Channel resource(Pair pair, NodeMetrics node) {
        double level = Math.abs(Robust.median(pair.normal));
        double[] cohort =
                nodes.values().stream()
                        .flatMap(n -> n.of(MetricMeaning.RESOURCE).stream())
                        .filter(p -> p.key.metric().equals(pair.key.metric()))
                        .mapToDouble(p -> Math.abs(Robust.median(p.normal)))
                        .toArray();
        double floor =
                LEAST_CHANGE * Math.max(level, 0.5 * Rowwise.zeroIfNan(Robust.median(cohort)));
        LoadAdjustment adjustment = LoadAdjustment.of(pair, node.of(MetricMeaning.TRAFFIC));
        return new Channel(
                pair.key,
                Trouble.RESOURCE,
                false,
                Direction.EITHER,
                Rowwise.positive(floor),
                Rowwise.plain(adjustment.normal()),
                Rowwise.plain(adjustment.issue()),
                grain.stretch);
    }

    /** Weights by row: {@code value} those of the normal period, {@code weight} of the issue. */
    private Samples traffic(NodeMetrics node) {
        int normalRows = rows(node, true);
        int issueRows = rows(node, false);
        if (!weighted) {
            return new Samples(Rowwise.ones(normalRows, 1), Rowwise.ones(issueRows, 1));
        }
        List<Pair> counts = node.of(MetricMeaning.TRAFFIC);
        if (counts.isEmpty() || Robust.present(counts.get(0).normal) < FEWEST_VALUES) {
            double near = neighbourTraffic(node.node);
            return new Samples(Rowwise.ones(normalRows, near), Rowwise.ones(issueRows, near));
        }
        double[] before = counts.get(0).normal;
        double usual = Robust.median(before);
        return new Samples(
                Rowwise.orElse(before, usual), Rowwise.orElse(counts.get(0).issue, usual));
    }

    private double neighbourTraffic(String node) {
        List<String> near = new ArrayList<>(graph.callers(node));
        near.addAll(graph.callees(node));
        double[] medians =
                (near.isEmpty() ? nodes.keySet() : near)
                        .stream()
                                .filter(nodes::containsKey)
                                .flatMap(n -> nodes.get(n).of(MetricMeaning.TRAFFIC).stream())
                                .mapToDouble(p -> Robust.median(p.normal))
                                .toArray();
        double median = Robust.median(medians);
        return Double.isNaN(median) ? 1 : median;
    }

    private static int rows(NodeMetrics node, boolean normal) {
        for (MetricMeaning meaning : MetricMeaning.values()) {
            for (Pair pair : node.of(meaning)) {
                return normal ? pair.normal.length : pair.issue.length;
            }
        }
        return 0;
    }

    private static boolean enough(Pair pair) {
        return Robust.present(pair.normal) >= FEWEST_VALUES && Robust.present(pair.issue) > 0;
    }

    /** What chance makes of a count of so many a row, that is the mean of several rows. */
    private double ofCounts(double usual) {
        double all = Math.max(0, usual) * grain.rows;
        return Math.max(1, Math.sqrt(all)) / grain.rows;
    }

    /** One failed request, where requests are counted; else a small share of them. */
    private double floorOfShare(Samples normal) {
        double requests = Robust.median(normal.weight);
        if (requests > 1 && (countedTraffic || Rowwise.whole(normal.weight))) {
            return ofCounts(requests * Rowwise.zeroIfNan(Robust.median(normal.value)));
        }
        return Rowwise.positive(LEAST_FAILURE_SHARE * requests);
    }
}
