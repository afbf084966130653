// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.udfs.consensus.tally;

import io.incidentcommander.udfs.consensus.agreement.AgreementFit;
import io.incidentcommander.udfs.consensus.agreement.AnswerSheet;
import io.incidentcommander.udfs.consensus.agreement.MajorityVote;
import io.incidentcommander.udfs.consensus.tally.CrowdShapes.Attack;
import java.util.Locale;

/**
 * The ten shapes in which agents differ in skill alone, confuse classes each in its own way, or
 * find some classes harder than others besides: mean accuracy of majority, Dawid-Skene and the
 * final pass, and in how many crowds that is behind the better of both by over 0.02. Takes the
 * first seed and the number of seeds for each shape.
 */
final class CrowdWorlds {
    /** What agents have in common but their skill. */
    enum World {
        SKILL("skill alone"),
        OWN_WAYS("own confusions"),
        UNEVEN("own confusions, uneven classes");

        private final String text;

        World(String text) {
            this.text = text;
        }

        Crowd of(Crowd crowd) {
            switch (this) {
                case OWN_WAYS:
                    return crowd.biased(0.15);
                case UNEVEN:
                    return crowd.biased(0.15).uneven(0.15);
                default:
                    return crowd;
            }
        }
    }

    private CrowdWorlds() {}

    public static void main(String[] arguments) {
        long first = Long.parseLong(arguments[0]);
        int seeds = Integer.parseInt(arguments[1]);
        System.out.println(
                "| agents differ by | colluders | majority | Dawid-Skene | tally, final pass "
                        + "| behind | worst |");
        System.out.println("|---|---|--:|--:|--:|--:|--:|");
        for (World world : World.values()) {
            for (Attack attack : new Attack[] {Attack.NONE, Attack.MOSTLY_WRONG, Attack.CONSTANT}) {
                row(world, attack, first, seeds);
            }
        }
    }

    private static void row(World world, Attack attack, long first, int seeds) {
        double[] sum = new double[3];
        int crowds = 0;
        int behind = 0;
        double worst = 1;
        for (long seed = first; seed < first + seeds; seed++) {
            for (Crowd shape : CrowdShapes.all(seed)) {
                Crowd.Drawn drawn = attack.on(world.of(shape)).draw();
                AnswerSheet sheet = drawn.sheet();
                double[] of = {
                    drawn.accuracy(sheet, MajorityVote.of(sheet).answers()),
                    drawn.accuracy(sheet, AgreementFit.dawidSkene(sheet).beliefs().answers()),
                    drawn.accuracy(sheet, drawn.tally().finalPass().answers())
                };
                for (int i = 0; i < of.length; i++) {
                    sum[i] += of[i];
                }
                double lead = of[2] - Math.max(of[0], of[1]);
                worst = Math.min(worst, lead);
                behind += lead < -0.02 ? 1 : 0;
                crowds++;
            }
        }
        System.out.printf(
                Locale.ROOT,
                "| %s | %s | %.3f | %.3f | %.3f | %d of %d | %+.3f |%n",
                world.text,
                attack.text,
                sum[0] / crowds,
                sum[1] / crowds,
                sum[2] / crowds,
                behind,
                crowds,
                worst);
    }
}
