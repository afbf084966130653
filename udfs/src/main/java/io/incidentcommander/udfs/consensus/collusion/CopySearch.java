// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.udfs.consensus.collusion;

import io.incidentcommander.udfs.consensus.agreement.AnswerSheet;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Finds groups of agents that answer after a mind of their own. Needs no truth, and no majority of
 * the answers: a group may be most of the voices on every question. It needs that fewer agents
 * collude than do not.
 */
public final class CopySearch {
    private static final int MOST_GROUPS = 12;
    static final int LEAST_MEMBERS = 3;
    private static final double SURE = 2;
    private static final double BLUNT = 0.9;

    private final AnswerSheet heard;
    private final List<CopyGroup> groups;

    private CopySearch(AnswerSheet heard, List<CopyGroup> groups) {
        this.heard = heard;
        this.groups = List.copyOf(groups);
    }

    public static CopySearch in(AnswerSheet sheet) {
        AnswerSheet heard = sheet;
        List<CopyGroup> groups = new ArrayList<>();
        for (int i = 0; i < MOST_GROUPS; i++) {
            Optional<CopyGroup> found = next(heard);
            if (found.isEmpty()) {
                break;
            }
            boolean[] members = new boolean[sheet.agents().size()];
            for (int member : found.get().members()) {
                members[member] = true;
            }
            groups.add(found.get());
            heard = heard.heardAsOne(members);
        }
        return new CopySearch(heard, groups);
    }

    /** The sheet in which each group is heard as one voice. */
    public AnswerSheet heard() {
        return heard;
    }

    /** In the order found. A member may be the voice of a group found before it. */
    public List<CopyGroup> groups() {
        return groups;
    }

    /** Of all camps that are copies the bluntest, since the others may be made of what it left. */
    private static Optional<CopyGroup> next(AnswerSheet sheet) {
        CopyGroup best = null;
        for (boolean[] first : FirstGuesses.of(sheet)) {
            if (Split.size(first) < LEAST_MEMBERS) {
                continue;
            }
            Split split = Split.settledFrom(sheet, first);
            double[] support = split.support();
            if (Split.size(split.camp()) < LEAST_MEMBERS || support[0] >= support[1]) {
                continue;
            }
            Kinship kinship = Kinship.of(sheet, split.camp());
            boolean copies = kinship.correlation() + SURE * kinship.error() < tolerated(kinship);
            if (copies && (best == null || kinship.agreementWithin() > best.agreementWithin())) {
                best = new CopyGroup(numbers(split.camp()), kinship);
                if (kinship.agreementWithin() >= BLUNT) {
                    break;
                }
            }
        }
        return Optional.ofNullable(best);
    }

    /**
     * The correlation below which a camp is taken for copies: 0.4 for agents that agree in 6 of 10,
     * rising to 0.85 for agents that agree in 97 of 100. The blunter the copying the less it costs
     * to hear the camp as one: its voice says what each member says.
     */
    private static double tolerated(Kinship kinship) {
        double bluntness = (kinship.agreementWithin() - 0.6) / (0.97 - 0.6);
        return 0.4 + 0.45 * Math.max(0, Math.min(1, bluntness));
    }

    private static int[] numbers(boolean[] camp) {
        int[] numbers = new int[Split.size(camp)];
        int used = 0;
        for (int a = 0; a < camp.length; a++) {
            if (camp[a]) {
                numbers[used++] = a;
            }
        }
        return numbers;
    }
}
