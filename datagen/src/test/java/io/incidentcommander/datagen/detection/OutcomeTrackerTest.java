// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.datagen.detection;

import static org.assertj.core.api.Assertions.assertThat;

import io.incidentcommander.datagen.storm.FaultScenario;
import io.incidentcommander.datagen.storm.FaultTruth;
import io.incidentcommander.datagen.storm.StormScript;
import io.incidentcommander.model.ingest.Severity;
import io.incidentcommander.model.lifecycle.Incident;
import io.incidentcommander.model.lifecycle.IncidentType;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class OutcomeTrackerTest {
    private static final long START = 1_767_225_600_000L;
    private static final List<FaultTruth> TRUTHS =
            StormScript.of(
                            7,
                            List.of(FaultScenario.DATABASE_CASCADE, FaultScenario.DDOS),
                            500,
                            Duration.ofMinutes(5))
                    .truths(START);
    private static final FaultTruth CASCADE = TRUTHS.get(0);
    private static final FaultTruth FLOOD = TRUTHS.get(1);

    private final OutcomeTracker tracker =
            new OutcomeTracker(TRUTHS, incident -> List.of("elsewhere", CASCADE.origin()));

    @Test
    void aFaultThatWasFoundInTimeAndNamedScoresAll() {
        Incident opened = incident("a", CASCADE, IncidentType.UNKNOWN).build();
        tracker.see(opened, CASCADE.firstSymptomMillis() + 12_000);
        tracker.see(
                opened.toBuilder().type(CASCADE.type()).sequence(2).build(),
                CASCADE.firstSymptomMillis() + 40_000);

        FaultOutcome outcome = tracker.outcomes().get(0);
        assertThat(outcome.incidents()).isEqualTo(1);
        assertThat(outcome.detectedSeconds()).hasValue(12);
        assertThat(outcome.isTypedInTime()).isTrue();
        assertThat(outcome.isTypedInTheEnd()).isTrue();
        assertThat(outcome.isSeverityRight()).isTrue();
        assertThat(outcome.originRank()).isEqualTo(2);
        assertThat(tracker.falseIncidents()).isZero();
    }

    @Test
    void aFaultThatNobodyFoundIsAMiss() {
        FaultOutcome outcome = tracker.outcomes().get(1);
        assertThat(outcome.incidents()).isZero();
        assertThat(outcome.detectedSeconds()).isEmpty();
        assertThat(outcome.isTypedInTime()).isFalse();
        assertThat(outcome.originRank()).isZero();
    }

    @Test
    void aNameThatComesTooLateIsNotInTime() {
        Incident opened = incident("a", CASCADE, IncidentType.UNKNOWN).build();
        tracker.see(opened, CASCADE.firstSymptomMillis() + 1_000);
        tracker.see(
                opened.toBuilder().type(CASCADE.type()).sequence(2).build(),
                CASCADE.firstSymptomMillis() + OutcomeTracker.LIMIT_MILLIS + 1);

        FaultOutcome outcome = tracker.outcomes().get(0);
        assertThat(outcome.isTypedInTime()).isFalse();
        assertThat(outcome.isTypedInTheEnd()).isTrue();
    }

    @Test
    void twoIncidentsOfOneFaultAreNotOneUnlessTheyWereMerged() {
        tracker.see(incident("a", CASCADE, CASCADE.type()).build(), after(CASCADE, 5));
        Incident second = incident("b", CASCADE, CASCADE.type()).build();
        tracker.see(second, after(CASCADE, 6));
        assertThat(tracker.outcomes().get(0).incidents()).isEqualTo(2);

        tracker.see(second.toBuilder().mergedInto("a").sequence(2).build(), after(CASCADE, 9));
        assertThat(tracker.outcomes().get(0).incidents()).isEqualTo(1);
        assertThat(tracker.incidents()).isEqualTo(1);
    }

    @Test
    void anIncidentOfOtherServicesOrOfAnotherTimeIsFalse() {
        tracker.see(
                incident("c", CASCADE, CASCADE.type()).services(List.of("elsewhere")).build(),
                after(CASCADE, 5));
        tracker.see(
                incident("d", CASCADE, CASCADE.type())
                        .openedAtMillis(CASCADE.endMillis() + 1)
                        .build(),
                CASCADE.endMillis() + 1);
        assertThat(tracker.falseIncidents()).isEqualTo(2);
        assertThat(tracker.outcomes().get(0).incidents()).isZero();
    }

    @Test
    void aTableHasALineForEachScenario() {
        tracker.see(incident("f", FLOOD, FLOOD.type()).build(), after(FLOOD, 31));
        String table = new OutcomeScore().add(tracker).markdown();
        assertThat(table.lines().filter(line -> line.startsWith("| ddos | 1 | 0.000 | 1.000 |")))
                .hasSize(1);
        assertThat(table.lines().filter(line -> line.startsWith("| all | 2 | 0.000 | 0.500 |")))
                .hasSize(1);
    }

    private static long after(FaultTruth truth, int seconds) {
        return truth.firstSymptomMillis() + seconds * 1000L;
    }

    private static Incident.Builder incident(String id, FaultTruth truth, IncidentType type) {
        return Incident.builder()
                .incidentId(id)
                .tenant("t")
                .type(type)
                .severity(truth.severity() == Severity.HIGH ? Severity.HIGH : Severity.MEDIUM)
                .services(truth.affectedServices())
                .openedAtMillis(truth.firstSymptomMillis())
                .updatedAtMillis(truth.firstSymptomMillis())
                .alertCount(1)
                .sequence(1);
    }
}
