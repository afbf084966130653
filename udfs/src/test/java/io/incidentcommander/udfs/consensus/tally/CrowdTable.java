// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.udfs.consensus.tally;

import io.incidentcommander.udfs.consensus.agreement.AgreementFit;
import io.incidentcommander.udfs.consensus.agreement.AnswerSheet;
import io.incidentcommander.udfs.consensus.agreement.MajorityVote;
import io.incidentcommander.udfs.consensus.tally.CrowdShapes.Attack;
import java.util.Locale;

/**
 * Prints the table of docs/consensus.md: accuracy by attack, mean and least over the shapes, of
 * majority, Dawid-Skene and the tally, on the same answers. Takes a seed.
 */
final class CrowdTable {
    private CrowdTable() {}

    public static void main(String[] arguments) {
        long seed = arguments.length == 0 ? 7 : Long.parseLong(arguments[0]);
        System.out.println(
                "| colluders | majority | least | Dawid-Skene | least | tally | least "
                        + "| tally, final pass | least | without colluders, final pass |");
        System.out.println("|---|--:|--:|--:|--:|--:|--:|--:|--:|--:|");
        for (Attack attack : Attack.values()) {
            row(attack, seed);
        }
    }

    private static void row(Attack attack, long seed) {
        double[] sum = new double[5];
        double[] least = {1, 1, 1, 1, 1};
        int shapes = 0;
        for (Crowd crowd : CrowdShapes.all(seed)) {
            Crowd.Drawn clean = crowd.draw();
            TallyResult without = clean.tally().finalPass();
            Crowd.Drawn drawn = attack.on(crowd).draw();
            AnswerSheet sheet = drawn.sheet();
            AgreementTally tally = drawn.tally();
            double[] of = {
                drawn.accuracy(sheet, MajorityVote.of(sheet).answers()),
                drawn.accuracy(sheet, AgreementFit.dawidSkene(sheet).beliefs().answers()),
                drawn.accuracy(sheet, tally.now().answers()),
                drawn.accuracy(sheet, tally.finalPass().answers()),
                clean.accuracy(without.sheet(), without.answers())
            };
            shapes++;
            for (int i = 0; i < of.length; i++) {
                sum[i] += of[i];
                least[i] = Math.min(least[i], of[i]);
            }
        }
        StringBuilder line = new StringBuilder("| " + attack.text + " |");
        for (int i = 0; i < sum.length; i++) {
            line.append(String.format(Locale.ROOT, " %.3f |", sum[i] / shapes));
            if (i < sum.length - 1) {
                line.append(String.format(Locale.ROOT, " %.3f |", least[i]));
            }
        }
        System.out.println(line);
    }
}
