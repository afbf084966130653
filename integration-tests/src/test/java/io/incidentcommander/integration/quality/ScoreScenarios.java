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
import java.util.List;

/**
 * Scores correlation and classification together, by their pure cores with default options, on the
 * five scenarios: {@code ScoreScenarios [seeds [first]]}, so many seeds for each, beginning with
 * the first.
 */
public final class ScoreScenarios {
    private ScoreScenarios() {}

    public static void main(String[] args) {
        int seeds = args.length > 0 ? Integer.parseInt(args[0]) : 40;
        long first = args.length > 1 ? Long.parseLong(args[1]) : 1;
        System.out.println(score(seeds, first).markdown());
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
