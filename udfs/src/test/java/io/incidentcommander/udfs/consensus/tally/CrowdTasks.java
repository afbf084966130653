// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.udfs.consensus.tally;

import io.incidentcommander.udfs.consensus.agreement.AgreementFit;
import io.incidentcommander.udfs.consensus.agreement.AnswerSheet;
import io.incidentcommander.udfs.consensus.agreement.MajorityVote;
import java.util.Locale;
import java.util.SplittableRandom;

/**
 * Crowds of the size of a large task: 200 to 400 agents, 2,000 to 5,000 questions of two to five
 * classes, five to seven answers a question, most of them by few agents; and others beside them, up
 * to a third of all, who lie, copy or do not care, on all questions or on as few as the others.
 * Majority, Dawid-Skene and the final pass on the same answers. Takes the first seed and the number
 * of crowds a row; a third argument prints each crowd.
 */
final class CrowdTasks {
    /** What the others do. */
    enum Others {
        NONE("nobody"),
        WRONG("alike, always wrong"),
        MOSTLY_WRONG("alike, wrong in 7 to 9 of 10"),
        NOISY("the same, a tenth to 3 of 10 at random each"),
        CAMOUFLAGED("the same, 3 of 10 honestly each"),
        PERMUTED("each class taken for a certain other"),
        CONSTANT("always the same label"),
        SPAM("at random, each for itself"),
        HALF_COVERED("alike, mostly wrong, half of the questions each"),
        FEW_ALIKE("alike, mostly wrong, as few answers as honest agents"),
        FEW_CONSTANT("always the same label, as few answers"),
        FEW_SPAM("at random, as few answers");

        private final String text;

        Others(String text) {
            this.text = text;
        }

        Crowd in(Crowd crowd, SplittableRandom random) {
            double share = random.nextBoolean() ? 0.33 : 0.1 + 0.23 * random.nextDouble();
            double wrong = 0.7 + 0.2 * random.nextDouble();
            double noise = 0.1 + 0.2 * random.nextDouble();
            switch (this) {
                case WRONG:
                    return crowd.colluders(share, 1, 0);
                case MOSTLY_WRONG:
                    return crowd.colluders(share, wrong, 0);
                case NOISY:
                    return crowd.colluders(share, wrong, noise);
                case CAMOUFLAGED:
                    return crowd.colluders(share, wrong, 0).camouflage(0.3);
                case PERMUTED:
                    return crowd.colluders(share, wrong, 0).permuted();
                case CONSTANT:
                    return crowd.colluders(share, 1, 0).constant();
                case SPAM:
                    return crowd.colluders(share, 1, 1);
                case HALF_COVERED:
                    return crowd.colluders(share, wrong, 0).coverage(0.5);
                case FEW_ALIKE:
                    return crowd.colluders(share, wrong, 0).replacing();
                case FEW_CONSTANT:
                    return crowd.colluders(share, 1, 0).constant().replacing();
                case FEW_SPAM:
                    return crowd.colluders(share, 1, 1).replacing();
                default:
                    return crowd;
            }
        }
    }

    private CrowdTasks() {}

    public static void main(String[] arguments) {
        long first = Long.parseLong(arguments[0]);
        int crowds = Integer.parseInt(arguments[1]);
        System.out.println("| others | majority | Dawid-Skene | final pass | behind | worst |");
        System.out.println("|---|--:|--:|--:|--:|--:|");
        for (Others others : Others.values()) {
            row(others, first, crowds, arguments.length > 2);
        }
    }

    private static void row(Others others, long first, int crowds, boolean loud) {
        double[] sum = new double[3];
        double worst = 1;
        int behind = 0;
        for (long seed = first; seed < first + crowds; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            Crowd.Drawn drawn = others.in(crowd(random), random).draw();
            AnswerSheet sheet = drawn.sheet();
            double[] of = {
                drawn.accuracy(sheet, MajorityVote.of(sheet).answers()),
                drawn.accuracy(sheet, AgreementFit.dawidSkene(sheet).beliefs().answers()),
                drawn.accuracy(sheet, drawn.tally().finalPass().answers())
            };
            for (int i = 0; i < of.length; i++) {
                sum[i] += of[i] / crowds;
            }
            double lead = of[2] - Math.max(of[0], of[1]);
            worst = Math.min(worst, lead);
            behind += lead < -0.01 ? 1 : 0;
            if (loud) {
                System.out.printf(
                        Locale.ROOT,
                        "%s, seed %d: %.3f, %.3f, %.3f (%+.3f)%n",
                        others,
                        seed,
                        of[0],
                        of[1],
                        of[2],
                        lead);
            }
        }
        System.out.printf(
                Locale.ROOT,
                "| %s | %.3f | %.3f | %.3f | %d of %d | %+.3f |%n",
                others.text,
                sum[0],
                sum[1],
                sum[2],
                behind,
                crowds,
                worst);
    }

    private static Crowd crowd(SplittableRandom random) {
        int classes = 2 + random.nextInt(4);
        return new Crowd("task", random.nextLong())
                .honest(
                        200 + random.nextInt(200),
                        2000 + random.nextInt(3000),
                        classes,
                        5 + random.nextInt(3))
                .ability(
                        0.6 + 0.3 * random.nextDouble(),
                        0.05 + 0.2 * random.nextDouble(),
                        0.1 + 0.3 * random.nextDouble(),
                        0.2 + 0.5 * random.nextDouble())
                .diligence(0.5 + random.nextDouble())
                .skew(random.nextBoolean() ? 0 : 2 * random.nextDouble())
                .spammers(0.2 * random.nextDouble())
                .biased(random.nextBoolean() ? 0 : 0.15 * random.nextDouble());
    }
}
