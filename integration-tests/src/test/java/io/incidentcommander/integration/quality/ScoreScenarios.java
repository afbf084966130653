// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.integration.quality;

import io.incidentcommander.datagen.detection.OutcomeScore;
import io.incidentcommander.datagen.detection.OutcomeTracker;
import io.incidentcommander.datagen.storm.FaultScenario;
import io.incidentcommander.model.audit.IncidentEvent;
import io.incidentcommander.model.correlation.CorrelationSnapshot;
import io.incidentcommander.model.sampling.NotableAlert;
import io.incidentcommander.udfs.correlation.CorrelationPolicy;
import io.incidentcommander.udfs.correlation.TenantCorrelation;
import java.time.Duration;
import java.util.List;

/**
 * Scores correlation and classification together, by their pure cores with default options, on the
 * five scenarios: {@code ScoreScenarios [seeds [first]]}, so many seeds for each, beginning with
 * the first; {@code ScoreScenarios run [seeds [first]]}: all five in a row, as {@code run} plays
 * them, but for sampling.
 */
public final class ScoreScenarios {
    private static final long ROW_RATE = 2_000;
    private static final Duration ROW = Duration.ofSeconds(45);

    private ScoreScenarios() {}

    public static void main(String[] args) {
        boolean row = args.length > 0 && args[0].equals("run");
        int at = row ? 1 : 0;
        int seeds = args.length > at ? Integer.parseInt(args[at]) : 40;
        long first = args.length > at + 1 ? Long.parseLong(args[at + 1]) : 1;
        System.out.println((row ? rows(seeds, first) : score(seeds, first)).markdown());
    }

    static OutcomeScore score(int seeds, long first) {
        CorrelationPolicy policy = CorrelatorGrouper.policy();
        OutcomeScore score = new OutcomeScore();
        for (FaultScenario scenario : FaultScenario.values()) {
            for (long seed = first; seed < first + seeds; seed++) {
                score.add(run(ScenarioAlerts.of(scenario, seed), policy));
            }
        }
        return score;
    }

    private static OutcomeScore rows(int seeds, long first) {
        CorrelationPolicy policy = CorrelatorGrouper.policy(ScenarioAlerts.expecting(ROW));
        OutcomeScore score = new OutcomeScore();
        for (long seed = first; seed < first + seeds; seed++) {
            OutcomeTracker tracker =
                    run(ScenarioAlerts.of(ScenarioAlerts.row(seed, ROW_RATE, ROW)), policy);
            ScoreScenarioJobs.show(seed, score, tracker);
        }
        return score;
    }

    private static OutcomeTracker run(ScenarioAlerts storm, CorrelationPolicy policy) {
        OutcomeTracker tracker =
                new OutcomeTracker(storm.truths(), incident -> incident.grounds().origins());
        TenantCorrelation tenant = new TenantCorrelation(policy, CorrelationSnapshot.empty());
        tenant.topology(storm.topology());
        for (NotableAlert alert : storm.alerts()) {
            tenant.seen(alert.alert().eventTimeMillis(), 1);
            see(tenant.take(alert).events(), tracker);
        }
        see(tenant.advance(ScenarioAlerts.START + 2 * ScenarioAlerts.DURATION.toMillis()), tracker);
        return tracker;
    }

    private static void see(List<IncidentEvent> events, OutcomeTracker tracker) {
        events.forEach(event -> tracker.see(event.incident(), event.eventTimeMillis()));
    }
}
