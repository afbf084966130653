// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.integration.quality;

import io.incidentcommander.datagen.detection.OutcomeScore;
import io.incidentcommander.datagen.detection.OutcomeTracker;
import io.incidentcommander.datagen.storm.FaultScenario;
import io.incidentcommander.datagen.storm.FaultTruth;
import io.incidentcommander.model.ingest.Alert;
import io.incidentcommander.model.lifecycle.Incident;
import io.incidentcommander.model.sampling.NotableAlert;
import io.incidentcommander.model.sampling.NotifyReason;
import io.incidentcommander.udfs.detection.Classification;
import io.incidentcommander.udfs.detection.Classifier;
import io.incidentcommander.udfs.detection.IncidentSigns;
import io.incidentcommander.udfs.detection.PartialData;

/**
 * Scores classification by itself: {@code ScoreClassification [seeds]}. Grouping is taken from the
 * truth (all alerts of affected services while the fault goes on, background included), so that
 * what is wrong here is the classifier's.
 */
public final class ScoreClassification {
    private ScoreClassification() {}

    public static void main(String[] args) {
        int seeds = args.length > 0 ? Integer.parseInt(args[0]) : 40;
        boolean verbose = args.length > 1;
        OutcomeScore score = new OutcomeScore();
        for (FaultScenario scenario : FaultScenario.values()) {
            for (long seed = 1; seed <= seeds; seed++) {
                score.add(run(ScenarioAlerts.of(scenario, seed), verbose));
            }
        }
        System.out.println(score.markdown());
    }

    private static OutcomeTracker run(ScenarioAlerts storm, boolean verbose) {
        FaultTruth truth = storm.truths().get(0);
        OutcomeTracker tracker =
                new OutcomeTracker(storm.truths(), incident -> incident.grounds().origins());
        Classifier classifier = new Classifier(storm.topology());
        IncidentSigns signs = IncidentSigns.none();
        Classification last = null;
        long sequence = 0;
        for (NotableAlert notable : storm.alerts()) {
            Alert alert = notable.alert();
            boolean of =
                    truth.affectedServices().contains(alert.service())
                            && alert.eventTimeMillis() >= truth.firstSymptomMillis()
                            && alert.eventTimeMillis() <= truth.endMillis()
                            && notable.reason() != NotifyReason.RESOLVED;
            if (of && signs.add(notable) != IncidentSigns.Change.REPEAT) {
                last = classifier.classify(signs, PartialData.complete());
                Incident incident =
                        Incident.builder()
                                .incidentId("i")
                                .tenant("t")
                                .severity(alert.severity())
                                .services(last.services())
                                .openedAtMillis(truth.firstSymptomMillis())
                                .updatedAtMillis(alert.eventTimeMillis())
                                .alertCount(1)
                                .sequence(++sequence)
                                .build();
                tracker.see(last.applyTo(incident), alert.eventTimeMillis());
            }
        }
        var outcome = tracker.outcomes().get(0);
        if (verbose && (!outcome.isTypedInTime() || outcome.originRank() != 1) && last != null) {
            System.out.println(truth + " " + truth.affectedServices());
            System.out.println("  " + last.type() + " " + last.confidence() + " " + last.grounds());
            signs.signs().forEach(s -> System.out.println("    " + s));
        }
        return tracker;
    }
}
