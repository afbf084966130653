// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.udfs.consensus.collusion;

import io.incidentcommander.udfs.consensus.agreement.AgreementFit;
import io.incidentcommander.udfs.consensus.agreement.AnswerSheet;
import io.incidentcommander.udfs.consensus.agreement.MajorityVote;
import io.incidentcommander.udfs.consensus.agreement.Smoothing;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Camps to begin with. Two come from one common fit: who fits it well and who does not; one of them
 * is the group, whichever of the two the fit was taken in by. The others are the agents that answer
 * as one of the most active agents does, or nearly so, where these are three or more.
 */
final class FirstGuesses {
    private static final int CAMPS = 6;
    private static final int MOST_SEEDS = 60;
    private static final int LEAST_SHARED = 10;
    private static final int LEAST_ANSWERS = 5;
    private static final double ALIKE = 0.8;
    private static final double THE_SAME = 0.98;

    private FirstGuesses() {}

    static List<boolean[]> of(AnswerSheet sheet) {
        List<boolean[]> guesses = new ArrayList<>();
        guesses.addAll(alike(sheet, THE_SAME));
        guesses.addAll(alike(sheet, ALIKE));
        guesses.addAll(byFit(sheet));
        return guesses;
    }

    private static List<boolean[]> byFit(AnswerSheet sheet) {
        AgreementFit fit = AgreementFit.from(MajorityVote.of(sheet), Smoothing.defaults(), 12);
        int agents = sheet.agents().size();
        double low = 1;
        double high = 0;
        for (int a = 0; a < agents; a++) {
            if (sheet.answersBy(a) >= LEAST_ANSWERS) {
                low = Math.min(low, fit.reputation(a).value());
                high = Math.max(high, fit.reputation(a).value());
            }
        }
        for (int i = 0; i < 20; i++) { // two means
            double[] sum = new double[2];
            double[] count = new double[2];
            for (int a = 0; a < agents; a++) {
                if (sheet.answersBy(a) >= LEAST_ANSWERS) {
                    double value = fit.reputation(a).value();
                    int side = value > (low + high) / 2 ? 1 : 0;
                    sum[side] += value;
                    count[side]++;
                }
            }
            low = count[0] == 0 ? low : sum[0] / count[0];
            high = count[1] == 0 ? high : sum[1] / count[1];
        }
        boolean[] well = new boolean[agents];
        boolean[] badly = new boolean[agents];
        for (int a = 0; a < agents; a++) {
            if (sheet.answersBy(a) >= LEAST_ANSWERS) {
                well[a] = fit.reputation(a).value() > (low + high) / 2;
                badly[a] = !well[a];
            }
        }
        return List.of(well, badly);
    }

    private static List<boolean[]> alike(AnswerSheet sheet, double least) {
        int agents = sheet.agents().size();
        List<Integer> byActivity =
                IntStream.range(0, agents)
                        .boxed()
                        .sorted(Comparator.comparingInt(a -> -sheet.answersBy(a)))
                        .collect(Collectors.toList());
        boolean[] covered = new boolean[agents];
        List<boolean[]> guesses = new ArrayList<>();
        int seeds = 0;
        for (int seed : byActivity) {
            if (guesses.size() == CAMPS
                    || seeds == MOST_SEEDS
                    || sheet.answersBy(seed) < LEAST_SHARED) {
                break;
            }
            if (covered[seed]) {
                continue;
            }
            seeds++;
            boolean[] camp = likeSeed(sheet, seed, least);
            for (int a = 0; a < agents; a++) {
                covered[a] |= camp[a];
            }
            if (Split.size(camp) >= CopySearch.LEAST_MEMBERS) {
                guesses.add(camp);
            }
        }
        guesses.sort(Comparator.comparingInt(camp -> -Split.size(camp)));
        return guesses;
    }

    private static boolean[] likeSeed(AnswerSheet sheet, int seed, double least) {
        int[] shared = new int[sheet.agents().size()];
        int[] same = new int[sheet.agents().size()];
        for (int q = 0; q < sheet.questions().size(); q++) {
            int own = -1;
            for (int e = sheet.start(q); e < sheet.start(q + 1); e++) {
                own = sheet.agentOf(e) == seed ? sheet.candidateOf(e) : own;
            }
            for (int e = sheet.start(q); own >= 0 && e < sheet.start(q + 1); e++) {
                shared[sheet.agentOf(e)]++;
                same[sheet.agentOf(e)] += sheet.candidateOf(e) == own ? 1 : 0;
            }
        }
        boolean[] camp = new boolean[shared.length];
        for (int a = 0; a < camp.length; a++) {
            camp[a] = shared[a] >= LEAST_SHARED && same[a] >= least * shared[a];
        }
        return camp;
    }
}
