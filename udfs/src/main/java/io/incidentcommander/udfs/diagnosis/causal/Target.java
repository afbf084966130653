// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.udfs.diagnosis.causal;

import io.incidentcommander.model.diagnosis.Symptom;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Trouble that a root cause has to account for, with its weight among all such. */
final class Target {
    /** Below this many spreads, errors and latency are not worth an explanation. */
    private static final double WORTH_EXPLAINING = 3;

    private static final double VOUCHED_FOR = 0.3;

    final Finding finding;
    final double[] profile;
    final double weight;

    /** Whether somebody saw it: then it is trouble even if no other node feels it. */
    final boolean vouchedFor;

    /** From {@link #VOUCHED_FOR}, if it is seen by its witness alone, to 1, if it is clear. */
    final double certainty;

    private Target(Finding finding, double[] profile, double weight, boolean vouchedFor) {
        this.finding = finding;
        this.profile = profile;
        this.weight = weight;
        this.vouchedFor = vouchedFor;
        double clear = Math.min(1, Math.max(0, finding.surprise / WORTH_EXPLAINING));
        this.certainty = VOUCHED_FOR + (1 - VOUCHED_FOR) * clear;
    }

    /**
     * The symptom, if somebody saw one and its node shows anything of it; otherwise all clear
     * errors and latency.
     *
     * @param firstRow rows before it were over when the symptom was seen
     */
    static List<Target> of(Observation observation, Optional<Symptom> symptom, int firstRow) {
        List<Target> targets = new ArrayList<>();
        if (symptom.isPresent()) {
            Optional<Trouble> trouble =
                    symptom.get().metric().map(m -> MetricMeaning.of(m).trouble());
            for (Finding finding : observation.at(symptom.get().node())) {
                boolean meant = trouble.map(t -> t == finding.trouble).orElse(flows(finding));
                if (meant) {
                    double[] profile = since(firstRow, finding.raw);
                    if (Robust.sum(profile) > 0) {
                        double weight = trouble.isPresent() ? 1 : 0.1 + Score.of(finding.surprise);
                        targets.add(new Target(finding, profile, weight, true));
                    }
                }
            }
        }
        return targets.isEmpty() ? allClear(observation) : targets;
    }

    private static List<Target> allClear(Observation observation) {
        List<Target> targets = new ArrayList<>();
        for (String node : observation.nodes()) {
            for (Finding finding : observation.at(node)) {
                if (flows(finding) && finding.surprise >= WORTH_EXPLAINING) {
                    targets.add(
                            new Target(
                                    finding, finding.profile, Score.of(finding.surprise), false));
                }
            }
        }
        return targets;
    }

    private static boolean flows(Finding finding) {
        return finding.trouble.flowsToCallers();
    }

    private static double[] since(int row, double[] values) {
        double[] late = values.clone();
        for (int i = 0; i < Math.min(row, late.length); i++) {
            late[i] = 0;
        }
        return Robust.sum(late) > 0 ? late : values;
    }
}
