// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.integration.quality;

import io.incidentcommander.datagen.detection.OutcomeScore;
import io.incidentcommander.datagen.detection.OutcomeTracker;
import io.incidentcommander.datagen.storm.FaultScenario;
import io.incidentcommander.datagen.storm.StormScript;
import java.time.Duration;
import java.util.List;

/**
 * Scores the five scenarios through the topology as the product runs it: {@code ScoreScenarioJobs
 * [seeds [first]]}, so many seeds for each, beginning with the first; {@code ScoreScenarioJobs run
 * [seeds [first [seconds [rate]]]]}: all five in a row, as {@code run} plays them.
 */
public final class ScoreScenarioJobs {
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
                    show(seed, score, inARow(jobs, seed, number(args, 4, 2000), duration));
                } else {
                    for (FaultScenario scenario : FaultScenario.values()) {
                        StormScript script =
                                StormScript.of(
                                        seed,
                                        List.of(scenario),
                                        ScenarioAlerts.PEAK_RATE,
                                        ScenarioAlerts.CALM_RATE,
                                        ScenarioAlerts.DURATION);
                        show(seed, score, jobs.run(script, ScenarioAlerts.START));
                    }
                }
            }
        }
        System.out.println(score.markdown());
    }

    private static OutcomeTracker inARow(ScenarioJobs jobs, long seed, long rate, Duration duration)
            throws Exception {
        List<FaultScenario> all = List.of(FaultScenario.values());
        double aDay = all.size() * (double) Duration.ofDays(1).toMillis() / duration.toMillis();
        return jobs.option("correlation.outbreaks-per-day", String.valueOf(aDay))
                .run(StormScript.even(seed, all, rate, duration), ScenarioAlerts.START);
    }

    private static long number(String[] args, int at, long otherwise) {
        return args.length > at ? Long.parseLong(args[at]) : otherwise;
    }

    private static void show(long seed, OutcomeScore score, OutcomeTracker tracker) {
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
