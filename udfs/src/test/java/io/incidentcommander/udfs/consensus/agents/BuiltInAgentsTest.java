// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.udfs.consensus.agents;

import static org.assertj.core.api.Assertions.assertThat;

import io.incidentcommander.model.consensus.Action;
import io.incidentcommander.model.consensus.CandidateList;
import io.incidentcommander.model.consensus.RiskLevel;
import io.incidentcommander.model.consensus.Roster;
import io.incidentcommander.model.consensus.Seat;
import io.incidentcommander.model.consensus.SeatStanding;
import io.incidentcommander.model.correlation.ServiceCall;
import io.incidentcommander.model.correlation.Topology;
import io.incidentcommander.model.detection.PatternKind;
import io.incidentcommander.model.detection.PatternMatch;
import io.incidentcommander.model.ingest.Severity;
import io.incidentcommander.model.lifecycle.Grounds;
import io.incidentcommander.model.lifecycle.Incident;
import io.incidentcommander.model.lifecycle.IncidentType;
import io.incidentcommander.udfs.consensus.Rosters;
import io.incidentcommander.udfs.correlation.yaml.Problems;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

/** What the agents make of incidents, and what they may choose from. */
class BuiltInAgentsTest {
    private static final String YAML =
            "failover: {version: '1', types: [database_failure], risk: high, takes: 2 min,"
                    + " rollback: back}\n"
                    + "shed: {version: '1', types: [database_failure], risk: low, takes: 1 min,"
                    + " parameters: {keep: '50%'}, rollback: none}\n"
                    + "restart: {version: '2', types: [memory_leak, database_failure], risk: low,"
                    + " takes: 30 s, rollback: none}\n";
    private static final long OPENED = 1_700_000_000_000L;

    private final RunbookCatalogue catalogue = catalogue();

    @Test
    void fourAgentsOfFourFamiliesTolerateAnyOne() {
        List<Seat> seats = new ArrayList<>();
        for (BuiltInAgent agent : BuiltInAgent.values()) {
            seats.add(
                    new Seat(
                            agent.agent(),
                            agent.role(),
                            agent.family(),
                            1,
                            "11".repeat(32),
                            Seat.WHOLE_PPM,
                            SeatStanding.TRUSTED,
                            0));
        }
        Roster roster = Rosters.freeze(Rosters.DEFAULT_WEIGHTS, seats, Set.of());
        assertThat(roster.tolerance()).isEqualTo("tolerates 1 of 4");
        for (Seat out : roster.seats()) {
            assertThat(3L * (Seat.WHOLE_PPM - out.powerPpm())).isGreaterThan(2L * Seat.WHOLE_PPM);
        }
    }

    @Property
    void everyOpinionIsACandidateAndHasAConfidence(
            @ForAll IncidentType type,
            @ForAll Severity severity,
            @ForAll @IntRange(min = 0, max = 12) int services,
            @ForAll @DoubleRange(min = 0, max = 1) double confidence) {
        List<String> affected = new ArrayList<>();
        for (int i = 0; i < services; i++) {
            affected.add("service-" + i);
        }
        Incident incident = incident(type, severity, affected, List.of(), confidence);
        CandidateList candidates = catalogue.candidates(incident);
        assertThat(candidates.size()).isBetween(2, CandidateList.MAX);
        assertThat(candidates.actions()).contains(Action.ESCALATE, Action.NO_ACTION);
        assertThat(catalogue.candidates(incident)).isEqualTo(candidates);
        for (BuiltInAgent agent : BuiltInAgent.values()) {
            Opinion opinion =
                    agent.opinion(
                            new CaseFile(incident, List.of(), Topology.empty()),
                            catalogue,
                            candidates,
                            action -> 0);
            assertThat(candidates.indexOf(opinion.action().id())).isNotNegative();
            assertThat(opinion.confidence()).isBetween(0.0, 1.0);
        }
    }

    @Test
    void allAgreeOnAClearCase() {
        Incident incident = database(Severity.CRITICAL, List.of("db"), 0.9);
        for (BuiltInAgent agent : BuiltInAgent.values()) {
            Opinion opinion = opinion(agent, incident, List.of(), Topology.empty());
            assertThat(opinion.action().runbook()).isEqualTo("failover");
            assertThat(opinion.action().target()).isEqualTo("db");
            assertThat(opinion.confidence()).isGreaterThanOrEqualTo(0.7);
        }
    }

    @Test
    void whatIsNotUnderstoodIsHandedOverAndWhatIsNoTroubleIsLeft() {
        for (BuiltInAgent agent : BuiltInAgent.values()) {
            Incident unknown =
                    incident(IncidentType.UNKNOWN, Severity.HIGH, List.of("a"), List.of(), 0.1);
            assertThat(opinion(agent, unknown, List.of(), Topology.empty()).action())
                    .isEqualTo(Action.ESCALATE);
            Incident info = database(Severity.INFO, List.of("a"), 0.9);
            assertThat(opinion(agent, info, List.of(), Topology.empty()).action())
                    .isEqualTo(Action.NO_ACTION);
        }
    }

    @Test
    void theRulesHandOverWhatTheClassificationDoubts() {
        Opinion opinion =
                opinion(
                        BuiltInAgent.DETECTION_RULES,
                        database(Severity.HIGH, List.of("db"), 0.3),
                        List.of(),
                        Topology.empty());
        assertThat(opinion.action()).isEqualTo(Action.ESCALATE);
        assertThat(opinion.confidence()).isEqualTo(0.7);
    }

    @Test
    void thePatternNamesTheOrigin() {
        Incident incident = database(Severity.HIGH, List.of("api", "db"), 0.9);
        PatternMatch cascade =
                match(PatternKind.CASCADE, List.of("db", "api"), OPENED, OPENED + 1000);
        PatternMatch elsewhere = match(PatternKind.CASCADE, List.of("mail"), OPENED, OPENED + 2000);
        PatternMatch longAgo =
                match(PatternKind.CASCADE, List.of("api"), OPENED - 900_000, OPENED - 800_000);
        assertThat(target(incident, List.of(elsewhere, cascade, longAgo))).isEqualTo("db");
        assertThat(target(incident, List.of(elsewhere, longAgo))).isEqualTo("api");
    }

    @Test
    void theCallsLeadToTheOrigin() {
        Incident incident = database(Severity.HIGH, List.of("api", "db", "web"), 0.9);
        Topology calls =
                Topology.of(List.of(ServiceCall.of("web", "api"), ServiceCall.of("api", "db")));
        Opinion opinion = opinion(BuiltInAgent.DIAGNOSIS_CAUSAL, incident, List.of(), calls);
        assertThat(opinion.action().target()).isEqualTo("db");
        assertThat(
                        opinion(
                                        BuiltInAgent.DIAGNOSIS_CAUSAL,
                                        incident,
                                        List.of(),
                                        Topology.empty())
                                .action()
                                .target())
                .isEqualTo("api");
    }

    @Test
    void theRunbookAgentRisksNothingForALittleTrouble() {
        Incident little = database(Severity.LOW, List.of("db"), 0.9);
        Opinion cautious =
                opinion(BuiltInAgent.RESOLUTION_RUNBOOK, little, List.of(), Topology.empty());
        assertThat(cautious.action().runbook()).isEqualTo("shed");
        assertThat(catalogue.of(cautious.action()).orElseThrow().risk()).isEqualTo(RiskLevel.LOW);
    }

    @Test
    void inALaterRoundAnAgentJoinsWhatItHoldsLikelyToo() {
        Incident incident = database(Severity.CRITICAL, List.of("db"), 0.9);
        CandidateList candidates = catalogue.candidates(incident);
        Action shed = candidates.actions().get(1);
        assertThat(shed.runbook()).isEqualTo("shed");
        Opinion opinion =
                BuiltInAgent.DETECTION_RULES.opinion(
                        new CaseFile(incident, List.of(), Topology.empty()),
                        catalogue,
                        candidates,
                        action -> action.equals(shed.id()) ? 500_000 : 100_000);
        assertThat(opinion.action()).isEqualTo(shed);
        assertThat(opinion.confidence()).isBetween(0.80, 0.82);
    }

    private String target(Incident incident, List<PatternMatch> matches) {
        return opinion(BuiltInAgent.DIAGNOSIS_PATTERNS, incident, matches, Topology.empty())
                .action()
                .target();
    }

    private Opinion opinion(
            BuiltInAgent agent, Incident incident, List<PatternMatch> matches, Topology topology) {
        return agent.opinion(
                new CaseFile(incident, matches, topology),
                catalogue,
                catalogue.candidates(incident),
                action -> 0);
    }

    private static PatternMatch match(
            PatternKind kind, List<String> services, long first, long last) {
        return new PatternMatch(
                kind, "pattern", 1, "acme", services.get(0), services, first, last, List.of(), "");
    }

    private static Incident database(Severity severity, List<String> services, double confidence) {
        return incident(
                IncidentType.DATABASE_FAILURE,
                severity,
                services,
                List.of(services.get(0)),
                confidence);
    }

    private static Incident incident(
            IncidentType type,
            Severity severity,
            List<String> services,
            List<String> origins,
            double confidence) {
        return Incident.builder()
                .incidentId("inc-1")
                .tenant("acme")
                .type(type)
                .severity(severity)
                .services(services)
                .confidence(confidence)
                .openedAtMillis(OPENED)
                .updatedAtMillis(OPENED + 1000)
                .grounds(new Grounds(origins, confidence, 1, List.of()))
                .build();
    }

    private static RunbookCatalogue catalogue() {
        Problems problems = new Problems("test");
        RunbookCatalogue read = RunbookCatalogueReader.read(YAML, problems);
        assertThat(problems.all()).isEmpty();
        return read;
    }
}
