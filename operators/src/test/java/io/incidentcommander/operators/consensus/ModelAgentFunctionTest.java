// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.operators.consensus;

import static org.assertj.core.api.Assertions.assertThat;

import io.incidentcommander.model.codec.Sha256;
import io.incidentcommander.model.consensus.Action;
import io.incidentcommander.model.consensus.CandidateList;
import io.incidentcommander.model.consensus.Question;
import io.incidentcommander.model.consensus.RegisteredAgent;
import io.incidentcommander.model.consensus.RoundRequest;
import io.incidentcommander.model.consensus.SignedRecommendation;
import io.incidentcommander.model.diagnosis.Diagnosis;
import io.incidentcommander.model.diagnosis.DiagnosisRequest;
import io.incidentcommander.model.diagnosis.DiagnosisSource;
import io.incidentcommander.model.diagnosis.EvidenceKind;
import io.incidentcommander.model.diagnosis.EvidenceRef;
import io.incidentcommander.model.diagnosis.EvidenceStep;
import io.incidentcommander.model.ingest.Severity;
import io.incidentcommander.model.lifecycle.Incident;
import io.incidentcommander.udfs.consensus.agents.BuiltInAgent;
import io.incidentcommander.udfs.consensus.agents.ModelAgent;
import io.incidentcommander.udfs.consensus.agents.ModelSeat;
import io.incidentcommander.udfs.consensus.agents.RunbookCatalogueReader;
import io.incidentcommander.udfs.consensus.signature.Ed25519Signatures;
import io.incidentcommander.udfs.correlation.yaml.Problems;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.operators.co.KeyedCoProcessOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.KeyedTwoInputStreamOperatorTestHarness;
import org.junit.jupiter.api.Test;

class ModelAgentFunctionTest {
    private static final byte[] KEY = Sha256.of("model".getBytes(StandardCharsets.UTF_8));
    private static final byte[] OTHER_KEY = Sha256.of("nova".getBytes(StandardCharsets.UTF_8));
    private static final ModelSeat OTHER = new ModelSeat("nova", "amazon");
    private static final Action FAILOVER = new Action("failover", "1", "db", Map.of());

    @Test
    void aDiagnosisOfAModelBecomesASignedVoteWheneverItComes() throws Exception {
        RoundRequest request = request();
        try (var agent = agent()) {
            agent.processElement2(new StreamRecord<>(request));
            assertThat(agent.extractOutputValues()).isEmpty();
            agent.processElement1(new StreamRecord<>(byModel(FAILOVER)));
            agent.processElement2(new StreamRecord<>(request));

            List<SignedRecommendation> votes = agent.extractOutputValues();
            assertThat(votes).hasSize(2);
            assertThat(votes.get(1)).isEqualTo(votes.get(0));
            SignedRecommendation vote = votes.get(0);
            assertThat(vote.recommendation().agent()).isEqualTo("diagnosis/model");
            assertThat(vote.recommendation().action()).isEqualTo(FAILOVER.id());
            assertThat(vote.recommendation().confidence()).isEqualTo(0.9);
            assertThat(vote.recommendation().evidenceIds()).containsExactly("s:p:1:0");
            Ed25519Signatures signatures = new Ed25519Signatures();
            assertThat(
                            signatures.verify(
                                    signatures.publicKey(KEY),
                                    vote.recommendation().statement().canonical(),
                                    vote.signature()))
                    .isTrue();
        }
    }

    @Test
    void aRequestIsAnsweredOnceAndByTheNewestDiagnosis() throws Exception {
        Diagnosis second = byModel(FAILOVER).toBuilder().confidence(0.8).build();
        try (var agent = agent()) {
            agent.processElement2(new StreamRecord<>(request()));
            agent.processElement1(new StreamRecord<>(byModel(FAILOVER)));
            agent.processElement1(new StreamRecord<>(second));
            assertThat(agent.extractOutputValues()).hasSize(1);
            agent.processElement2(new StreamRecord<>(request()));
            assertThat(agent.extractOutputValues())
                    .extracting(vote -> vote.recommendation().confidence())
                    .containsExactly(0.9, 0.8);
        }
    }

    @Test
    void eachSignsInItsOwnNameWithItsOwnKey() throws Exception {
        try (var agent = agent(OTHER)) {
            agent.processElement2(new StreamRecord<>(request()));
            agent.processElement1(new StreamRecord<>(byModel(FAILOVER)));
            SignedRecommendation vote = agent.extractOutputValues().get(0);
            assertThat(vote.recommendation().agent()).isEqualTo("diagnosis/nova");
            assertThat(vote.recommendation().family()).isEqualTo("amazon");
            Ed25519Signatures signatures = new Ed25519Signatures();
            byte[] said = vote.recommendation().statement().canonical();
            assertThat(signatures.verify(signatures.publicKey(OTHER_KEY), said, vote.signature()))
                    .isTrue();
            assertThat(signatures.verify(signatures.publicKey(KEY), said, vote.signature()))
                    .isFalse();
        }
    }

    @Test
    void whatNoModelSaidOrTheRoundDoesNotOfferIsNoVote() throws Exception {
        for (Diagnosis none :
                List.of(
                        byModel(FAILOVER).toBuilder().source(DiagnosisSource.logs("calls")).build(),
                        byModel(new Action("wipe", "1", "db", Map.of())))) {
            try (var agent = agent()) {
                agent.processElement1(new StreamRecord<>(none));
                agent.processElement2(new StreamRecord<>(request()));
                assertThat(agent.extractOutputValues()).isEmpty();
            }
        }
    }

    private static RoundRequest request() throws Exception {
        try (Council council = new Council(1, 1, 0, null)) {
            for (BuiltInAgent agent : BuiltInAgent.values()) {
                council.control(BuiltInAgentsFunctionTest.registered(Council.TENANT, agent));
            }
            council.control(registered(ModelSeat.FIRST, KEY));
            council.control(registered(OTHER, OTHER_KEY));
            council.ask(
                    new Question(
                            Council.TENANT,
                            "inc",
                            1,
                            CandidateList.of(List.of(FAILOVER)),
                            List.of("s:p:1:0")),
                    Council.NOW);
            return council.request();
        }
    }

    private static RegisteredAgent registered(ModelSeat seat, byte[] key) {
        return new RegisteredAgent(
                Council.TENANT,
                seat.agent(),
                ModelSeat.ROLE,
                seat.family(),
                1,
                new Ed25519Signatures().publicKey(key),
                0);
    }

    private static Diagnosis byModel(Action action) {
        Incident incident =
                Incident.builder()
                        .incidentId("inc")
                        .tenant(Council.TENANT)
                        .severity(Severity.HIGH)
                        .openedAtMillis(Council.NOW)
                        .updatedAtMillis(Council.NOW)
                        .build();
        return Diagnosis.answering(DiagnosisRequest.builder().incident(incident).build())
                .source(DiagnosisSource.model("m"))
                .rootCause("the pool")
                .confidence(0.9)
                .action(action)
                .evidence(
                        List.of(
                                new EvidenceStep(
                                        "seen",
                                        List.of(
                                                new EvidenceRef(EvidenceKind.ALERT, "s:p:1:0"),
                                                new EvidenceRef(EvidenceKind.ALERT, "s:p:9:0"),
                                                new EvidenceRef(EvidenceKind.LOG, "l")))))
                .build();
    }

    private static KeyedTwoInputStreamOperatorTestHarness<
                    String, Diagnosis, RoundRequest, SignedRecommendation>
            agent() throws Exception {
        return agent(ModelSeat.FIRST);
    }

    private static KeyedTwoInputStreamOperatorTestHarness<
                    String, Diagnosis, RoundRequest, SignedRecommendation>
            agent(ModelSeat seat) throws Exception {
        var harness =
                new KeyedTwoInputStreamOperatorTestHarness<
                        String, Diagnosis, RoundRequest, SignedRecommendation>(
                        new KeyedCoProcessOperator<>(
                                new ModelAgentFunction(
                                        new ModelAgent(
                                                RunbookCatalogueReader.read(
                                                        "failover: {version: '1', types:"
                                                                + " [database_failure], risk: high,"
                                                                + " takes: 2 min, rollback: back}",
                                                        new Problems("test")),
                                                seat),
                                        () ->
                                                Map.of(
                                                        ModelSeat.FIRST.agent(),
                                                        KEY,
                                                        OTHER.agent(),
                                                        OTHER_KEY))),
                        Diagnosis::incidentId,
                        request -> request.terms().incidentId(),
                        Types.STRING);
        harness.open();
        return harness;
    }
}
