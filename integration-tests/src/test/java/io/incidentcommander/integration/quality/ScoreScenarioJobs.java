// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.integration.quality;

import io.incidentcommander.datagen.detection.OutcomeScore;
import io.incidentcommander.datagen.detection.OutcomeTracker;
import io.incidentcommander.datagen.storm.FaultScenario;
import io.incidentcommander.datagen.storm.StormScript;
import java.time.Duration;

/**
 * Scores the five scenarios through the topology as the product runs it: {@code ScoreScenarioJobs
 * [seeds [first]]}, so many seeds for each, beginning with the first; {@code ScoreScenarioJobs run
 * [seeds [first [seconds [rate]]]]}: all five in a row, as {@code run} plays them. One cluster runs
 * them all, one after the other; the table so far is printed after every tenth seed.
 */
public final class ScoreScenarioJobs {
    private static final int TOLD_EACH = 10;

    private ScoreScenarioJobs() {}

    public static void main(String[] args) throws Exception {
        boolean row = args.length > 0 && args[0].equals("run");
        int at = row ? 1 : 0;
        int seeds = (int) number(args, at, row ? 5 : 40);
        long first = number(args, at + 1, 1);
        OutcomeScore score = new OutcomeScore();
        try (ScenarioJobs jobs = ScenarioJobs.start(1)) {
            for (long seed = first; seed < first + seeds; seed++) {
                if (row) {
                    Duration duration = Duration.ofSeconds(number(args, 3, 45));
                    ScenarioAlerts.expecting(duration).forEach(jobs::option);
                    play(
                            ScenarioAlerts.row(seed, number(args, 4, 2000), duration),
                            seed,
                            score,
                            jobs);
                } else {
                    for (FaultScenario scenario : FaultScenario.values()) {
                        play(ScenarioAlerts.script(scenario, seed), seed, score, jobs);
                    }
                }
                long played = seed - first + 1;
                if (played % TOLD_EACH == 0 || played == seeds) {
                    System.out.println("Seeds " + first + " to " + seed + ":\n");
                    System.out.println(score.markdown());
                }
            }
        }
    }

    private static void play(StormScript script, long seed, OutcomeScore score, ScenarioJobs jobs)
            throws Exception {
        show(seed, score, jobs.run(script, ScenarioAlerts.START));
    }

    private static long number(String[] args, int at, long otherwise) {
        return args.length > at ? Long.parseLong(args[at]) : otherwise;
    }

    /** Adds a run to the score, and says what was not as it should be. */
    static void show(long seed, OutcomeScore score, OutcomeTracker tracker) {
        score.add(tracker);
        tracker.outcomes().stream()
                .filter(o -> o.incidents() != 1 || !o.isTypedInTime() || o.originRank() < 1)
                .forEach(
                        o ->
                                System.err.println(
                                        "seed "
                                                + seed
                                                + ": "
                                                + o.truth()
                                                + ": "
                                                + o.incidents()
                                                + " incidents, typed in time "
                                                + o.isTypedInTime()
                                                + ", origin "
                                                + o.originRank()));
        if (tracker.falseIncidents() > 0) {
            System.err.println("seed " + seed + ": " + tracker.falseIncidents() + " of no fault");
        }
    }
}
