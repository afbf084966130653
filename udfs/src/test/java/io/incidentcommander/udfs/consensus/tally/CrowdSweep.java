// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.udfs.consensus.tally;

import io.incidentcommander.udfs.consensus.agreement.AgreementFit;
import io.incidentcommander.udfs.consensus.agreement.AnswerSheet;
import io.incidentcommander.udfs.consensus.agreement.MajorityVote;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;

/**
 * Crowds whose every property is drawn at random, against majority and Dawid-Skene on the same
 * answers: a row for each way to collude, with the mean accuracies and the crowds in which the
 * tally is behind. Takes a seed, a number of crowds a row, optionally the names of rows in one
 * argument, and a fourth argument to print each crowd.
 */
final class CrowdSweep {
    private static final int[] CLASSES = {2, 2, 2, 3, 4, 5, 7, 10};

    /** Ways to collude; the share of colluders is drawn. */
    enum Collusion {
        NONE("none"),
        ALWAYS("one wrong answer a question, all questions"),
        MOSTLY("the same, wrong in 7 to 9 of 10"),
        SOME("the same, a tenth to a half of the questions each"),
        CONSTANT("always the same label"),
        PERMUTED("each class taken for a certain other"),
        REPLACING("mostly wrong, in place of honest agents"),
        REPLACING_CONSTANT("always the same label, in place of honest agents"),
        GROUPS("two to four groups, mostly wrong");

        private final String text;

        Collusion(String text) {
            this.text = text;
        }

        private Crowd on(Crowd crowd, double share, SplittableRandom random) {
            double wrong = 0.7 + 0.2 * random.nextDouble();
            double noise = random.nextBoolean() ? 0 : 0.1;
            switch (this) {
                case NONE:
                    return crowd;
                case ALWAYS:
                    return crowd.colluders(share, 1, 0);
                case MOSTLY:
                    return crowd.colluders(share, wrong, noise);
                case SOME:
                    return crowd.colluders(share, wrong, noise)
                            .coverage(0.1 + 0.4 * random.nextDouble());
                case CONSTANT:
                    return crowd.colluders(share, 1, noise).constant();
                case PERMUTED:
                    return crowd.colluders(share, random.nextBoolean() ? 1 : wrong, noise)
                            .permuted();
                case REPLACING:
                    return crowd.colluders(share, wrong, noise).replacing();
                case REPLACING_CONSTANT:
                    return crowd.colluders(share, 1, noise).constant().replacing();
                case GROUPS:
                    return crowd.colluders(share, wrong, noise).groups(2 + random.nextInt(3));
                default:
                    throw new IllegalStateException(name());
            }
        }
    }

    private CrowdSweep() {}

    public static void main(String[] arguments) {
        long seed = Long.parseLong(arguments[0]);
        int crowds = Integer.parseInt(arguments[1]);
        System.out.println(
                "| colluders | majority | Dawid-Skene | tally | final pass "
                        + "| behind either by over 0.02 | worst |");
        System.out.println("|---|--:|--:|--:|--:|--:|--:|");
        for (Collusion collusion : Collusion.values()) {
            if (arguments.length < 3
                    || List.of(arguments[2].split(" ")).contains(collusion.name())) {
                row(collusion, seed, crowds, arguments.length > 3);
            }
        }
    }

    private static void row(Collusion collusion, long seed, int crowds, boolean loud) {
        SplittableRandom random = new SplittableRandom(seed * 1000 + collusion.ordinal());
        double[] sum = new double[4];
        int behind = 0;
        double worst = 1;
        for (int i = 0; i < crowds; i++) {
            SplittableRandom own = random.split();
            double share = new double[] {0.1, 0.2, 0.33}[own.nextInt(3)];
            StringBuilder what = new StringBuilder();
            Crowd crowd = crowd(own, what);
            Crowd.Drawn drawn = collusion.on(crowd, share, own).draw();
            AnswerSheet sheet = drawn.sheet();
            AgreementTally tally = drawn.tally();
            double[] of = {
                drawn.accuracy(sheet, MajorityVote.of(sheet).answers()),
                drawn.accuracy(sheet, AgreementFit.dawidSkene(sheet).beliefs().answers()),
                drawn.accuracy(sheet, tally.now().answers()),
                drawn.accuracy(sheet, tally.finalPass().answers())
            };
            for (int k = 0; k < of.length; k++) {
                sum[k] += of[k] / crowds;
            }
            double lead = of[3] - Math.max(of[0], of[1]);
            worst = Math.min(worst, lead);
            behind += lead < -0.02 ? 1 : 0;
            if (loud) {
                System.out.printf(
                        Locale.ROOT,
                        "%s %d %s share %.2f: %.3f, %.3f, %.3f, %.3f (%+.3f)%n",
                        collusion,
                        i,
                        what,
                        share,
                        of[0],
                        of[1],
                        of[2],
                        of[3],
                        lead);
            }
        }
        System.out.printf(
                Locale.ROOT,
                "| %s | %.3f | %.3f | %.3f | %.3f | %d of %d | %+.3f |%n",
                collusion.text,
                sum[0],
                sum[1],
                sum[2],
                sum[3],
                behind,
                crowds,
                worst);
    }

    private static Crowd crowd(SplittableRandom random, StringBuilder what) {
        int agents = 40 + (int) (360 * Math.pow(random.nextDouble(), 1.5));
        int questions = 300 + (int) (1700 * Math.pow(random.nextDouble(), 1.5));
        int classes = CLASSES[random.nextInt(CLASSES.length)];
        double answers = 3 + 17 * Math.pow(random.nextDouble(), 2);
        double ability = Math.max(0.55, 1.15 / classes) + 0.4 * random.nextDouble();
        double spread = 0.03 + 0.17 * random.nextDouble();
        double lost = 0.4 * random.nextDouble();
        double tempted = 0.7 * random.nextDouble();
        double diligence = 1.5 * random.nextDouble();
        double skew = random.nextBoolean() ? 0 : 2.5 * random.nextDouble();
        double spammers = random.nextBoolean() ? 0 : 0.1 * random.nextDouble();
        what.append(
                String.format(
                        Locale.ROOT,
                        "%d agents, %d questions, %d classes, %.1f answers each, able %.2f +- %.2f,"
                                + " hard %.2f, tempting %.2f, activity %.1f, skew %.1f, spam %.2f,",
                        agents,
                        questions,
                        classes,
                        answers,
                        ability,
                        spread,
                        lost,
                        tempted,
                        diligence,
                        skew,
                        spammers));
        return new Crowd("drawn", random.nextLong())
                .honest(agents, questions, classes, answers)
                .ability(Math.min(0.95, ability), spread, lost, tempted)
                .diligence(diligence)
                .skew(skew)
                .spammers(spammers);
    }
}
