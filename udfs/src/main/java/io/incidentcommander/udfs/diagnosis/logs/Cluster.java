// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.udfs.diagnosis.logs;

import io.incidentcommander.model.diagnosis.logs.CountsOverTime;
import io.incidentcommander.model.diagnosis.logs.LogExample;
import io.incidentcommander.model.diagnosis.logs.LogGroup;
import io.incidentcommander.model.diagnosis.logs.LogTemplate;
import io.incidentcommander.model.ingest.Severity;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** A template while it is being found. */
final class Cluster {
    final Severity severity;
    CountsOverTime counts = CountsOverTime.none();
    long lastMillis = Long.MIN_VALUE;

    private final String[] words;
    private final List<LogExample> examples = new ArrayList<>();
    private String text = "";

    Cluster(String[] words, Severity severity) {
        this.words = words;
        this.severity = severity;
    }

    Cluster(LogTemplate template) {
        this(template.text().split(" ", -1), template.severity());
        counts = template.counts();
        lastMillis = template.lastMillis();
        examples.addAll(template.examples());
    }

    LogTemplate template() {
        return new LogTemplate(text(), severity, counts, lastMillis, examples);
    }

    String text() {
        if (text.isEmpty()) {
            text = String.join(" ", words);
        }
        return text;
    }

    /**
     * The share of words that are the same, of those that do not vary in both; 0 unless the
     * severity and the number of words are. A word that varies on one side only counts as
     * different, as in Drain.
     */
    double similarity(String[] other, Severity otherSeverity) {
        if (otherSeverity != severity || other.length != words.length) {
            return 0;
        }
        int same = 0;
        int compared = 0;
        for (int i = 0; i < words.length; i++) {
            boolean equal = words[i].equals(other[i]);
            if (!(equal && words[i].equals(LogTokens.VARIES))) {
                compared++;
                same += equal ? 1 : 0;
            }
        }
        return compared == 0 ? 1 : (double) same / compared;
    }

    /** Lets vary what differs; whether anything did. */
    boolean generalise(String[] other) {
        boolean changed = false;
        for (int i = 0; i < words.length; i++) {
            if (!words[i].equals(other[i]) && !words[i].equals(LogTokens.VARIES)) {
                words[i] = LogTokens.VARIES;
                changed = true;
            }
        }
        if (changed) {
            text = "";
        }
        return changed;
    }

    void add(LogGroup group, long slice) {
        counts = counts.plus(slice, group.count());
        lastMillis = Math.max(lastMillis, slice);
        keep(group.example());
    }

    void takeIn(Cluster other) {
        counts = counts.plus(other.counts);
        lastMillis = Math.max(lastMillis, other.lastMillis);
        other.examples.forEach(this::keep);
    }

    /** The newest few. */
    private void keep(LogExample example) {
        examples.add(example);
        Collections.sort(examples);
        if (examples.size() > LogPolicy.EXAMPLES) {
            examples.remove(0);
        }
    }
}
