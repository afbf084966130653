// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.udfs.consensus.agreement;

import java.util.Arrays;
import java.util.List;

/**
 * Who answered what: a sparse table of questions by agents, everything numbered from 0. Immutable.
 *
 * <p>Answers lie by question: those of question q have the indices {@code start(q)} to {@code
 * start(q + 1) - 1}. The candidates of a question are the labels somebody gave, each once; they lie
 * in one row too, from {@code firstCandidate(q)} on, and beliefs are arrays over it.
 */
public final class AnswerSheet {
    private final List<String> questions;
    private final List<String> agents;
    private final List<String> labels;
    private final int[] starts;
    private final int[] agentOf;
    private final int[] labelOf;
    private final int[] candidateStarts;
    private final int[] candidateLabels;
    private final int[] candidateOf;
    private final int[] answersBy;

    /** Takes the arrays as they are; they are not written afterwards. */
    AnswerSheet(
            List<String> questions,
            List<String> agents,
            List<String> labels,
            int[] starts,
            int[] agentOf,
            int[] labelOf) {
        this.questions = List.copyOf(questions);
        this.agents = List.copyOf(agents);
        this.labels = List.copyOf(labels);
        this.starts = starts;
        this.agentOf = agentOf;
        this.labelOf = labelOf;
        this.candidateStarts = new int[questions.size() + 1];
        this.candidateOf = new int[agentOf.length];
        this.candidateLabels = indexCandidates();
        this.answersBy = new int[agents.size()];
        for (int agent : agentOf) {
            answersBy[agent]++;
        }
    }

    private int[] indexCandidates() {
        int[] found = new int[agentOf.length];
        int[] slot = new int[labels.size()];
        Arrays.fill(slot, -1);
        int used = 0;
        for (int q = 0; q < questions.size(); q++) {
            candidateStarts[q] = used;
            for (int e = starts[q]; e < starts[q + 1]; e++) {
                if (slot[labelOf[e]] < candidateStarts[q]) {
                    found[used] = labelOf[e];
                    slot[labelOf[e]] = used++;
                }
                candidateOf[e] = slot[labelOf[e]];
            }
        }
        candidateStarts[questions.size()] = used;
        return Arrays.copyOf(found, used);
    }

    public List<String> questions() {
        return questions;
    }

    public List<String> agents() {
        return agents;
    }

    public List<String> labels() {
        return labels;
    }

    public int answerCount() {
        return agentOf.length;
    }

    public int start(int question) {
        return starts[question];
    }

    public int agentOf(int answer) {
        return agentOf[answer];
    }

    public int labelOf(int answer) {
        return labelOf[answer];
    }

    /** Where the label of an answer stands among all candidates of all questions. */
    public int candidateOf(int answer) {
        return candidateOf[answer];
    }

    public int candidateCount() {
        return candidateLabels.length;
    }

    public int firstCandidate(int question) {
        return candidateStarts[question];
    }

    public int labelOfCandidate(int candidate) {
        return candidateLabels[candidate];
    }

    /** How many questions an agent answered. */
    public int answersBy(int agent) {
        return answersBy[agent];
    }

    /** Only the answers of some agents; questions, agents and labels keep their numbers. */
    public AnswerSheet of(boolean[] kept) {
        int[] keptStarts = new int[starts.length];
        int[] keptAgents = new int[agentOf.length];
        int[] keptLabels = new int[agentOf.length];
        int used = 0;
        for (int q = 0; q < questions.size(); q++) {
            keptStarts[q] = used;
            for (int e = starts[q]; e < starts[q + 1]; e++) {
                if (kept[agentOf[e]]) {
                    keptAgents[used] = agentOf[e];
                    keptLabels[used++] = labelOf[e];
                }
            }
        }
        keptStarts[questions.size()] = used;
        return new AnswerSheet(
                questions,
                agents,
                labels,
                keptStarts,
                Arrays.copyOf(keptAgents, used),
                Arrays.copyOf(keptLabels, used));
    }

    /**
     * The sheet with some agents heard as one: their commonest answer, given by the first of them;
     * the others give none. Of answers equally common the first given counts.
     */
    public AnswerSheet heardAsOne(boolean[] group) {
        int voice = 0;
        while (!group[voice]) {
            voice++;
        }
        int[] newStarts = new int[starts.length];
        int[] newAgents = new int[agentOf.length];
        int[] newLabels = new int[agentOf.length];
        int[] votes = new int[labels.size()];
        int used = 0;
        for (int q = 0; q < questions.size(); q++) {
            newStarts[q] = used;
            int best = -1;
            for (int e = starts[q]; e < starts[q + 1]; e++) {
                if (!group[agentOf[e]]) {
                    newAgents[used] = agentOf[e];
                    newLabels[used++] = labelOf[e];
                } else {
                    int label = labelOf[e];
                    votes[label]++;
                    best = best < 0 || votes[label] > votes[best] ? label : best;
                }
            }
            if (best >= 0) {
                newAgents[used] = voice;
                newLabels[used++] = best;
            }
            for (int e = starts[q]; e < starts[q + 1]; e++) {
                votes[labelOf[e]] = 0;
            }
        }
        newStarts[questions.size()] = used;
        return new AnswerSheet(
                questions,
                agents,
                labels,
                newStarts,
                Arrays.copyOf(newAgents, used),
                Arrays.copyOf(newLabels, used));
    }
}
