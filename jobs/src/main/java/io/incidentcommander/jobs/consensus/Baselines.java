// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.jobs.consensus;

import io.incidentcommander.model.consensus.ActionId;
import io.incidentcommander.udfs.consensus.agreement.AgreementFit;
import io.incidentcommander.udfs.consensus.agreement.AnswerSheet;
import io.incidentcommander.udfs.consensus.agreement.AnswerSheetBuilder;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;

/**
 * Simple ways to decide, given the first votes of every decision: what the core is compared with. A
 * tie is undecided. Each of them decides at once whatever the lead, and so errs where the core asks
 * again or calls a human.
 */
public final class Baselines {
    /** Wrong and undecided decisions of one way to decide. */
    public static final class Score {
        private int wrong;
        private int undecided;

        public int wrong() {
            return wrong;
        }

        public int undecided() {
            return undecided;
        }

        private void count(String decided, String right) {
            undecided += decided.isEmpty() ? 1 : 0;
            wrong += decided.isEmpty() || decided.equals(right) ? 0 : 1;
        }
    }

    private final ToDoubleFunction<String> power;
    private final AnswerSheetBuilder all = new AnswerSheetBuilder();
    private final List<String> rights = new ArrayList<>();
    private final List<String> voted = new ArrayList<>();
    private final Score majority = new Score();
    private final Score roleWeighted = new Score();
    private final Score medianConfidence = new Score();

    /**
     * @param power by agent: of its role's weight, whatever its conduct
     */
    Baselines(ToDoubleFunction<String> power) {
        this.power = power;
    }

    void decide(Map<String, Opinion> first, ActionId right) {
        String truth = right.toString();
        majority.count(most(first, agent -> 1), truth);
        roleWeighted.count(most(first, power), truth);
        medianConfidence.count(highestMedian(first), truth);
        String question = "d" + rights.size();
        first.forEach((agent, said) -> all.add(question, agent, said.action().toString()));
        rights.add(truth);
        voted.add(first.isEmpty() ? "" : question);
    }

    private static String most(Map<String, Opinion> first, ToDoubleFunction<String> weight) {
        TreeMap<String, Double> votes = new TreeMap<>();
        first.forEach(
                (agent, said) ->
                        votes.merge(
                                said.action().toString(),
                                weight.applyAsDouble(agent),
                                Double::sum));
        return leader(votes);
    }

    private static String highestMedian(Map<String, Opinion> first) {
        TreeMap<String, List<Double>> confidences = new TreeMap<>();
        first.forEach(
                (agent, said) ->
                        confidences
                                .computeIfAbsent(said.action().toString(), a -> new ArrayList<>())
                                .add(said.confidence()));
        TreeMap<String, Double> medians = new TreeMap<>();
        confidences.forEach(
                (action, values) -> {
                    double[] sorted = values.stream().mapToDouble(d -> d).sorted().toArray();
                    int half = sorted.length / 2;
                    medians.put(
                            action,
                            sorted.length % 2 == 1
                                    ? sorted[half]
                                    : (sorted[half - 1] + sorted[half]) / 2);
                });
        return leader(medians);
    }

    private static String leader(Map<String, Double> scores) {
        String best = "";
        double most = 0;
        boolean tie = false;
        for (Map.Entry<String, Double> score : scores.entrySet()) {
            tie = tie && score.getValue() <= most || score.getValue() == most;
            if (score.getValue() > most) {
                most = score.getValue();
                best = score.getKey();
                tie = false;
            }
        }
        return tie ? "" : best;
    }

    /** By name, sorted; Dawid-Skene sees all decisions at once, as no live system could. */
    Map<String, Score> scores() {
        Score dawidSkene = new Score();
        AnswerSheet sheet = all.build();
        int[] answers = AgreementFit.dawidSkene(sheet).beliefs().answers();
        Map<String, String> decided = new TreeMap<>();
        for (int q = 0; q < answers.length; q++) {
            decided.put(sheet.questions().get(q), sheet.labels().get(answers[q]));
        }
        for (int d = 0; d < rights.size(); d++) {
            dawidSkene.count(decided.getOrDefault(voted.get(d), ""), rights.get(d));
        }
        Map<String, Score> scores = new TreeMap<>();
        scores.put("majority", majority);
        scores.put("role_weighted", roleWeighted);
        scores.put("median_confidence", medianConfidence);
        scores.put("dawid_skene", dawidSkene);
        return scores;
    }
}
