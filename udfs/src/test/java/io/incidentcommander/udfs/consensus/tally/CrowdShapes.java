// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.udfs.consensus.tally;

import java.util.List;
import java.util.stream.Collectors;

/** Crowds and attacks on them that tests and the table of the documentation share. */
final class CrowdShapes {
    private static final double THIRD = 1 / 3.0;

    private CrowdShapes() {}

    /** Sizes and sparsity like those of well-known crowd-sourcing tasks. */
    static List<Crowd> all(long seed) {
        return List.of(
                new Crowd("everybody answers everything", seed)
                        .honest(39, 108, 2, 39)
                        .ability(0.68, 0.15, 0.5, 0.5)
                        .diligence(0),
                new Crowd("two classes", seed)
                        .honest(164, 800, 2, 10)
                        .ability(0.83, 0.12, 0.25, 0.5)
                        .diligence(1.1),
                new Crowd("five grades, poor agents", seed)
                        .honest(177, 1300, 5, 6)
                        .ability(0.65, 0.2, 0.4, 0.7)
                        .diligence(1.2)
                        .skew(0.5),
                new Crowd("four classes", seed)
                        .honest(109, 807, 4, 10)
                        .ability(0.75, 0.1, 0.35, 0.6)
                        .diligence(0.8),
                new Crowd("ten classes", seed)
                        .honest(44, 700, 10, 4.2)
                        .ability(0.65, 0.2, 0.3, 0.4)
                        .diligence(1),
                new Crowd("one in nine positive", seed)
                        .honest(176, 2500, 2, 3)
                        .ability(0.9, 0.08, 0.3, 0.5)
                        .diligence(1.1)
                        .skew(3),
                new Crowd("many agents", seed)
                        .honest(300, 1500, 3, 5)
                        .ability(0.6, 0.2, 0.4, 0.5)
                        .diligence(1.2)
                        .skew(0.7),
                new Crowd("nearly perfect agents", seed)
                        .honest(100, 1000, 4, 5)
                        .ability(0.99, 0.01, 0.02, 0.5),
                new Crowd("very sparse", seed)
                        .honest(200, 2000, 3, 3)
                        .ability(0.75, 0.15, 0.3, 0.5)
                        .diligence(0.5),
                new Crowd("novices mistake a kind", seed)
                        .honest(60, 900, 4, 8)
                        .ability(0.8, 0.08, 0.3, 0.3)
                        .diligence(0.7)
                        .novices(0.4));
    }

    /** The same, but those of more than a thousand questions at half their size, for speed. */
    static List<Crowd> smaller(long seed) {
        return all(seed).stream()
                .map(crowd -> crowd.questions() > 1000 ? crowd.halved() : crowd)
                .collect(Collectors.toList());
    }

    /** What colluders, a third of all agents unless said otherwise, may do. */
    enum Attack {
        NONE("no colluders"),
        WRONG("alike, always wrong"),
        MOSTLY_WRONG("alike, wrong in 8 of 10"),
        NOISY("wrong in 8 of 10, a tenth at random each"),
        HALF_RANDOM("wrong in 9 of 10, half at random each"),
        CAMOUFLAGED("wrong in 8 of 10, 3 of 10 honestly each"),
        HALF_RIGHT("alike, wrong in 5 of 10"),
        THREE_GROUPS("three groups"),
        TENTH_COVERED("answer a tenth of the questions each"),
        CONSTANT("always the commonest class"),
        TENTH("a tenth of the agents");

        final String text;

        Attack(String text) {
            this.text = text;
        }

        Crowd on(Crowd crowd) {
            switch (this) {
                case NONE:
                    return crowd;
                case WRONG:
                    return crowd.colluders(THIRD, 1, 0);
                case MOSTLY_WRONG:
                    return crowd.colluders(THIRD, 0.8, 0);
                case NOISY:
                    return crowd.colluders(THIRD, 0.8, 0.1);
                case HALF_RANDOM:
                    return crowd.colluders(THIRD, 0.9, 0.5);
                case CAMOUFLAGED:
                    return crowd.colluders(THIRD, 0.8, 0).camouflage(0.3);
                case HALF_RIGHT:
                    return crowd.colluders(THIRD, 0.5, 0);
                case THREE_GROUPS:
                    return crowd.colluders(THIRD, 0.8, 0.05).groups(3);
                case TENTH_COVERED:
                    return crowd.colluders(THIRD, 0.8, 0.05).coverage(0.1);
                case CONSTANT:
                    return crowd.colluders(THIRD, 1, 0).constant();
                case TENTH:
                    return crowd.colluders(0.1, 0.8, 0.05);
                default:
                    throw new IllegalStateException(name());
            }
        }
    }
}
