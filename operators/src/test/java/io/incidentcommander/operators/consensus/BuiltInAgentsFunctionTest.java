// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.operators.consensus;

import static org.assertj.core.api.Assertions.assertThat;

import io.incidentcommander.model.audit.ChainHead;
import io.incidentcommander.model.audit.IncidentEvent;
import io.incidentcommander.model.audit.IncidentEventKind;
import io.incidentcommander.model.codec.Sha256;
import io.incidentcommander.model.consensus.CaseNews;
import io.incidentcommander.model.consensus.CausalNews;
import io.incidentcommander.model.consensus.Decision;
import io.incidentcommander.model.consensus.DecisionStatus;
import io.incidentcommander.model.consensus.FindingKind;
import io.incidentcommander.model.consensus.Recommendation;
import io.incidentcommander.model.consensus.RegisteredAgent;
import io.incidentcommander.model.consensus.RoundRequest;
import io.incidentcommander.model.consensus.SignedRecommendation;
import io.incidentcommander.model.consensus.TallyInput;
import io.incidentcommander.model.detection.PatternKind;
import io.incidentcommander.model.detection.PatternMatch;
import io.incidentcommander.model.diagnosis.CausalRanking;
import io.incidentcommander.model.diagnosis.CausalVerdict;
import io.incidentcommander.model.diagnosis.MetricKey;
import io.incidentcommander.model.diagnosis.RankedCause;
import io.incidentcommander.model.ingest.Severity;
import io.incidentcommander.model.lifecycle.Incident;
import io.incidentcommander.model.lifecycle.IncidentType;
import io.incidentcommander.operators.correlation.control.ControlSettings;
import io.incidentcommander.udfs.consensus.CertificateVerifier;
import io.incidentcommander.udfs.consensus.agents.Ballots;
import io.incidentcommander.udfs.consensus.agents.BuiltInAgent;
import io.incidentcommander.udfs.consensus.agents.RunbookCatalogue;
import io.incidentcommander.udfs.consensus.agents.RunbookCatalogueReader;
import io.incidentcommander.udfs.consensus.signature.Ed25519Signatures;
import io.incidentcommander.udfs.correlation.yaml.Problems;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.contrib.streaming.state.EmbeddedRocksDBStateBackend;
import org.apache.flink.contrib.streaming.state.RocksDBKeyedStateBackend;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.KeyedProcessOperator;
import org.apache.flink.streaming.api.operators.co.KeyedCoProcessOperator;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;
import org.apache.flink.streaming.util.KeyedTwoInputStreamOperatorTestHarness;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** From an incident event to a decision, by hand over the way that leads outside. */
class BuiltInAgentsFunctionTest {
    private static final String CAUSAL = BuiltInAgent.DIAGNOSIS_CAUSAL.agent();
    private static final long METRICS_WITHIN = 10_000;
    private static final RunbookCatalogue CATALOGUE =
            RunbookCatalogueReader.read(
                    "failover: {version: '1', types: [database_failure], risk: high,"
                            + " takes: 2 min, rollback: back}",
                    new Problems("test"));

    /** A liar needs no metrics: one that waited for them came after most decisions, and unseen. */
    @ParameterizedTest
    @EnumSource(BuiltInAgent.class)
    void incidentsAreDecidedAndTheCompromisedAgentIsOutvotedThenCaughtThenOut(BuiltInAgent liar)
            throws Exception {
        long metricsWithin = liar == BuiltInAgent.DIAGNOSIS_CAUSAL ? 10_000 : 0;
        try (Council council = new Council(1, 1, 0, null);
                var asking = asking();
                var agents = agents(Optional.of(liar), metricsWithin)) {
            for (BuiltInAgent agent : BuiltInAgent.values()) {
                council.control(registered(agent));
            }
            for (int i = 0; i < 8; i++) {
                IncidentEvent event = event("inc-" + i, Severity.HIGH, IncidentEventKind.OPENED, 1);
                agents.processElement1(new StreamRecord<>(CaseNews.of(event)));
                decide(council, asking, agents, event);
            }
            assertThat(council.decisions()).hasSize(8);
            for (Decision decision : council.decisions()) {
                assertThat(decision.status()).isEqualTo(DecisionStatus.DECIDED);
                assertThat(decision.action().runbook()).isEqualTo("failover");
                assertThat(
                                new CertificateVerifier(new Ed25519Signatures())
                                        .check(decision.certificate()))
                        .isEmpty();
            }
            assertThat(council.findings())
                    .extracting(finding -> finding.kind())
                    .contains(FindingKind.EQUIVOCATION);
            assertThat(council.findings()).allMatch(f -> f.agent().equals(liar.agent()));
            assertThat(canVote(council.decisions().get(0), liar)).isTrue();
            assertThat(canVote(council.decisions().get(7), liar)).isFalse();
        }
    }

    @Test
    void aRequestWaitsForItsIncidentAndIsAnsweredTheSameWhenAskedAgain() throws Exception {
        try (Council council = new Council(1, 1, 0, null);
                var asking = asking();
                var agents = agents(Optional.empty())) {
            for (BuiltInAgent agent : BuiltInAgent.values()) {
                council.control(registered(agent));
            }
            IncidentEvent event = event("inc-1", Severity.HIGH, IncidentEventKind.OPENED, 1);
            asking.processElement(event, Council.NOW);
            council.ask(questions(asking).get(0).question().orElseThrow(), Council.NOW);
            RoundRequest request = council.request();
            agents.processElement2(new StreamRecord<>(request));
            assertThat(agents.extractOutputValues()).isEmpty();
            agents.processElement1(new StreamRecord<>(CaseNews.of(event)));
            List<SignedRecommendation> first = List.copyOf(agents.extractOutputValues());
            assertThat(first).hasSize(4);
            agents.processElement2(new StreamRecord<>(request));
            List<SignedRecommendation> all = agents.extractOutputValues();
            assertThat(all.subList(4, 8)).isEqualTo(first);
            agents.processBothWatermarks(new Watermark(Council.NOW + 3_600_000));
            assertThat(agents.numEventTimeTimers()).isZero();
        }
    }

    @Test
    void theAgentOfMetricsVotesOnceItIsToldWhatTheySay() throws Exception {
        try (Council council = new Council(1, 1, 0, null);
                var asking = asking();
                var agents = agents(Optional.empty(), METRICS_WITHIN)) {
            RoundRequest request = asked(council, asking, agents);
            assertThat(voters(agents)).hasSize(3).doesNotContain(CAUSAL);
            CausalRanking ranking =
                    CausalRanking.of(
                            List.of(
                                    new RankedCause(
                                            "db",
                                            4,
                                            List.of("db latency rose"),
                                            List.of(new MetricKey("db", "latency", "")))),
                            0.01);
            CausalNews news = new CausalNews(Council.TENANT, "inc-1", CausalVerdict.of(ranking));
            agents.processElement1(new StreamRecord<>(CaseNews.of(news)));
            assertThat(voters(agents)).hasSize(4).endsWith(CAUSAL);
            Recommendation said = agents.extractOutputValues().get(3).recommendation();
            assertThat(said.reasoning()).contains("db latency rose");
            assertThat(said.confidence()).isGreaterThan(0.9);

            agents.processElement2(new StreamRecord<>(request));
            assertThat(voters(agents)).hasSize(8);
            agents.processBothWatermarks(new Watermark(Council.NOW + METRICS_WITHIN));
            assertThat(voters(agents)).hasSize(8); // it has voted, and does not once more
            agents.processElement1(new StreamRecord<>(CaseNews.of(closed())));
            agents.processBothWatermarks(new Watermark(Council.NOW + 3_600_000));
            assertThat(agents.numEventTimeTimers()).isZero();
            assertThat(entries(agents)).isZero();
        }
    }

    @Test
    void theAgentOfMetricsVotesByCallsWhenNobodyTellsItAnythingAcrossARestoreToo()
            throws Exception {
        try (Council council = new Council(1, 1, 0, null);
                var asking = asking();
                var before = agents(Optional.empty(), METRICS_WITHIN)) {
            asked(council, asking, before);
            OperatorSubtaskState state = before.snapshot(1, 1);
            try (var after = unopened(Optional.empty(), METRICS_WITHIN)) {
                after.initializeState(state);
                after.open();
                after.processBothWatermarks(new Watermark(Council.NOW + METRICS_WITHIN - 1));
                assertThat(voters(after)).isEmpty();
                after.processBothWatermarks(new Watermark(Council.NOW + 2 * METRICS_WITHIN));
                assertThat(voters(after)).containsExactly(CAUSAL);
                assertThat(after.extractOutputValues().get(0).recommendation().reasoning())
                        .contains("no known call leads anywhere else");
                after.processBothWatermarks(new Watermark(Council.NOW + 3_600_000));
                assertThat(after.numEventTimeTimers()).isZero();
            }
        }
    }

    @Test
    void theAgentOfMetricsWaitsNoLongerThanItCanBeHeard() throws Exception {
        long tooLong = 3_600_000;
        try (Council council = new Council(1, 1, 0, null);
                var asking = asking();
                var agents = agents(Optional.empty(), tooLong)) {
            long closes = asked(council, asking, agents).terms().closesAtMillis();
            agents.processBothWatermarks(new Watermark(closes - 1_000));
            assertThat(voters(agents)).hasSize(4).endsWith(CAUSAL);
            council.time(closes - 1_000);
            for (SignedRecommendation vote : agents.extractOutputValues()) {
                council.send(TallyInput.of(vote, TallyInput.SignatureCheck.UNCHECKED));
            }
            assertThat(council.decisions()).hasSize(1);
        }
    }

    @Test
    void whatBelongsToNoIncidentIsForgottenToo() throws Exception {
        try (Council council = new Council(1, 1, 0, null);
                var asking = asking();
                var agents = agents(Optional.empty(), METRICS_WITHIN);
                var others = agents(Optional.empty(), METRICS_WITHIN)) {
            RoundRequest request = asked(council, asking, others);
            agents.processElement2(new StreamRecord<>(request)); // its incident never comes
            agents.processElement1(
                    new StreamRecord<>(
                            CaseNews.of(
                                    new CausalNews(
                                            Council.TENANT, "never", CausalVerdict.noMetrics()))));
            agents.processElement1(
                    new StreamRecord<>(
                            CaseNews.of(
                                    new PatternMatch(
                                            PatternKind.CASCADE,
                                            "cascade",
                                            1,
                                            Council.TENANT,
                                            "db",
                                            List.of("db"),
                                            Council.NOW,
                                            Council.NOW,
                                            List.of(),
                                            "test"))));
            assertThat(entries(agents)).isGreaterThanOrEqualTo(3);
            agents.processBothWatermarks(new Watermark(Council.NOW + 3_600_000));
            assertThat(entries(agents)).isZero();
            assertThat(agents.numEventTimeTimers()).isZero();
        }
    }

    @Test
    void anIncidentIsAskedAboutAgainOnlyWhenItIsAnother() throws Exception {
        try (var asking = asking()) {
            asking.processElement(event("i", Severity.LOW, IncidentEventKind.OPENED, 1), 1);
            asking.processElement(event("i", Severity.LOW, IncidentEventKind.UPDATED, 2), 2);
            assertThat(questions(asking)).hasSize(1);
            asking.processElement(event("i", Severity.HIGH, IncidentEventKind.UPDATED, 3), 3);
            assertThat(questions(asking)).hasSize(2);
            asking.processElement(event("i", Severity.HIGH, IncidentEventKind.CLOSED, 4), 4);
            assertThat(questions(asking)).hasSize(2);
            asking.processElement(event("i", Severity.HIGH, IncidentEventKind.REOPENED, 5), 5);
            assertThat(questions(asking))
                    .extracting(input -> input.question().orElseThrow().attempt())
                    .containsExactly(1, 2, 3);
            // It goes on; what was asked while it seemed over is not forgotten then.
            asking.processWatermark(Council.NOW + 25L * 3_600_000);
            for (int i = 0; i < 40; i++) {
                Severity severity = i % 2 == 0 ? Severity.LOW : Severity.HIGH;
                asking.processElement(event("i", severity, IncidentEventKind.UPDATED, 6 + i), 6);
            }
            assertThat(questions(asking)).hasSize(AskFunction.MOST_ATTEMPTS);
            asking.processElement(event("i", Severity.LOW, IncidentEventKind.CLOSED, 99), 7);
            asking.processWatermark(Council.NOW + 48L * 3_600_000);
            assertThat(asking.numKeyedStateEntries()).isZero();
        }
    }

    private static RoundRequest asked(
            Council council,
            KeyedOneInputStreamOperatorTestHarness<String, IncidentEvent, TallyInput> asking,
            KeyedTwoInputStreamOperatorTestHarness<
                            String, CaseNews, RoundRequest, SignedRecommendation>
                    agents)
            throws Exception {
        for (BuiltInAgent agent : BuiltInAgent.values()) {
            council.control(registered(agent));
        }
        IncidentEvent event = event("inc-1", Severity.HIGH, IncidentEventKind.OPENED, 1);
        agents.processElement1(new StreamRecord<>(CaseNews.of(event)));
        asking.processElement(event, Council.NOW);
        council.ask(questions(asking).get(0).question().orElseThrow(), Council.NOW);
        RoundRequest request = council.request();
        agents.processElement2(new StreamRecord<>(request));
        return request;
    }

    private static IncidentEvent closed() {
        Incident incident = event("inc-1", Severity.HIGH, IncidentEventKind.OPENED, 1).incident();
        return IncidentEvent.of(
                incident.toBuilder().closedAtMillis(Council.NOW + 20_000).build(),
                IncidentEventKind.CLOSED,
                Council.NOW + 20_000,
                "test",
                "test",
                List.of(),
                ChainHead.GENESIS_HASH);
    }

    private static int entries(
            KeyedTwoInputStreamOperatorTestHarness<
                            String, CaseNews, RoundRequest, SignedRecommendation>
                    agents) {
        return ((RocksDBKeyedStateBackend<?>)
                        ((AbstractStreamOperator<?>) agents.getOperator()).getKeyedStateBackend())
                .numKeyValueStateEntries();
    }

    private static List<String> voters(
            KeyedTwoInputStreamOperatorTestHarness<
                            String, CaseNews, RoundRequest, SignedRecommendation>
                    agents) {
        List<String> voters = new ArrayList<>();
        agents.extractOutputValues().forEach(v -> voters.add(v.recommendation().agent()));
        return voters;
    }

    private static void decide(
            Council council,
            KeyedOneInputStreamOperatorTestHarness<String, IncidentEvent, TallyInput> asking,
            KeyedTwoInputStreamOperatorTestHarness<
                            String, CaseNews, RoundRequest, SignedRecommendation>
                    agents,
            IncidentEvent event)
            throws Exception {
        int asked = questions(asking).size();
        asking.processElement(event, Council.NOW);
        council.ask(questions(asking).get(asked).question().orElseThrow(), Council.NOW);
        int answered = agents.extractOutputValues().size();
        agents.processElement2(new StreamRecord<>(council.request()));
        List<SignedRecommendation> votes = agents.extractOutputValues();
        for (SignedRecommendation vote : votes.subList(answered, votes.size())) {
            council.send(TallyInput.of(vote, TallyInput.SignatureCheck.UNCHECKED));
        }
    }

    private static boolean canVote(Decision decision, BuiltInAgent agent) {
        return decision.certificate()
                .last()
                .terms()
                .roster()
                .seat(agent.agent())
                .orElseThrow()
                .standing()
                .votes();
    }

    private static RegisteredAgent registered(BuiltInAgent agent) {
        return registered(Council.TENANT, agent);
    }

    static RegisteredAgent registered(String tenant, BuiltInAgent agent) {
        return new RegisteredAgent(
                tenant,
                agent.agent(),
                agent.role(),
                agent.family(),
                1,
                new Ed25519Signatures().publicKey(key(agent)),
                0);
    }

    private static byte[] key(BuiltInAgent agent) {
        return Sha256.of(agent.agent().getBytes(StandardCharsets.UTF_8));
    }

    static Map<String, byte[]> keys() {
        Map<String, byte[]> keys = new TreeMap<>();
        for (BuiltInAgent agent : BuiltInAgent.values()) {
            keys.put(agent.agent(), key(agent));
        }
        return keys;
    }

    private static IncidentEvent event(
            String id, Severity severity, IncidentEventKind kind, long sequence) {
        Incident incident =
                Incident.builder()
                        .incidentId(id)
                        .tenant(Council.TENANT)
                        .type(IncidentType.DATABASE_FAILURE)
                        .severity(severity)
                        .services(List.of("db"))
                        .confidence(0.8)
                        .openedAtMillis(Council.NOW)
                        .updatedAtMillis(Council.NOW)
                        .sequence(sequence)
                        .build();
        return IncidentEvent.of(
                incident, kind, Council.NOW, "test", "test", List.of(), ChainHead.GENESIS_HASH);
    }

    private static List<TallyInput> questions(
            KeyedOneInputStreamOperatorTestHarness<String, IncidentEvent, TallyInput> asking) {
        return asking.extractOutputValues();
    }

    private static KeyedOneInputStreamOperatorTestHarness<String, IncidentEvent, TallyInput>
            asking() throws Exception {
        KeyedOneInputStreamOperatorTestHarness<String, IncidentEvent, TallyInput> harness =
                new KeyedOneInputStreamOperatorTestHarness<>(
                        new KeyedProcessOperator<>(new AskFunction(CATALOGUE)),
                        IncidentEvent::incidentId,
                        Types.STRING);
        harness.open();
        return harness;
    }

    private static KeyedTwoInputStreamOperatorTestHarness<
                    String, CaseNews, RoundRequest, SignedRecommendation>
            agents(Optional<BuiltInAgent> compromised) throws Exception {
        return agents(compromised, 0);
    }

    private static KeyedTwoInputStreamOperatorTestHarness<
                    String, CaseNews, RoundRequest, SignedRecommendation>
            agents(Optional<BuiltInAgent> compromised, long metricsWithinMillis) throws Exception {
        var harness = unopened(compromised, metricsWithinMillis);
        harness.open();
        return harness;
    }

    private static KeyedTwoInputStreamOperatorTestHarness<
                    String, CaseNews, RoundRequest, SignedRecommendation>
            unopened(Optional<BuiltInAgent> compromised, long metricsWithinMillis)
                    throws Exception {
        KeyedTwoInputStreamOperatorTestHarness<String, CaseNews, RoundRequest, SignedRecommendation>
                harness =
                        new KeyedTwoInputStreamOperatorTestHarness<>(
                                new KeyedCoProcessOperator<>(
                                        new BuiltInAgentsFunction(
                                                new BuiltInAgentsSetup(
                                                        new Ballots(CATALOGUE),
                                                        BuiltInAgentsFunctionTest::keys,
                                                        ControlSettings.none(),
                                                        compromised,
                                                        metricsWithinMillis))),
                                CaseNews::tenant,
                                request -> request.terms().tenant(),
                                Types.STRING);
        // It counts what is in a map; the one on the heap counts maps, empty ones too.
        harness.setStateBackend(new EmbeddedRocksDBStateBackend());
        harness.setup();
        return harness;
    }
}
