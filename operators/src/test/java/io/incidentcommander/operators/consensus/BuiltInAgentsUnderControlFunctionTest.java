// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.operators.consensus;

import static org.assertj.core.api.Assertions.assertThat;

import io.incidentcommander.model.audit.ChainHead;
import io.incidentcommander.model.audit.IncidentEvent;
import io.incidentcommander.model.audit.IncidentEventKind;
import io.incidentcommander.model.consensus.CaseNews;
import io.incidentcommander.model.consensus.RoundRequest;
import io.incidentcommander.model.consensus.SignedRecommendation;
import io.incidentcommander.model.correlation.ControlKind;
import io.incidentcommander.model.correlation.ControlUpdate;
import io.incidentcommander.model.ingest.Severity;
import io.incidentcommander.model.lifecycle.Incident;
import io.incidentcommander.model.lifecycle.IncidentType;
import io.incidentcommander.operators.correlation.control.ControlSettings;
import io.incidentcommander.udfs.consensus.agents.Ballots;
import io.incidentcommander.udfs.consensus.agents.BuiltInAgent;
import io.incidentcommander.udfs.consensus.agents.RunbookCatalogueReader;
import io.incidentcommander.udfs.correlation.control.ControlFile;
import io.incidentcommander.udfs.correlation.yaml.Problems;
import java.util.List;
import java.util.Optional;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.api.operators.co.KeyedCoProcessOperator;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.KeyedTwoInputStreamOperatorTestHarness;
import org.apache.flink.types.Either;
import org.junit.jupiter.api.Test;

/** The agent that follows calls follows those that hold when it is asked. */
class BuiltInAgentsUnderControlFunctionTest {
    private static final String FILE = "calls.yaml";
    private static final ControlSettings CALLS_DB =
            new ControlSettings(List.of(new ControlFile(FILE, "topology: {web: [db]}")), 10);

    @Test
    void callsThatChangedBeforeItIsAskedCountAcrossARestoreTooAndLaterOnesDoNot() throws Exception {
        RoundRequest request = request();
        OperatorSubtaskState changed;
        try (var agents = agents(Optional.empty())) {
            agents.processElement1(new StreamRecord<>(Either.Left(news())));
            assertThat(answer(agents, request)).contains("call db");

            agents.processElement2(new StreamRecord<>(calls(1, Council.NOW + 1)));
            assertThat(answer(agents, request)).contains("call db");

            agents.processElement2(new StreamRecord<>(calls(2, Council.NOW)));
            assertThat(answer(agents, request)).contains("call web");
            changed = agents.snapshot(1, 1);
        }
        try (var agents = agents(Optional.of(changed))) {
            assertThat(answer(agents, request)).contains("call web");
        }
    }

    /** What the agent of calls says. */
    private static String answer(
            KeyedTwoInputStreamOperatorTestHarness<
                            String,
                            Either<CaseNews, RoundRequest>,
                            ControlUpdate,
                            SignedRecommendation>
                    agents,
            RoundRequest request)
            throws Exception {
        agents.processElement1(new StreamRecord<>(Either.Right(request)));
        return agents.extractOutputValues().stream()
                .map(SignedRecommendation::recommendation)
                .filter(said -> said.agent().equals(BuiltInAgent.DIAGNOSIS_CAUSAL.agent()))
                .reduce((first, second) -> second)
                .orElseThrow()
                .reasoning();
    }

    private static ControlUpdate calls(long sequence, long fromMillis) {
        return ControlUpdate.set(
                ControlKind.DOCUMENT,
                "*",
                FILE,
                sequence,
                fromMillis,
                "ann",
                "topology: {db: [web]}");
    }

    private static RoundRequest request() throws Exception {
        try (Council council = new Council(1, 1, 0, null)) {
            for (BuiltInAgent agent : BuiltInAgent.values()) {
                council.control(BuiltInAgentsFunctionTest.registered(Council.TENANT, agent));
            }
            council.ask(Council.question("i"), Council.NOW);
            return council.request();
        }
    }

    private static CaseNews news() {
        Incident incident =
                Incident.builder()
                        .incidentId("i")
                        .tenant(Council.TENANT)
                        .type(IncidentType.DATABASE_FAILURE)
                        .severity(Severity.HIGH)
                        .services(List.of("db", "web"))
                        .confidence(0.8)
                        .openedAtMillis(Council.NOW)
                        .updatedAtMillis(Council.NOW)
                        .sequence(1)
                        .build();
        return CaseNews.of(
                IncidentEvent.of(
                        incident,
                        IncidentEventKind.OPENED,
                        Council.NOW,
                        "test",
                        "test",
                        List.of(),
                        ChainHead.GENESIS_HASH));
    }

    private static KeyedTwoInputStreamOperatorTestHarness<
                    String, Either<CaseNews, RoundRequest>, ControlUpdate, SignedRecommendation>
            agents(Optional<OperatorSubtaskState> state) throws Exception {
        KeyedTwoInputStreamOperatorTestHarness<
                        String, Either<CaseNews, RoundRequest>, ControlUpdate, SignedRecommendation>
                harness =
                        new KeyedTwoInputStreamOperatorTestHarness<>(
                                new KeyedCoProcessOperator<>(
                                        new BuiltInAgentsUnderControlFunction(
                                                new BuiltInAgentsSetup(
                                                        new Ballots(
                                                                RunbookCatalogueReader.read(
                                                                        "{}",
                                                                        new Problems("test"))),
                                                        BuiltInAgentsFunctionTest::keys,
                                                        CALLS_DB,
                                                        Optional.empty(),
                                                        0))),
                                BuiltInAgentsUnderControlFunction::key,
                                update -> "",
                                Types.STRING);
        harness.setup();
        if (state.isPresent()) {
            harness.initializeState(state.get());
        }
        harness.open();
        harness.processWatermark2(Watermark.MAX_WATERMARK);
        return harness;
    }
}
