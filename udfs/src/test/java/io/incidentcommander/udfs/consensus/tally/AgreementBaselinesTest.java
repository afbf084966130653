// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.udfs.consensus.tally;

import static org.assertj.core.api.Assertions.assertThat;

import io.incidentcommander.udfs.consensus.agreement.AgreementFit;
import io.incidentcommander.udfs.consensus.agreement.AnswerSheet;
import io.incidentcommander.udfs.consensus.agreement.MajorityVote;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The tally against majority and Dawid-Skene over crowds drawn at random: two or four classes, 3, 5
 * or 10 answers a question, classes and activity skewed or not, agents of differing skill, and
 * colluders that answer all questions alike and mostly wrong, always the same class, or as few as
 * others do.
 */
class AgreementBaselinesTest {
    private static final int CROWDS = 9;
    private static final long SEED = 20_261_121;

    @ParameterizedTest
    @ValueSource(doubles = {0, 0.15, 0.33})
    void theTallyIsNotWorseThanEither(double colluding) {
        SplittableRandom random = new SplittableRandom(SEED);
        double majority = 0;
        double dawidSkene = 0;
        double tally = 0;
        double last = 0;
        for (int i = 0; i < CROWDS; i++) {
            Crowd.Drawn drawn = crowd(i, colluding, random.split()).draw();
            AnswerSheet sheet = drawn.sheet();
            double byMajority = drawn.accuracy(sheet, MajorityVote.of(sheet).answers());
            double byFit =
                    drawn.accuracy(sheet, AgreementFit.dawidSkene(sheet).beliefs().answers());
            AgreementTally answered = drawn.tally();
            double now = drawn.accuracy(sheet, answered.now().answers());
            double pass = drawn.accuracy(sheet, answered.finalPass().answers());
            String what = "crowd " + i + " of seed " + SEED + ", colluding " + colluding;
            assertThat(now).as(what).isGreaterThan(byMajority - 0.03);
            assertThat(pass).as(what).isGreaterThan(byMajority - 0.03);
            assertThat(pass).as(what).isGreaterThan(byFit - 0.03);
            majority += byMajority / CROWDS;
            dawidSkene += byFit / CROWDS;
            tally += now / CROWDS;
            last += pass / CROWDS;
        }
        System.out.printf(
                "colluding %.2f: majority %.3f, Dawid-Skene %.3f, tally %.3f, final pass %.3f%n",
                colluding, majority, dawidSkene, tally, last);
        double better = colluding == 0 ? 0 : 0.2;
        assertThat(tally).isGreaterThan(majority + better);
        assertThat(last).isGreaterThan(majority + better);
        assertThat(last).isGreaterThan(dawidSkene + better);
    }

    private static Crowd crowd(int i, double colluding, SplittableRandom random) {
        int agents = 90 + random.nextInt(60);
        Crowd crowd =
                new Crowd("crowd " + i, random.nextLong())
                        .honest(
                                (int) (agents * (1 - colluding)),
                                600 + random.nextInt(400),
                                random.nextBoolean() ? 2 : 4,
                                new double[] {3, 5, 10}[i % 3])
                        .ability(0.68 + 0.17 * random.nextDouble(), 0.1, 0.2, 0.5)
                        .diligence(new double[] {0.3, 0.8, 1.2}[random.nextInt(3)])
                        .skew(new double[] {0, 0.7, 1.5}[random.nextInt(3)]);
        if (colluding == 0) {
            return crowd;
        }
        crowd.colluders(colluding, 0.85, i % 2 == 0 ? 0 : 0.05);
        return i % 4 == 1 ? crowd.coverage(0.2) : i % 4 == 3 ? crowd.constant() : crowd;
    }
}
