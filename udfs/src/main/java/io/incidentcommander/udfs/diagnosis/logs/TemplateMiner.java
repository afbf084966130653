// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.udfs.diagnosis.logs;

import io.incidentcommander.model.diagnosis.logs.CountsOverTime;
import io.incidentcommander.model.diagnosis.logs.LogGroup;
import io.incidentcommander.model.diagnosis.logs.LogSlice;
import io.incidentcommander.model.diagnosis.logs.LogTemplate;
import io.incidentcommander.model.diagnosis.logs.LogWindow;
import io.incidentcommander.model.ingest.Severity;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Finds the templates of a service's logs as they come, after the idea of Drain (He et al., "Drain:
 * An Online Log Parsing Approach with Fixed Depth Tree", ICWS 2017): an entry joins the most
 * similar template of its length, whose differing words then vary. Different from it, entries of
 * different severity never join; there is no tree, since templates are few; and both templates and
 * counts are bounded: over the bound the one that was written least goes, and what it counted is
 * added to {@link LogWindow#forgotten}. (The library drain-java 0.3.0 keeps every template it ever
 * saw, and so was not used.)
 *
 * <p>The same window and the same slices in the same order give the same window. Not thread safe.
 */
public final class TemplateMiner {
    /** Share of the words that must be the same. */
    static final double SIMILARITY = 0.6;

    private static final Comparator<Cluster> LEAST_WRITTEN =
            Comparator.comparingLong((Cluster cluster) -> cluster.counts.total())
                    .thenComparingLong(cluster -> cluster.lastMillis)
                    .thenComparing(cluster -> cluster.severity)
                    .thenComparing(Cluster::text);

    private final int most;
    private final List<Cluster> clusters = new ArrayList<>();
    private final Map<String, Cluster> known = new HashMap<>(); // valid while no template changes
    private CountsOverTime ordinary;
    private CountsOverTime slices;
    private long entries;
    private long forgotten;

    /**
     * @param most templates kept
     */
    public TemplateMiner(LogWindow window, int most) {
        this.most = most;
        window.templates().forEach(template -> clusters.add(new Cluster(template)));
        this.ordinary = window.ordinary();
        this.slices = window.slices();
        this.entries = window.entries();
        this.forgotten = window.forgotten();
    }

    /** Takes in a slice; slices come in the order of time. */
    public void add(LogSlice slice) {
        slices = slices.plus(slice.startMillis(), 1);
        entries += slice.entries();
        long serious = 0;
        for (LogGroup group : slice.groups()) {
            add(group, slice.startMillis());
            if (isSerious(group.severity())) {
                serious += group.count();
            }
        }
        // Serious groups go first, so what was cut counts as ordinary.
        long rest = slice.entries() - serious;
        if (rest > 0) {
            ordinary = ordinary.plus(slice.startMillis(), rest);
        }
    }

    /** Forgets the counts of slices that start before {@code millis}. */
    public void forgetBefore(long millis) {
        ordinary = ordinary.since(millis);
        slices = slices.since(millis);
        for (Cluster cluster : clusters) {
            cluster.counts = cluster.counts.since(millis);
        }
        if (clusters.removeIf(cluster -> cluster.counts.isEmpty())) {
            known.clear();
        }
        if (clusters.isEmpty() && slices.isEmpty()) {
            entries = 0;
            forgotten = 0;
        }
    }

    /** What is known now. */
    public LogWindow window() {
        if (clusters.isEmpty() && slices.isEmpty()) {
            return LogWindow.empty();
        }
        List<LogTemplate> templates = new ArrayList<>();
        clusters.forEach(cluster -> templates.add(cluster.template()));
        return new LogWindow(templates, ordinary, slices, entries, forgotten);
    }

    static boolean isSerious(Severity severity) {
        return severity.compareTo(Severity.MEDIUM) >= 0;
    }

    private void add(LogGroup group, long slice) {
        String key = group.severity().ordinal() + group.signature();
        Cluster same = known.get(key);
        if (same == null) {
            same = joined(group);
            known.put(key, same);
        }
        same.add(group, slice);
        if (clusters.size() > most) {
            Cluster least = clusters.stream().min(LEAST_WRITTEN).orElseThrow();
            clusters.remove(least);
            known.clear();
            forgotten += least.counts.total();
        }
    }

    private Cluster joined(LogGroup group) {
        String[] words = group.signature().split(" ", -1);
        Cluster best = null;
        double similarity = 0;
        for (Cluster cluster : clusters) {
            double other = cluster.similarity(words, group.severity());
            if (other > similarity) {
                best = cluster;
                similarity = other;
            }
        }
        if (best == null || similarity < SIMILARITY) {
            known.clear();
            Cluster fresh = new Cluster(words, group.severity());
            clusters.add(fresh);
            return fresh;
        }
        if (best.generalise(words)) {
            known.clear();
            return uniteAlike(best);
        }
        return best;
    }

    /** A template that came to read like another takes it in. */
    private Cluster uniteAlike(Cluster changed) {
        String text = changed.text();
        for (Cluster other : clusters) {
            if (other != changed
                    && other.severity == changed.severity
                    && other.text().equals(text)) {
                changed.takeIn(other);
                clusters.remove(other);
                break;
            }
        }
        return changed;
    }
}
