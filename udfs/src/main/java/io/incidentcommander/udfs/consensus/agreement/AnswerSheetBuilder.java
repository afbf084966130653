// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.udfs.consensus.agreement;

import it.unimi.dsi.fastutil.ints.IntArrayList;
import it.unimi.dsi.fastutil.longs.Long2IntOpenHashMap;
import it.unimi.dsi.fastutil.objects.Object2IntOpenHashMap;
import java.util.ArrayList;
import java.util.List;

/** Collects answers in the order they come. One per agent and question, the first counts. */
public final class AnswerSheetBuilder {
    private final Names questions = new Names();
    private final Names agents = new Names();
    private final Names labels = new Names();
    private final Long2IntOpenHashMap given = new Long2IntOpenHashMap();
    private final IntArrayList questionOf = new IntArrayList();
    private final IntArrayList agentOf = new IntArrayList();
    private final IntArrayList labelOf = new IntArrayList();

    public AnswerSheetBuilder() {
        given.defaultReturnValue(-1);
    }

    /** What became of an answer that was handed in. */
    public enum Intake {
        COUNTED,
        /** The agent had answered this question so before. */
        REPEATED,
        /** The agent had answered this question otherwise before; that counts. */
        CONTRADICTED
    }

    public Intake add(String question, String agent, String answer) {
        int q = questions.numberOf(question);
        int a = agents.numberOf(agent);
        int label = labels.numberOf(answer);
        int before = given.putIfAbsent((long) q << 32 | a, label);
        if (before >= 0) {
            return before == label ? Intake.REPEATED : Intake.CONTRADICTED;
        }
        questionOf.add(q);
        agentOf.add(a);
        labelOf.add(label);
        return Intake.COUNTED;
    }

    public int size() {
        return questionOf.size();
    }

    /** All that was counted so far; the builder can be used on. */
    public AnswerSheet build() {
        int count = size();
        int[] starts = new int[questions.all.size() + 1];
        for (int e = 0; e < count; e++) {
            starts[questionOf.getInt(e) + 1]++;
        }
        for (int q = 0; q < questions.all.size(); q++) {
            starts[q + 1] += starts[q];
        }
        int[] next = starts.clone();
        int[] sortedAgents = new int[count];
        int[] sortedLabels = new int[count];
        for (int e = 0; e < count; e++) {
            int place = next[questionOf.getInt(e)]++;
            sortedAgents[place] = agentOf.getInt(e);
            sortedLabels[place] = labelOf.getInt(e);
        }
        return new AnswerSheet(
                questions.all, agents.all, labels.all, starts, sortedAgents, sortedLabels);
    }

    /** Names numbered in the order they come. */
    private static final class Names {
        private final List<String> all = new ArrayList<>();
        private final Object2IntOpenHashMap<String> numbers = new Object2IntOpenHashMap<>();

        private Names() {
            numbers.defaultReturnValue(-1);
        }

        private int numberOf(String name) {
            int known = numbers.getInt(name);
            if (known >= 0) {
                return known;
            }
            numbers.put(name, all.size());
            all.add(name);
            return all.size() - 1;
        }
    }
}
